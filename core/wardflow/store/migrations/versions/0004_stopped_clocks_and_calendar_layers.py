"""When the clock of a case stopped, which is when its matter counts as finished; calendars of units, fields and steps."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stopped_at', sa.String(length=24), nullable=True))
    op.create_table('calendar_layer',
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('kind', 'name', 'day', name=op.f('pk_calendar_layer'))
    )
