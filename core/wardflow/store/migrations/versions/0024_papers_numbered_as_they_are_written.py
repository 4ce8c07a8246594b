"""A view that takes the next number of a series and writes the paper with it, in one statement.

It stands on no table, so that a later revision may rebuild `document` and `numbering` as it likes.
"""

from alembic import op

revision = '0024'
down_revision = '0018'
branch_labels = None
depends_on = None

_TEXTS = ('document', 'kind', 'name', 'number', 'node', 'at', 'by', 'media_type', 'sha256', 'facts', 'series', 'after')
_COLUMNS = (
    'case_id', 'document', 'kind', 'name', 'number', 'node', 'at', 'by', 'media_type', 'size', 'sha256', 'facts',
)
_NAMES = ', '.join(f'"{name}"' for name in _COLUMNS)
_TAKE = (
    'INSERT INTO numbering (series, last) VALUES (NEW.series, 1) '
    'ON CONFLICT (series) DO UPDATE SET last = numbering.last + 1'
)


def upgrade() -> None:
    columns = (f'CAST(NULL AS {_type(name)}) AS "{name}"' for name in (*_COLUMNS, 'series', 'width', 'after'))
    op.execute(f'CREATE VIEW numbered_paper AS SELECT {", ".join(columns)}')
    if op.get_bind().dialect.name == 'sqlite':
        _on_sqlite()
    else:
        _on_postgresql()


def _type(name: str) -> str:
    return 'TEXT' if name in _TEXTS else 'INTEGER'


def _values(number: str) -> str:
    return ', '.join(number if name == 'number' else f'NEW."{name}"' for name in _COLUMNS)


def _on_sqlite() -> None:
    last = "(SELECT last FROM numbering WHERE series = NEW.series)"
    number = f"NEW.number || printf('%0*d', NEW.width, {last}) || NEW.after"
    for name, when, take, written in (
        ('numbered', 'IS NOT NULL', f'{_TAKE};', number), ('as_it_is', 'IS NULL', '', 'NEW.number'),
    ):
        op.execute(
            f'CREATE TRIGGER paper_{name} INSTEAD OF INSERT ON numbered_paper WHEN NEW.series {when} '
            f'BEGIN {take} INSERT INTO document ({_NAMES}) VALUES ({_values(written)}); END'
        )


def _on_postgresql() -> None:
    digits = "lpad(taken::text, greatest(NEW.width, length(taken::text)), '0')"
    op.execute(
        'CREATE FUNCTION number_paper() RETURNS trigger LANGUAGE plpgsql AS $$ '
        'DECLARE taken integer; BEGIN '
        f'IF NEW.series IS NOT NULL THEN {_TAKE} RETURNING last INTO taken; '
        f'NEW.number := NEW.number || {digits} || NEW.after; END IF; '
        f'INSERT INTO document ({_NAMES}) VALUES ({_values("NEW.number")}); RETURN NEW; END $$'
    )
    op.execute('CREATE TRIGGER paper_numbered INSTEAD OF INSERT ON numbered_paper FOR EACH ROW EXECUTE FUNCTION number_paper()')
