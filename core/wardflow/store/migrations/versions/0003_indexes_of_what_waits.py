"""Indexes of what waits: a task that is done stands in no list, so in no index; a due date moves no entry of one."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name in (
        ('task', 'ix_task_queue'), ('task', 'ix_task_person'),
        ('cases', 'ix_cases_status_due'), ('cases', 'ix_cases_authority_status_due'),
        ('notice', 'ix_notice_sent_at_address'), ('notice', 'ix_notice_person_at'), ('notice', 'ix_notice_unit_role_at'),
    ):
        op.drop_index(name, table_name=table)
    op.create_index('ix_cases_authority_status', 'cases', ['authority', 'status'], unique=False)
    _create('ix_task_queue', 'task', ['unit', 'role', 'due'], "status = 'open'")
    _create('ix_task_person', 'task', ['person', 'due'], "status = 'open' AND person IS NOT NULL")
    _create('ix_notice_unsent', 'notice', ['at'], "sent_at IS NULL AND address IS NOT NULL")
    _create('ix_notice_person', 'notice', ['person', 'at'], "person IS NOT NULL")
    _create('ix_notice_queue', 'notice', ['unit', 'role', 'at'], "unit <> ''")


def _create(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
