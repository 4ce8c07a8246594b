"""What other systems meet: service accounts, work handed out, what cases listen for, messages kept, references."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('service_account',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('unit', sa.String(length=80), nullable=False),
    sa.Column('grants', sa.Text(), nullable=False),
    sa.Column('created_at', sa.String(length=24), nullable=False),
    sa.Column('expires_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_service_account')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_service_account_token_hash'))
    )
    op.create_table('case_reference',
    sa.Column('case_id', sa.Integer(), nullable=False, autoincrement=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_reference'))
    )
    with op.batch_alter_table('case_reference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_reference_reference'), ['reference'], unique=False)
    op.create_table('external_task',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('task', sa.String(length=20), nullable=False),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('node', sa.String(length=120), nullable=False),
    sa.Column('inputs', sa.Text(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.String(length=24), nullable=False),
    sa.Column('free_at', sa.String(length=24), nullable=False),
    sa.Column('worker', sa.String(length=200), nullable=True),
    sa.Column('account', sa.String(length=60), nullable=True),
    sa.Column('retries', sa.Integer(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('details', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('case_id', 'task', name=op.f('pk_external_task'))
    )
    with op.batch_alter_table('external_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_external_task_topic_free_at'), ['topic', 'free_at'], unique=False)
    op.create_table('subscription',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('listener', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('keys_hash', sa.String(length=64), nullable=False),
    sa.Column('node', sa.String(length=120), nullable=False),
    sa.Column('since', sa.String(length=24), nullable=False),
    sa.Column('fresh', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'listener', name=op.f('pk_subscription'))
    )
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_fresh_since'), ['fresh', 'since'], unique=False)
        batch_op.create_index(batch_op.f('ix_subscription_kind_name_keys_hash'), ['kind', 'name', 'keys_hash'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('keys', sa.Text(), nullable=False),
    sa.Column('keys_hash', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('source', sa.Integer(), nullable=True),
    sa.Column('sender', sa.String(length=80), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('expires_at', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('sent_once', sa.String(length=64), nullable=True),
    sa.Column('told', sa.String(length=10), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('sent_once', name=op.f('uq_message_sent_once'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_state_at'), ['state', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_waiting'), ['name', 'state', 'keys_hash'], unique=False)
