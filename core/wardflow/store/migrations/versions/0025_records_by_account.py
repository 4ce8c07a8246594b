"""What was told of somebody with an account is found by that account, however many applicants there are."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    known = sa.text('person_id IS NOT NULL')
    op.create_index('ix_applicant_person', 'applicant', ['person_id'], sqlite_where=known, postgresql_where=known)
