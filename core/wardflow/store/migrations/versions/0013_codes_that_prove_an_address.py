"""One-time codes that prove an e-mail address, kept as keyed hashes, when people signed out everywhere, identities elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('address_code',
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.String(length=24), nullable=False),
    sa.Column('since', sa.String(length=24), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_address_code'))
    )
    op.create_table('signed_out',
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_signed_out'))
    )
    op.create_table('identity',
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('person_id', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('issuer', 'subject', name=op.f('pk_identity')),
    sa.UniqueConstraint('issuer', 'person_id', name=op.f('uq_identity_issuer_person_id'))
    )
