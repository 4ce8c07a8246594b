"""The index of alarms has the whole order of the sweep, so that a hundred thousand due at one moment are not sorted anew each time.

And what people did about messages that found no receiver.
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_alarm_fire_at', table_name='alarm')
    op.create_index('ix_alarm_order', 'alarm', ['fire_at', 'case_id', 'alarm'], unique=False)
    op.create_table('message_log',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_message_log'))
    )
