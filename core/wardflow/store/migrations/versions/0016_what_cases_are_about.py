"""From whom each confidential case is kept, so that no list counts it; and where and of what kind a matter is."""

import json

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_from',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'who', name=op.f('pk_kept_from'))
    )
    op.create_index(op.f('ix_kept_from_who'), 'kept_from', ['who'], unique=False)
    op.create_table('spot',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('procedure', sa.String(length=80), nullable=False),
    sa.Column('area', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('loud', sa.Boolean(), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_spot'))
    )
    op.create_index(op.f('ix_spot_area_at'), 'spot', ['area', 'at'], unique=False)
    _fill()


def _fill() -> None:
    """Those that are kept from somebody already; where their matters are is told by cases opened from now on."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT id, places FROM cases WHERE places LIKE '%kept_from%'"))
    rows = [{'case_id': case, 'who': who} for case, places in found for who in json.loads(places).get('kept_from', ())]
    if rows:
        connection.execute(sa.text('INSERT INTO kept_from (case_id, who) VALUES (:case_id, :who)'), rows)
