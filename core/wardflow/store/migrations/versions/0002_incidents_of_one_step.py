"""Incidents of one step: several instances of an activity may stop at the same node in the same step."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

COLUMNS = "case_id, seq, code, node, facts, at, closed_at"
PLACE = "row_number() OVER (PARTITION BY case_id, seq ORDER BY code, node) - 1"


def upgrade() -> None:
    # the primary key changes, and the names of keys and indexes are unique in a PostgreSQL schema: so made anew
    op.execute(f"CREATE TABLE incident_before AS SELECT {COLUMNS} FROM incident")
    op.drop_table('incident')
    op.create_table('incident',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('node', sa.String(length=120), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('closed_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('case_id', 'seq', 'place', name=op.f('pk_incident'))
    )
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_closed_at'), ['closed_at'], unique=False)
    op.execute(f"INSERT INTO incident ({COLUMNS}, place) SELECT {COLUMNS}, {PLACE} FROM incident_before")
    op.drop_table('incident_before')
