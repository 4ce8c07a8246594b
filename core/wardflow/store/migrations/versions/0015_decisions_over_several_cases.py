"""Which papers are one decision over several cases, under one number."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('joint_paper',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('joint', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'document', name=op.f('pk_joint_paper'))
    )
    with op.batch_alter_table('joint_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joint_paper_joint'), ['joint'], unique=False)
