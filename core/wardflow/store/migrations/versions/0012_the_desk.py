"""The desk: lists read from an index that is in their order, words by which cases are found, notes, watches, kept filters."""

import json

import sqlalchemy as sa
from alembic import op
from wardflow.domain.words_of_case import words_of_case

revision = '0012'
down_revision = '0009'
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    _indexes()
    _tables()
    _words()


def _indexes() -> None:
    for name in ('ix_task_queue', 'ix_task_person'):
        op.drop_index(name, table_name='task')
    order = ['due', 'case_id', 'task']
    _create('ix_task_queue', ['unit', 'role', *order], "status = 'open'")
    _create('ix_task_free', ['unit', 'role', *order], "status = 'open' AND person IS NULL")
    _create('ix_task_person', ['person', *order], "status = 'open' AND person IS NOT NULL")
    _create('ix_task_done', ['closed_by', 'closed_at', 'case_id', 'task'], "status = 'done'")
    _create('ix_cases_falling', ['authority', 'due'], "status = 'open' AND stopped_at IS NULL", 'cases')


def _create(name: str, columns: list[str], where: str, table: str = 'task') -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _tables() -> None:
    plain = sa.String(160).with_variant(sa.String(160, collation='C'), 'postgresql')
    op.create_table('case_word',
    sa.Column('case_id', sa.Integer(), nullable=False, autoincrement=False),
    sa.Column('unit', sa.String(80), nullable=False),
    sa.Column('word', plain, nullable=False),
    sa.PrimaryKeyConstraint('unit', 'word', 'case_id', name=op.f('pk_case_word')),
    sqlite_with_rowid=False,
    )
    op.create_index('ix_case_word_case_id', 'case_word', ['case_id'])
    op.create_table('note',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(80), nullable=False),
    sa.Column('at', sa.String(24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('mentions', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'seq', name=op.f('pk_note')),
    )
    op.create_table('watch',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person', sa.String(80), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'person', name=op.f('pk_watch')),
    )
    op.create_index('ix_watch_person', 'watch', ['person'])
    op.create_table('kept_filter',
    sa.Column('id', sa.String(40), nullable=False),
    sa.Column('person', sa.String(80), nullable=False),
    sa.Column('unit', sa.String(80), nullable=False),
    sa.Column('name', sa.String(80), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_filter')),
    sa.UniqueConstraint('person', 'name', name=op.f('uq_kept_filter_person_name')),
    )
    op.create_index('ix_kept_filter_unit', 'kept_filter', ['unit'])
    op.create_table('delegation',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('task', sa.String(20), nullable=False),
    sa.Column('owner', sa.String(80), nullable=False),
    sa.Column('holder', sa.String(80), nullable=False),
    sa.PrimaryKeyConstraint('case_id', 'task', name=op.f('pk_delegation')),
    )
    op.create_index('ix_delegation_owner', 'delegation', ['owner'])


def _words() -> None:
    """The words of the cases that are there."""
    connection, last = op.get_bind(), 0
    above = {row[0]: row[1] for row in connection.execute(sa.text('SELECT id, parent FROM unit'))}
    cases = sa.text(
        'SELECT c.id, c.code, c.places, c.applicant_label, a.id_number, a.facts FROM cases c '
        f'JOIN applicant a ON a.id = c.applicant_id WHERE c.id > :last ORDER BY c.id LIMIT {BATCH}'
    )
    insert = sa.text('INSERT INTO case_word (case_id, unit, word) VALUES (:case_id, :unit, :word)')
    while found := connection.execute(cases, {'last': last}).all():
        rows = [
            {'case_id': row[0], 'unit': unit, 'word': word}
            for row in found
            for unit in _units(json.loads(row[2]), above)
            for word in words_of_case(row[1], row[3], row[4], str((json.loads(row[5]) or {}).get('phone', '')))
        ]
        if rows:
            connection.execute(insert, rows)
        last = found[-1][0]


def _units(places: dict[str, str], above: dict[str, str]) -> set[str]:
    authority = places['authority']
    return {authority} | {places[name] for name in ('receiving', 'returning') if places.get(name) and above.get(places[name]) != authority}
