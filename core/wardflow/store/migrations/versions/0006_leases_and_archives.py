"""Leases of jobs have a name, so that they can be renewed, and jobs a rank; what stays of cases that were archived."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rank', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('hold', sa.String(length=16), nullable=True))
        batch_op.create_index('ix_job_line', ['state', 'rank', 'run_at', 'id'], unique=False)
    # a lease without a name could not be ended by who has it: what was held is due again
    op.execute("UPDATE job SET state = 'waiting', lease_until = NULL WHERE state = 'held'")
    op.create_table('archived',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('tracking', sa.String(length=48), nullable=False),
    sa.Column('procedure', sa.String(length=80), nullable=False),
    sa.Column('ended_at', sa.String(length=24), nullable=False),
    sa.Column('archived_at', sa.String(length=24), nullable=False),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('audit_seq', sa.Integer(), nullable=False),
    sa.Column('audit_hash', sa.String(length=64), nullable=False),
    sa.Column('numbers', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_archived')),
    sa.UniqueConstraint('tracking', name=op.f('uq_archived_tracking'))
    )
