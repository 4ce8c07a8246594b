"""Migrations: the plans that were begun, and what became of each case in them, with what brings it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wardflow.cases.migration import Before, Migration, MigrationUnknown, Moved, Plan, Result, Standing
from wardflow.cases.records import AlarmRow, Incident, Task
from wardflow.domain.reasons import Reason
from wardflow.store import rows
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.incidents import COLUMNS, incident
from wardflow.store.instants import dumps, loads, moment, moment_or_none, stamp

_MIGRATION = ("id", "pack_id", "target", "version", "mapping", "begun_at", "begun_by", "ended_at")
_MOVED = ("case_id", "migration", "result", "reasons", "at", "version", "before", "state")
_KEEP = (
    f"INSERT INTO migrated ({', '.join(_MOVED)}) VALUES ({', '.join('?' * len(_MOVED))}) "
    "ON CONFLICT (case_id, migration) DO UPDATE SET result = excluded.result, reasons = excluded.reasons, at = excluded.at, "
    "version = excluded.version, before = excluded.before, state = excluded.state"
)
_LIVE = "FROM cases c WHERE c.status = 'open' AND c.pack IN (SELECT digest FROM pack WHERE pack_id = ?) AND c.pack <> ?"
_UNTURNED = " AND NOT EXISTS (SELECT 1 FROM migrated m WHERE m.case_id = c.id AND m.migration = ?)"
_TASKS = f"SELECT {', '.join(rows.TASK)} FROM task WHERE case_id BETWEEN ? AND ? AND status = 'open' ORDER BY case_id, task"
_INCIDENTS = (
    f"SELECT case_id, {', '.join(COLUMNS)} FROM incident WHERE case_id BETWEEN ? AND ? AND closed_at IS NULL ORDER BY case_id, seq"
)


class MigrationTable:
    """The migrations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, plan: Plan, at: datetime, by: str) -> Migration:
        """A new migration, with its number."""
        names = _MIGRATION[1:]
        sql = f"INSERT INTO migration ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) RETURNING id"
        values = (plan.pack_id, plan.target, plan.version, dumps(plan.mapping.to_json()), stamp(at), by, None)
        with self._database.writing() as cursor:
            found = cursor.row(sql, values)
        assert found is not None    # INSERT … RETURNING always answers
        return Migration(int(found[0]), plan, at, by, None)

    def all(self, pack_id: str) -> Sequence[Migration]:
        """Those of a pack, newest first."""
        sql = f"SELECT {', '.join(_MIGRATION)} FROM migration WHERE pack_id = ? ORDER BY id DESC"
        with self._database.reading() as cursor:
            return [_migration(row) for row in cursor.rows(sql, (pack_id,))]

    def one(self, id: int) -> Migration:
        """The migration with a number; MigrationUnknown where there is none."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {', '.join(_MIGRATION)} FROM migration WHERE id = ?", (id,))
        if found is None:
            raise MigrationUnknown(migration=id)
        return _migration(found)

    def end(self, id: int, at: datetime) -> None:
        """Remembers that every case had its turn."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE migration SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (stamp(at), id))

    def standing(self, plan: Plan, after: int, limit: int, migration: int = 0) -> Sequence[Standing]:
        """The next live cases of other versions, by number, without those that had their turn in a migration."""
        sql = f"SELECT {', '.join('c.' + name for name in rows.CASE)} {_LIVE} AND c.id > ?{_UNTURNED} ORDER BY c.id LIMIT ?"
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (plan.pack_id, plan.target, after, migration, limit))
            if not found:
                return []
            between = found[0][0], found[-1][0]
            tasks = [rows.task(row) for row in cursor.rows(_TASKS, between)]
            incidents = cursor.rows(_INCIDENTS, between)
        return _standing(found, tasks, [(row[0], incident(row[1:])) for row in incidents])

    def count(self, plan: Plan) -> int:
        """How many live cases run by other versions."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT count(*) {_LIVE}", (plan.pack_id, plan.target))
        return int(found[0]) if found else 0

    def note(self, row: Moved) -> None:
        """Remembers a case that was not moved."""
        with self._database.writing() as cursor:
            remember(cursor, row)

    def of_case(self, case_id: int, migration: int) -> Moved | None:
        """What became of a case in a migration; None where it had no turn in it."""
        sql = f"SELECT {', '.join(_MOVED)} FROM migrated WHERE case_id = ? AND migration = ?"
        with self._database.reading() as cursor:
            found = cursor.row(sql, (case_id, migration))
        return None if found is None else _moved(found)

    def counts(self, migration: int) -> Mapping[Result, int]:
        """How many cases had which result."""
        sql = "SELECT result, count(*) FROM migrated WHERE migration = ? GROUP BY result"
        with self._database.reading() as cursor:
            return {Result(row[0]): int(row[1]) for row in cursor.rows(sql, (migration,))}

    def rows(self, migration: int, result: Result, after: int, limit: int) -> Sequence[tuple[Moved, str]]:
        """The next cases with a result, by number, each with its code."""
        sql = (
            f"SELECT {', '.join('m.' + name for name in _MOVED)}, c.code FROM migrated m JOIN cases c ON c.id = m.case_id "
            "WHERE m.migration = ? AND m.result = ? AND m.case_id > ? ORDER BY m.case_id LIMIT ?"
        )
        with self._database.reading() as cursor:
            return [(_moved(row[:-1]), str(row[-1])) for row in cursor.rows(sql, (migration, str(result), after, limit))]


def remember(cursor: Cursor, row: Moved) -> None:
    """Writes what became of a case, in the transaction that moved it."""
    reasons = dumps([reason.to_json() for reason in row.reasons])
    before = None if row.before is None else dumps(_before_json(row.before))
    state = None if row.before is None else row.before.state
    values = (row.case_id, row.migration, str(row.result), reasons, stamp(row.at), row.version, before, state)
    cursor.run(_KEEP, values)


def _standing(found: Sequence[Row], tasks: Sequence[Task], incidents: Sequence[tuple[int, Incident]]) -> list[Standing]:
    held: dict[int, list[Task]] = {}
    stopped: dict[int, list[Incident]] = {}
    for task in tasks:
        held.setdefault(task.case_id, []).append(task)
    for case_id, each in incidents:
        stopped.setdefault(case_id, []).append(each)
    return [Standing(rows.case(row), tuple(held.get(row[0], ())), tuple(stopped.get(row[0], ()))) for row in found]


def _migration(row: Row) -> Migration:
    plan = Plan.kept(row[1], row[2], row[3], loads(row[4]))
    return Migration(int(row[0]), plan, moment(row[5]), row[6], moment_or_none(row[7]))


def _moved(row: Row) -> Moved:
    reasons = tuple(Reason.from_json(reason) for reason in loads(row[3]))
    before = None if row[6] is None else _before(loads(row[6]), bytes(row[7]))
    return Moved(row[0], row[1], Result(row[2]), reasons, moment(row[4]), row[5], before)


def _before_json(before: Before) -> dict[str, Any]:
    """What is put back, but the state, which has a column of its own; a draft belongs to the task and stays there."""
    return {
        "pack": before.pack, "doers": dict(before.doers), "tasks": [rows.task_values(task.case_id, task)[:-1] for task in before.tasks],
        "alarms": [[row.alarm, row.node, stamp(row.fire_at)] for row in before.alarms],
    }


def _before(found: Mapping[str, Any], state: bytes) -> Before:
    return Before(
        pack=found["pack"], state=state, doers=found["doers"], tasks=tuple(rows.task((*row, None)) for row in found["tasks"]),
        alarms=tuple(AlarmRow(row[0], row[1], moment(row[2])) for row in found["alarms"]),
    )
