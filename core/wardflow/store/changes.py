"""What acts write beside the case itself: tasks, timeline, alarms, papers, notices, jobs; of one act or of several together.

Each kind of row is one batched statement, however many acts there are; the order of the kinds is the order within an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from wardflow.cases.records import AlarmRow, Case, Change, Incident, Notice, Task
from wardflow.store import desk_notes, exchange, jobs, rows
from wardflow.store.database import Cursor
from wardflow.store.instants import dumps, stamp
from wardflow.store.migrated import remember
from wardflow.store.numbering import write_numbered
from wardflow.store.sealed import Seal

Written = Sequence[tuple[Case, Change]]
"""Cases as they are after an act, each with what the act writes."""


def insert(table: str, columns: Iterable[str]) -> str:
    """The statement that inserts one row."""
    names = tuple(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_HOLD = "UPDATE task SET person = ? WHERE case_id = ? AND task = ?"
# one statement for the tasks a step opens and those it closes: a closed one is there already and is only marked
_TASK = insert("task", rows.TASK) + (
    " ON CONFLICT (case_id, task) DO UPDATE SET status = excluded.status, closed_at = excluded.closed_at, "
    "closed_by = excluded.closed_by, draft = NULL"
)
_FOLLOWED = ("node", "role", "unit", "person", "title", "title_en", "due", "excluded", "reasons", "clears")
_FOLLOW = f"UPDATE task SET {', '.join(name + ' = ?' for name in _FOLLOWED)} WHERE case_id = ? AND task = ?"
_ENTRY = insert("entry", rows.ENTRY)
# the alarm of the next warning is there already whenever the legal clock moves again
_ALARM = insert("alarm", ("case_id", "alarm", "node", "fire_at")) + (
    " ON CONFLICT (case_id, alarm) DO UPDATE SET node = excluded.node, fire_at = excluded.fire_at"
)
_CLEAR = "DELETE FROM alarm WHERE case_id = ? AND alarm = ?"
_DOCUMENT = insert("document", rows.DOCUMENT)
_JOINT = insert("joint_paper", ("case_id", "document", "joint"))
NOTICE = insert("notice", ("case_id", *rows.NOTICE))
_SEALED = insert("sealed", ("case_id", "reference", "role", "cipher"))
_INCIDENT = insert("incident", ("case_id", "seq", "place", "code", "node", "facts", "at"))
_CLOSE = "UPDATE incident SET closed_at = ? WHERE case_id = ? AND seq = ? AND place = ?"
_SELDOM = attrgetter(
    "jobs_ended", "jobs_dropped", "jobs", "incidents", "incidents_closed", "moved", *exchange.KINDS, "notes", "delegated", "given_back",
)
"""what most acts have none of: asked for at once, because looking for each costs a step as much as a statement"""


def write(cursor: Cursor, written: Written, seal: Seal) -> None:
    """Writes it, in the transaction of the cursor."""
    _write_tasks(cursor, written)
    cursor.run_many(_ENTRY, [rows.entry_values(case.id, change.entry, case.audit_hash) for case, change in written])
    cursor.run_many(_CLEAR, [(case.id, alarm) for case, change in written for alarm in change.alarms_cleared])
    cursor.run_many(_ALARM, [_alarm(case.id, row) for case, change in written for row in change.alarms_set])
    _write_papers(cursor, written, seal)
    cursor.run_many(NOTICE, [notice_values(case.id, row) for case, change in written for row in change.notices])
    if rest := [each for each in written if any(_SELDOM(each[1]))]:
        _write_rest(cursor, rest)


def _write_rest(cursor: Cursor, written: Written) -> None:
    jobs.finish(cursor, [held for _, change in written for held in change.jobs_ended])    # before the act asks for one anew
    jobs.cancel(cursor, [(case.id, key) for case, change in written for key in change.jobs_dropped])
    jobs.enqueue(cursor, [(case.id, job) for case, change in written for job in change.jobs])
    cursor.run_many(_INCIDENT, [incident_values(case.id, row) for case, change in written for row in change.incidents])
    closed = [(stamp(change.entry.at), case.id, *row) for case, change in written for row in change.incidents_closed]
    cursor.run_many(_CLOSE, closed)
    for _, change in written:
        if change.moved is not None:
            remember(cursor, change.moved)
    exchange.write(cursor, [(case.id, change) for case, change in written])
    for case, change in written:
        desk_notes.write(cursor, change.notes, change.delegated, [(case.id, task) for task in change.given_back])


def _write_papers(cursor: Cursor, written: Written, seal: Seal) -> None:
    papers = [(case.id, row, change.series.get(row.document)) for case, change in written for row in change.documents]
    if papers:
        if any(series for _, _, series in papers):
            write_numbered(cursor, papers)
        else:
            cursor.run_many(_DOCUMENT, [rows.document_values(case_id, row, row.number) for case_id, row, _ in papers])
        cursor.run_many(_JOINT, [(case_id, row.document, row.facts["joint"]) for case_id, row, _ in papers if "joint" in row.facts])
    sealed = [(case.id, row) for case, change in written for row in change.sealed]
    cursor.run_many(_SEALED, [(case_id, row.reference, row.role, seal.close(row.value)) for case_id, row in sealed])


def _write_tasks(cursor: Cursor, written: Written) -> None:
    # opened before closed: a case may be opened with its first task already done
    both = [values for case, change in written for values in _tasks(case.id, change)]
    cursor.run_many(_TASK, both)
    cursor.run_many(_HOLD, [(person, case.id, task) for case, change in written for task, person in change.tasks_held])
    cursor.run_many(_FOLLOW, [_follow(case.id, row) for case, change in written for row in change.tasks_followed])


def _tasks(case_id: int, change: Change) -> list[tuple[Any, ...]]:
    entry = change.entry
    opened = [rows.task_values(case_id, row) for row in change.tasks_opened]
    return opened + [rows.task_ended(case_id, task, status, entry.at, entry.by) for task, status in change.tasks_closed]


def _follow(case_id: int, task: Task) -> tuple[Any, ...]:
    values = dict(zip(rows.TASK, rows.task_values(case_id, task), strict=True))
    return (*(values[name] for name in _FOLLOWED), case_id, task.task)


def _alarm(case_id: int, row: AlarmRow) -> tuple[Any, ...]:
    return case_id, row.alarm, row.node, stamp(row.fire_at)


def notice_values(case_id: int, row: Notice) -> tuple[Any, ...]:
    """The values of a notice, as they are inserted."""
    return case_id, row.seq, row.notice, row.person, row.role, row.unit, stamp(row.at), dumps(dict(row.facts)), row.address


def incident_values(case_id: int, row: Incident) -> tuple[Any, ...]:
    """The values of an incident, as they are inserted."""
    return case_id, row.seq, row.place, row.code, row.node, dumps(dict(row.facts)), stamp(row.at)
