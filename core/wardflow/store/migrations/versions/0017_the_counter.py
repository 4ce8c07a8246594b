"""How cases came in, numbers of those who wait at a counter, bundles between points, applicants found by telephone."""

import json

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0015'
branch_labels = None
depends_on = None

PART = 5000


def upgrade() -> None:
    op.create_table('case_channel',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('entered_at', sa.String(length=24), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_channel'))
    )
    op.create_table('queue_number',
    sa.Column('unit', sa.String(length=80), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('taken_at', sa.String(length=24), nullable=False),
    sa.Column('called_at', sa.String(length=24), nullable=True),
    sa.Column('ended_at', sa.String(length=24), nullable=True),
    sa.Column('place', sa.String(length=20), nullable=False),
    sa.Column('called_by', sa.String(length=80), nullable=True),
    sa.PrimaryKeyConstraint('unit', 'day', 'number', name=op.f('pk_queue_number'))
    )
    op.create_table('bundle',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('from_unit', sa.String(length=80), nullable=False),
    sa.Column('to_unit', sa.String(length=80), nullable=False),
    sa.Column('sent_at', sa.String(length=24), nullable=False),
    sa.Column('sent_by', sa.String(length=80), nullable=False),
    sa.Column('arrived_at', sa.String(length=24), nullable=True),
    sa.Column('arrived_by', sa.String(length=80), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle'))
    )
    with op.batch_alter_table('bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bundle_from_unit_sent_at'), ['from_unit', 'sent_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_bundle_to_unit_sent_at'), ['to_unit', 'sent_at'], unique=False)
    op.create_table('bundled_case',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('bundle', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'bundle', name=op.f('pk_bundled_case'))
    )
    with op.batch_alter_table('bundled_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bundled_case_bundle'), ['bundle'], unique=False)
    with op.batch_alter_table('applicant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone', sa.String(length=20), server_default='', nullable=False))
    op.create_index('ix_applicant_phone', 'applicant', ['phone'], postgresql_where=sa.text("phone <> ''"), sqlite_where=sa.text("phone <> ''"))
    _fill(op.get_bind())


def _fill(bind: sa.Connection) -> None:
    """The telephone numbers that were told so far, in figures alone."""
    last = 0
    while rows := bind.execute(sa.text('SELECT id, facts FROM applicant WHERE id > :last ORDER BY id LIMIT :part'), {'last': last, 'part': PART}).all():
        last = rows[-1][0]
        told = [(row[0], ''.join(c for c in str(json.loads(row[1]).get('phone') or '') if c.isdigit())[:20]) for row in rows]
        found = [{'id': id, 'phone': phone} for id, phone in told if phone]
        if found:
            bind.execute(sa.text('UPDATE applicant SET phone = :phone WHERE id = :id'), found)
