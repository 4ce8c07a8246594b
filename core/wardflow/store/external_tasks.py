"""Work handed to other systems: fetched by one worker at a time, each piece locked for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wardflow.cases.exchange import ExternalTask, Fetched, Order, Wanted
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.exchange import TASK
from wardflow.store.instants import loads, moment, stamp

CASE = ("c.code", "r.reference", "c.process", "c.procedure", "c.pack")
_FROM = "FROM external_task e JOIN cases c ON c.id = e.case_id LEFT JOIN case_reference r ON r.case_id = e.case_id "
_READ = f"SELECT {', '.join('e.' + name for name in TASK)}, {', '.join(CASE)} {_FROM}"
_FREE = "e.topic = ? AND e.free_at <= ? AND (e.retries IS NULL OR e.retries > 0)"
CANDIDATES = 200
"""Pieces of work looked through when a worker asks for values of the work itself."""
FILTERS = {
    "worker": "e.worker = ?", "topic": "e.topic = ?", "case_id": "e.case_id = ?", "task": "e.task = ?", "node": "e.node = ?",
    "locked": "e.worker IS NOT NULL AND e.free_at > ?", "not_locked": "(e.worker IS NULL OR e.free_at <= ?)",
    "retries_left": "(e.retries IS NULL OR e.retries > 0)", "no_retries_left": "e.retries = 0",
}
_AT_MOMENT = ("locked", "not_locked")
_BARE = ("retries_left", "no_retries_left")


class ExternalTaskTable:
    """The external tasks of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # SQLite has one writer; on PostgreSQL workers take different rows without waiting for one another
        self._lock = "" if database.is_sqlite else " FOR UPDATE OF e SKIP LOCKED"

    def free(self, wanted: Wanted, limit: int, now: datetime, order: Order) -> Sequence[Fetched]:
        """Free work of one topic, in that order; nothing is taken."""
        where, values = _asked(wanted, now)
        with self._database.reading() as cursor:
            rows = cursor.rows(f"{_READ} WHERE {where} {_ordered(order)} LIMIT ?", (*values, CANDIDATES if wanted.values else limit))
        return _fitting([_fetched(row) for row in rows], wanted)[:limit]

    def fetch(self, wanted: Wanted, worker: str, account: str, limit: int, now: datetime, order: Order) -> Sequence[Fetched]:
        """Free work of one topic, now locked for the worker, in that order."""
        where, values = _asked(wanted, now)
        tail = f"WHERE {where} {_ordered(order)} LIMIT ?"
        chosen = self._looked_through(tail, values, wanted, limit)
        if not chosen:
            return []
        with self._database.writing() as cursor:
            if wanted.values:
                tail, values, limit = _named(tail, chosen), (*_keys(chosen), *values), len(chosen)
            picked = cursor.rows(f"SELECT e.case_id, e.task {_FROM} {tail}{self._lock}", (*values, limit))
            sql = "UPDATE external_task SET worker = ?, account = ?, free_at = ? WHERE case_id = ? AND task = ?"
            cursor.run_many(sql, [(worker, account, stamp(wanted.lock_until), *row) for row in picked])
            return [found for row in picked if (found := _one(cursor, row[0], row[1])) is not None]

    def find(self, case_id: int, task: str) -> Fetched | None:
        """One piece of work."""
        with self._database.reading() as cursor:
            return _one(cursor, case_id, task)

    def listed(self, topics: Iterable[str] | None, filters: Mapping[str, Any], now: datetime, first: int, most: int) -> Sequence[Fetched]:
        """Work of some topics (None: of all) that fits the filters, oldest first."""
        parts, values = [FILTERS[name] for name in filters], []
        for name, value in filters.items():
            values += [stamp(now)] if name in _AT_MOMENT else [] if name in _BARE else [value]
        if topics is not None:
            allowed = tuple(topics)
            parts.append(f"e.topic IN ({', '.join('?' * len(allowed))})" if allowed else "1 = 0")
            values += allowed
        where = f"WHERE {' AND '.join(parts)} " if parts else ""
        with self._database.reading() as cursor:
            found = cursor.rows(f"{_READ} {where}ORDER BY e.created_at, e.case_id, e.task LIMIT ? OFFSET ?", (*values, most, first))
        return [_fetched(row) for row in found]

    def hold(self, task: ExternalTask, changes: Mapping[str, Any]) -> bool:
        """Writes lock, retries and error of a piece of work; False when its lock changed hands meanwhile."""
        written = {name: stamp(value) if isinstance(value, datetime) else value for name, value in changes.items()}
        sets = ", ".join(f"{name} = ?" for name in written)
        mine = "worker IS NULL" if task.worker is None else "worker = ?"
        held = () if task.worker is None else (task.worker,)
        sql = f"UPDATE external_task SET {sets} WHERE case_id = ? AND task = ? AND {mine} AND free_at = ?"
        with self._database.writing() as cursor:
            return bool(cursor.run(sql, (*written.values(), task.case_id, task.task, *held, stamp(task.free_at))))

    def _looked_through(self, tail: str, values: Sequence[Any], wanted: Wanted, limit: int) -> Sequence[Fetched]:
        """Looked at first, so that a worker that waits for work never takes the writer's place."""
        with self._database.reading() as cursor:
            rows = cursor.rows(f"{_READ} {tail}", (*values, CANDIDATES if wanted.values else 1))
        return _fitting([_fetched(row) for row in rows], wanted)[:limit]


def _ordered(order: Order) -> str:
    age = "DESC" if order.newest_first else "ASC"
    return f"ORDER BY {'e.priority DESC, ' if order.by_priority else ''}e.created_at {age}, e.case_id {age}, e.task {age}"


def _fitting(found: Sequence[Fetched], wanted: Wanted) -> Sequence[Fetched]:
    return [f for f in found if all(f.task.inputs.get(name) == value for name, value in wanted.values.items())]


def _asked(wanted: Wanted, now: datetime) -> tuple[str, tuple[Any, ...]]:
    parts, values = [_FREE], [wanted.topic, stamp(now)]
    if wanted.reference:
        parts.append("(r.reference = ? OR c.code = ?)")
        values += [wanted.reference, wanted.reference]
    if wanted.processes:
        marks = ", ".join("?" * len(wanted.processes))
        parts.append(f"(c.process IN ({marks}) OR c.procedure IN ({marks}))")
        values += [*wanted.processes, *wanted.processes]
    if wanted.packs:
        parts.append(f"c.pack IN ({', '.join('?' * len(wanted.packs))})")
        values += wanted.packs
    return " AND ".join(parts), tuple(values)


def _named(tail: str, chosen: Sequence[Fetched]) -> str:
    keys = " OR ".join("(e.case_id = ? AND e.task = ?)" for _ in chosen)
    return tail.replace("WHERE ", f"WHERE ({keys}) AND ", 1)


def _keys(chosen: Sequence[Fetched]) -> tuple[Any, ...]:
    return tuple(part for found in chosen for part in (found.task.case_id, found.task.task))


def _one(cursor: Cursor, case_id: int, task: str) -> Fetched | None:
    row = cursor.row(f"{_READ} WHERE e.case_id = ? AND e.task = ?", (case_id, task))
    return None if row is None else _fetched(row)


def _fetched(row: Row) -> Fetched:
    cut = len(TASK)
    task = ExternalTask(*row[:cut])
    read = replace(
        task, inputs=loads(row[4]), created_at=moment(row[6]), free_at=moment(row[7]),
    )
    return Fetched(read, *row[cut:])
