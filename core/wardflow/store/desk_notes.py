"""Notes on cases, watches, kept filters and tasks that were handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wardflow.cases.desk_records import Delegation, KeptFilter, Note
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads, moment, stamp

_NOTE = 'INSERT INTO note (case_id, seq, "by", at, text, mentions) VALUES (?, ?, ?, ?, ?, ?)'
_DELEGATE = (
    "INSERT INTO delegation (case_id, task, owner, holder) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (case_id, task) DO UPDATE SET owner = excluded.owner, holder = excluded.holder"
)
_BACK = "DELETE FROM delegation WHERE case_id = ? AND task = ?"
_FILTER = (
    "INSERT INTO kept_filter (id, person, unit, name, query) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (person, name) DO UPDATE SET unit = excluded.unit, query = excluded.query"
)


class DeskNoteTable:
    """What the desk keeps in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_case(self, case_id: int) -> Sequence[Note]:
        """The notes on a case, oldest first."""
        sql = 'SELECT case_id, seq, "by", at, text, mentions FROM note WHERE case_id = ? ORDER BY seq'
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (case_id,))
        return [Note(row[0], row[1], row[2], moment(row[3]), row[4], tuple(loads(row[5]))) for row in found]

    def watches(self, person: str, case_id: int) -> bool:
        """Whether a person watches a case."""
        with self._database.reading() as cursor:
            return cursor.row("SELECT 1 FROM watch WHERE case_id = ? AND person = ?", (case_id, person)) is not None

    def watch(self, person: str, case_id: int, *, on: bool) -> None:
        """Begins or ends watching."""
        add = "INSERT INTO watch (case_id, person) VALUES (?, ?) ON CONFLICT DO NOTHING"
        with self._database.writing() as cursor:
            cursor.run(add if on else "DELETE FROM watch WHERE case_id = ? AND person = ?", (case_id, person))

    def filters(self, person: str, units: Sequence[str]) -> Sequence[KeptFilter]:
        """The filters of a person and those shared with their units, by name."""
        shared = f" OR unit IN ({', '.join('?' * len(units))})" if units else ""
        sql = f"SELECT id, person, unit, name, query FROM kept_filter WHERE person = ?{shared} ORDER BY name, id"
        with self._database.reading() as cursor:
            return [_kept(row) for row in cursor.rows(sql, (person, *units))]

    def keep_filter(self, kept: KeptFilter) -> None:
        """Keeps a filter, in place of the person's own one of the same name."""
        with self._database.writing() as cursor:
            cursor.run(_FILTER, (kept.id, kept.person, kept.unit, kept.name, dumps(dict(kept.query))))

    def filter(self, id: str) -> KeptFilter | None:
        """One kept filter."""
        with self._database.reading() as cursor:
            row = cursor.row("SELECT id, person, unit, name, query FROM kept_filter WHERE id = ?", (id,))
        return _kept(row) if row else None

    def drop_filter(self, id: str) -> None:
        """Forgets a filter."""
        with self._database.writing() as cursor:
            cursor.run("DELETE FROM kept_filter WHERE id = ?", (id,))

    def delegation(self, case_id: int, task: str) -> Delegation | None:
        """Who handed a task to whom; None when it was not handed over."""
        with self._database.reading() as cursor:
            row = cursor.row("SELECT case_id, task, owner, holder FROM delegation WHERE case_id = ? AND task = ?", (case_id, task))
        return Delegation(*row) if row else None

    def delegated_by(self, person: str) -> Mapping[tuple[int, str], str]:
        """The open tasks a person handed over, with who has each."""
        sql = (
            "SELECT d.case_id, d.task, d.holder FROM delegation d JOIN task t ON t.case_id = d.case_id AND t.task = d.task "
            "WHERE d.owner = ? AND t.status = 'open' AND t.person = d.holder"
        )
        with self._database.reading() as cursor:
            return {(row[0], row[1]): row[2] for row in cursor.rows(sql, (person,))}


def _kept(row: Row) -> KeptFilter:
    return KeptFilter(row[0], row[1], row[2], row[3], loads(row[4]))


def write(cursor: Cursor, notes: Iterable[Note], delegated: Iterable[Delegation], back: Iterable[tuple[int, str]]) -> None:
    """What an act writes of these, in its own transaction."""
    cursor.run_many(_NOTE, [(n.case_id, n.seq, n.by, stamp(n.at), n.text, dumps(list(n.mentions))) for n in notes])
    cursor.run_many(_BACK, list(back))
    cursor.run_many(_DELEGATE, [(d.case_id, d.task, d.owner, d.holder) for d in delegated])
