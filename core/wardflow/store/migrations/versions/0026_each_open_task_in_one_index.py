"""A step writes fewer pages: the open tasks of a unit lie in two indexes, those nobody holds and those somebody does, and each in one
of them alone; a case that is not due yet lies in no index of what falls due, a notice to somebody without an account in no list."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_task_queue', table_name='task')
    _create('ix_task_held', ['unit', 'role', 'due', 'case_id', 'task'], "status = 'open' AND person IS NOT NULL", 'task')
    op.drop_index('ix_cases_falling', table_name='cases')
    _create('ix_cases_falling', ['authority', 'due'], "status = 'open' AND stopped_at IS NULL AND due IS NOT NULL", 'cases')
    op.drop_index('ix_notice_person', table_name='notice')
    _create('ix_notice_person', ['person', 'at'], "substr(person, 1, 10) <> 'applicant:'", 'notice')


def _create(name: str, columns: list[str], where: str, table: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
