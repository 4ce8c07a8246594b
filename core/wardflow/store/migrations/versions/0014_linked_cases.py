"""Which case was opened by which: the parts of a linked group and the case around them."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('linked_case',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_linked_case'))
    )
    with op.batch_alter_table('linked_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_linked_case_parent_id'), ['parent_id'], unique=False)
