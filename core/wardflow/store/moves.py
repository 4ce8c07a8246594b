"""Open tasks that follow the register: found by what a change reaches, moved many cases at a time in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from wardflow.cases.records import Case, Change, Task
from wardflow.domain.reach import Reach
from wardflow.store import rows
from wardflow.store.cases import chained, free_cases
from wardflow.store.changes import incident_values
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, stamp

PART = 400
"""Values named in one query: SQLite allows a thousand."""
_CASES = f"SELECT {', '.join(rows.CASE)} FROM cases WHERE status = 'open' AND id IN "
_TASKS = f"SELECT {', '.join(rows.TASK)} FROM task WHERE status = 'open' AND case_id IN "
_UPDATE = (
    "UPDATE cases SET version = ?, audit_seq = ?, audit_hash = ?, places = ?, competence = ?, authority = ? "
    "WHERE id = ? AND version = ?"
)
_MOVE = "UPDATE task SET role = ?, unit = ?, person = ?, excluded = ?, reasons = ?, clears = ? WHERE case_id = ? AND task = ?"
_ENTRY = f"INSERT INTO entry ({', '.join(rows.ENTRY)}) VALUES ({', '.join('?' * len(rows.ENTRY))})"
_INCIDENT = "INSERT INTO incident (case_id, seq, place, code, node, facts, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
_CLOSE = "UPDATE incident SET closed_at = ? WHERE case_id = ? AND seq = ? AND place = ?"


class MoveTable:
    """The open tasks of one database, as a change of the register sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reached(self, reach: Reach, after: int, limit: int) -> Sequence[int]:
        """The next open cases with a task that the change may move, in the order of their numbers."""
        found: set[int] = set()
        with self._database.reading() as cursor:
            for sql, values in _branches(reach):
                found.update(int(row[0]) for row in cursor.rows(sql, (*values, after, limit)))
        return sorted(found)[:limit]

    def taken_up(self, cases: Sequence[int]) -> Sequence[tuple[Case, tuple[Task, ...]]]:
        """These cases, those that still run, with their open tasks."""
        if not cases:
            return []
        marks, tasks = f"({', '.join('?' * len(cases))})", defaultdict[int, list[Task]](list)
        with self._database.unmoving() as cursor:
            held = [rows.case(row) for row in cursor.rows(f"{_CASES}{marks} ORDER BY id", tuple(cases))]
            for row in cursor.rows(f"{_TASKS}{marks} ORDER BY case_id, task", tuple(cases)):
                tasks[int(row[0])].append(rows.task(row))
        return [(case, tuple(tasks[case.id])) for case in held]

    def apply(self, changes: Sequence[Change]) -> Sequence[int]:
        """The cases that another act moved meanwhile, or holds just now: nothing of them is written."""
        with self._database.writing() as cursor:
            free = free_cases(cursor, self._database, [change.case.id for change in changes])
            kept = [change for change in changes if free.get(change.case.id) == change.before.version]
            _write(cursor, kept)
        written = {change.case.id for change in kept}
        return [change.case.id for change in changes if change.case.id not in written]


def _branches(reach: Reach) -> Iterator[tuple[str, Row]]:
    """One query an index: by person, by queue, by deciding unit, by procedure."""
    of_task = "SELECT DISTINCT case_id FROM task WHERE status = 'open' AND {} AND case_id > ? ORDER BY case_id LIMIT ?"
    of_case = "SELECT id FROM cases WHERE status = 'open' AND {} AND id > ? ORDER BY id LIMIT ?"
    for people in _parts(sorted(reach.people)):
        yield of_task.format(f"person IN ({', '.join('?' * len(people))})"), people
    for queues in _parts(sorted(reach.queues)):
        either = " OR ".join(["unit = ? AND role = ?"] * len(queues))
        yield of_task.format(f"({either})"), tuple(part for queue in queues for part in queue)
    for units in _parts(sorted(reach.authorities)):
        yield of_case.format(f"authority IN ({', '.join('?' * len(units))})"), units
    for procedures in _parts(sorted(reach.procedures)):
        yield of_case.format(f"procedure IN ({', '.join('?' * len(procedures))})"), procedures


def _parts(values: Sequence[object]) -> Iterator[Row]:
    for start in range(0, len(values), PART):
        yield tuple(values[start : start + PART])


def _write(cursor: Cursor, changes: Iterable[Change]) -> None:
    cases, tasks, entries, incidents, closed = [], [], [], [], []
    for change in changes:
        case = chained(change.case, change.entry)
        cases.append((
            *rows.case_values(case, ("version", "audit_seq", "audit_hash", "places", "competence")), case.places.authority,
            case.id, change.before.version,
        ))
        tasks += [_task(case.id, task) for task in change.tasks_moved]
        entries.append(rows.entry_values(case.id, change.entry, case.audit_hash))
        incidents += [incident_values(case.id, row) for row in change.incidents]
        closed += [(stamp(change.entry.at), case.id, *row) for row in change.incidents_closed]
    for sql, written in ((_UPDATE, cases), (_MOVE, tasks), (_ENTRY, entries), (_INCIDENT, incidents), (_CLOSE, closed)):
        cursor.run_many(sql, written)


def _task(case: int, task: Task) -> Row:
    excluded, reasons = dumps(sorted(task.excluded)), dumps([reason.to_json() for reason in task.reasons])
    return task.role, task.unit, task.person, excluded, reasons, dumps(task.clears.to_json()), case, task.task
