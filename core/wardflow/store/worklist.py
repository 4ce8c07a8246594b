"""The queries of the desk: one index branch for each queue, so that they stay flat at a million tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.records import Case, Notice, Task
from wardflow.store import rows
from wardflow.store.database import Database, Row
from wardflow.store.instants import stamp
from wardflow.store.queues import conditions
from wardflow.store.tables import TO_SOMEBODY

_COLUMNS = f"{', '.join('t.' + name for name in rows.TASK)}, {', '.join('c.' + name for name in rows.CASE)}"
_CASE = ", ".join(f"c.{name}" for name in rows.CASE)
OPEN, ENDED = "'open'", "'ended'"
# each branch is read in the order of its index, and no further than the list is long; what has no due date comes last
_DATED = "SELECT * FROM (SELECT case_id, task, due FROM task WHERE {0} AND due IS NOT NULL ORDER BY due, case_id, task LIMIT ?) b"
_UNDATED = "SELECT * FROM (SELECT case_id, task, due FROM task WHERE {0} AND due IS NULL ORDER BY case_id, task LIMIT ?) b"
_OWN = "person = ? AND status = 'open'"
_FREE = "status = 'open' AND person IS NULL"
_HELD = "status = 'open' AND person IS NOT NULL"
_TOLD = f"n.person = ? AND {TO_SOMEBODY.replace('person', 'n.person')}"


class WorkListStore:
    """The work lists of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mine(self, person: str, limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """The open tasks that a person holds, earliest due first."""
        return self._tasks([(_OWN, [person])], limit)

    def queue(self, queues: Sequence[tuple[str, str]], limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """The open tasks that nobody holds in (unit, role) queues, earliest due first."""
        return self._branches((_FREE,), queues, limit)

    def unit(self, queues: Sequence[tuple[str, str]], limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """All open tasks of (unit, role) queues, held or not, earliest due first."""
        return self._branches((_FREE, _HELD), queues, limit)

    def done(self, person: str, since: datetime, limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """What a person completed since an instant, newest first."""
        sql = (
            f"SELECT {_COLUMNS} FROM task t JOIN cases c ON c.id = t.case_id WHERE t.closed_by = ? AND t.status = 'done' "
            "AND t.closed_at >= ? ORDER BY t.closed_at DESC LIMIT ?"
        )
        with self._database.reading() as cursor:
            return [_pair(row) for row in cursor.rows(sql, (person, stamp(since), limit))]

    def cases_of(self, person: str) -> Sequence[Case]:
        """The cases in a person's own matter, newest first."""
        sql = f"SELECT {_CASE} FROM cases c WHERE c.applicant_person = ? ORDER BY c.id DESC LIMIT 100"
        with self._database.reading() as cursor:
            return [rows.case(row) for row in cursor.rows(sql, (person,))]

    def by_tracking(self, tracking: str) -> Case | None:
        """The case with a tracking code."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {_CASE} FROM cases c WHERE c.tracking = ?", (tracking,))
        return None if found is None else rows.case(found)

    def received(self, first: str, last: str, limit: int) -> Sequence[Case]:
        """The cases whose code lies from one text up to another, in the order they were received."""
        sql = f"SELECT {_CASE} FROM cases c WHERE c.code >= ? AND c.code < ? ORDER BY c.id LIMIT ?"
        with self._database.reading() as cursor:
            return [rows.case(row) for row in cursor.rows(sql, (first, last, limit))]

    def notices(self, person: str, queues: Sequence[tuple[str, str]], limit: int) -> Sequence[tuple[Notice, Case]]:
        """The newest notices to a person or to (unit, role) queues."""
        base = f"SELECT {', '.join('n.' + name for name in rows.NOTICE)}, {_CASE} FROM notice n JOIN cases c ON c.id = n.case_id WHERE "
        where = [_TOLD, *(["n.unit = ? AND n.role = ? AND n.unit <> ''"] * len(queues))]
        sql = base + " OR ".join(f"({part})" for part in where) + " ORDER BY n.at DESC, n.seq DESC LIMIT ?"
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (person, *(part for queue in queues for part in queue), limit))
        cut = len(rows.NOTICE)
        return [(rows.notice(row[:cut]), rows.case(row[cut:])) for row in found]

    def told_between(
        self, person: str, queues: Sequence[tuple[str, str]], since: datetime, until: datetime, limit: int
    ) -> Sequence[tuple[Notice, Case]]:
        """The notices to a person or to (unit, role) queues from one moment until another, oldest first."""
        columns = f"{', '.join('n.' + name for name in rows.NOTICE)}, {_CASE}"
        times = (stamp(since), stamp(until))
        where = [_TOLD, *(["n.unit = ? AND n.role = ? AND n.unit <> ''"] * len(queues))]
        sql = (
            f"SELECT {columns} FROM notice n JOIN cases c ON c.id = n.case_id WHERE "
            + " OR ".join(f"({part} AND n.at >= ? AND n.at < ?)" for part in where) + " ORDER BY n.at, n.case_id, n.seq LIMIT ?"
        )
        readers = (part for reader in ((person,), *queues) for part in (*reader, *times))
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (*readers, limit))
        cut = len(rows.NOTICE)
        return [(rows.notice(row[:cut]), rows.case(row[cut:])) for row in found]

    def falling_due(self, authorities: Sequence[str], since: datetime, until: datetime, limit: int) -> Sequence[Case]:
        """The open cases of some authorities that are due from one moment until another, earliest first."""
        first = (
            "SELECT * FROM (SELECT c.id, c.due FROM cases c WHERE c.authority = ? AND c.status = 'open' AND c.due >= ? AND c.due < ? "
            "AND c.stopped_at IS NULL ORDER BY c.due, c.id LIMIT ?) b"
        )
        sql = (
            f"SELECT {_CASE} FROM (SELECT * FROM ({' UNION ALL '.join([first] * len(authorities))}) g ORDER BY due, id LIMIT ?) f "
            "JOIN cases c ON c.id = f.id ORDER BY f.due, f.id"
        )
        parts = [value for authority in authorities for value in (authority, stamp(since), stamp(until), limit)]
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (*parts, limit))
        return [rows.case(row) for row in found]

    def decided_by(self, authorities: Sequence[str], procedures: Sequence[str], ended_since: datetime, limit: int) -> Sequence[Case]:
        """The cases of some procedures that some authorities decide: the open ones, and those that ended since a moment; newest first."""
        units, codes = (", ".join("?" * len(names)) for names in (authorities, procedures))
        branch = f"SELECT {_CASE} FROM cases c WHERE c.authority IN ({units}) AND c.status = {{}} AND c.procedure IN ({codes})"
        sql = f"{branch.format(OPEN)} UNION ALL {branch.format(ENDED)} AND c.ended_at >= ? ORDER BY 1 DESC LIMIT ?"
        some = (*authorities, *procedures)
        with self._database.reading() as cursor:
            return [rows.case(row) for row in cursor.rows(sql, (*some, *some, stamp(ended_since), limit))]

    def open_since(self, authorities: Sequence[str], procedures: Sequence[str], before: datetime, limit: int) -> Sequence[Case]:
        """The open cases of some procedures that some authorities decide and that were opened before a moment, the oldest first."""
        units, codes = (", ".join("?" * len(names)) for names in (authorities, procedures))
        sql = (
            f"SELECT {_CASE} FROM cases c WHERE c.authority IN ({units}) AND c.status = {OPEN} AND c.procedure IN ({codes}) "
            "AND c.opened_at < ? ORDER BY c.opened_at, c.id LIMIT ?"
        )
        with self._database.reading() as cursor:
            return [rows.case(row) for row in cursor.rows(sql, (*authorities, *procedures, stamp(before), limit))]

    def _branches(self, parts: Sequence[str], queues: Sequence[tuple[str, str]], limit: int) -> Sequence[tuple[Task, Case]]:
        found = [(f"{queue} AND {where}", values) for queue, values in conditions(queues) for where in parts]
        return self._tasks(found, limit) if queues else []

    def _tasks(self, readers: Sequence[tuple[str, list[str]]], limit: int) -> Sequence[tuple[Task, Case]]:
        found = " UNION ALL ".join(branch.format(where) for where, _ in readers for branch in (_DATED, _UNDATED))
        parameters = [part for _, values in readers for part in (*values, limit) * 2]
        sql = (
            f"WITH found AS ({found}) SELECT {_COLUMNS} FROM (SELECT * FROM found ORDER BY due IS NULL, due, case_id LIMIT ?) f "
            "JOIN task t ON t.case_id = f.case_id AND t.task = f.task JOIN cases c ON c.id = f.case_id "
            "ORDER BY t.due IS NULL, t.due, t.case_id"
        )
        with self._database.reading() as cursor:
            return [_pair(row) for row in cursor.rows(sql, (*parameters, limit))]


def _pair(row: Row) -> tuple[Task, Case]:
    cut = len(rows.TASK)
    return rows.task(row[:cut]), rows.case(row[cut:])
