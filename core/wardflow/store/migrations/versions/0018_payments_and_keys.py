"""What citizens were asked to pay online, and the security keys of those who sign in."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('payment_order',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('task', sa.String(length=20), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('provider', sa.String(length=80), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.String(length=24), nullable=False),
    sa.Column('ended_at', sa.String(length=24), nullable=True),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('case_id', 'key', name=op.f('pk_payment_order')),
    sa.UniqueConstraint('case_id', 'task', 'amount', 'provider', name=op.f('uq_payment_order_case_id_task_amount_provider')),
    sa.UniqueConstraint('key', name=op.f('uq_payment_order_key'))
    )
    op.create_table('security_key',
    sa.Column('id', sa.String(length=1400), nullable=False),
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('uses', sa.BigInteger(), nullable=False),
    sa.Column('made_at', sa.String(length=24), nullable=False),
    sa.Column('used_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_security_key'))
    )
    with op.batch_alter_table('security_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_security_key_person_id'), ['person_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'code', name=op.f('pk_recovery_code'))
    )
