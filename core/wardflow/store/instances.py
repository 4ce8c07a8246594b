"""Running cases as other systems look for them: by procedure, process, version, code, or the name they gave themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wardflow.cases.exchange import Running
from wardflow.cases.records import Case
from wardflow.store import rows
from wardflow.store.database import Database

_READ = f"SELECT {', '.join('c.' + name for name in rows.CASE)}, r.reference FROM cases c LEFT JOIN case_reference r ON r.case_id = c.id "


class InstanceTable:
    """The running cases of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, wanted: Running, after: int, limit: int) -> Sequence[tuple[Case, str | None]]:
        """Those above a number, in order, each with what another system calls it."""
        parts, values = ["c.status = 'open'", "c.id > ?"], [after]
        for part, given in _asked(wanted):
            parts.append(part)
            values += given
        with self._database.reading() as cursor:
            found = cursor.rows(f"{_READ}WHERE {' AND '.join(parts)} ORDER BY c.id LIMIT ?", (*values, limit))
        return [(rows.case(row[:-1]), row[-1]) for row in found]

    def reference(self, case_id: int) -> str | None:
        """What another system calls a case."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT reference FROM case_reference WHERE case_id = ?", (case_id,))
        return None if found is None else str(found[0])


def _asked(wanted: Running) -> Iterator[tuple[str, list[Any]]]:
    if wanted.procedures is not None:
        yield _among("c.procedure", wanted.procedures)
    if wanted.processes:
        (one, values), (other, _) = _among("c.process", wanted.processes), _among("c.procedure", wanted.processes)
        yield f"({one} OR {other})", values * 2
    if wanted.packs:
        yield _among("c.pack", wanted.packs)
    if wanted.ids:
        yield _among("c.id", wanted.ids)
    if wanted.reference:
        yield "(r.reference = ? OR c.code = ?)", [wanted.reference] * 2


def _among(column: str, values: frozenset[Any]) -> tuple[str, list[Any]]:
    return (f"{column} IN ({', '.join('?' * len(values))})", sorted(values)) if values else ("1 = 0", [])
