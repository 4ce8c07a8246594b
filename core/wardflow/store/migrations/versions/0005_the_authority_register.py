"""The authority register: instruments, capabilities, fallbacks, interests, and the log of its changes."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('capability',
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('certificate', sa.String(length=120), nullable=False),
    sa.Column('valid_from', sa.String(length=10), nullable=True),
    sa.Column('valid_to', sa.String(length=10), nullable=True),
    sa.PrimaryKeyConstraint('person_id', 'kind', 'certificate', name=op.f('pk_capability'))
    )
    op.create_table('fallback',
    sa.Column('needs', sa.String(length=60), nullable=False),
    sa.Column('unit_id', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('needs', 'unit_id', name=op.f('pk_fallback'))
    )
    op.create_table('instrument',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.String(length=10), nullable=False),
    sa.Column('form', sa.Integer(), nullable=False),
    sa.Column('delegator', sa.String(length=80), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.String(length=10), nullable=False),
    sa.Column('valid_to', sa.String(length=10), nullable=True),
    sa.Column('withdrawn_from', sa.String(length=10), nullable=True),
    sa.Column('withdrawn_by', sa.Text(), nullable=False),
    sa.Column('generated', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument'))
    )
    op.create_table('instrument_delegate',
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('instrument_id', 'unit_id', name=op.f('pk_instrument_delegate'))
    )
    op.create_table('instrument_item',
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=80), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('instrument_id', 'procedure', name=op.f('pk_instrument_item'))
    )
    op.create_table('interest',
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.Column('applicant', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.String(length=10), nullable=True),
    sa.Column('valid_to', sa.String(length=10), nullable=True),
    sa.PrimaryKeyConstraint('person_id', 'applicant', 'kind', name=op.f('pk_interest'))
    )
    op.create_table('register_entry',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('reach', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('moved', sa.Integer(), nullable=False),
    sa.Column('looks', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_register_entry'))
    )
    with op.batch_alter_table('register_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_entry_done_at'), ['done_at'], unique=False)

