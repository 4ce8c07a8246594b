"""Between rows and records: the columns of each table about a case, in one order, read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from wardflow.cases.records import Case, CaseStatus, Document, Entry, Notice, Task, TaskStatus
from wardflow.domain.legal_clock import ClockEvent
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Places
from wardflow.domain.six_clears import SixClears
from wardflow.store.database import Row
from wardflow.store.instants import dumps, loads, moment, moment_or_none, stamp, stamp_or_none

CASE = tuple(field.name for field in fields(Case))
TASK = tuple(field.name for field in fields(Task))
ENTRY = ("case_id", "seq", "at", "by", "kind", "node", "facts", "value", "passed", "hash")
NOTICE = ("seq", "notice", "person", "role", "unit", "at", "facts", "address")
DOCUMENT = (
    "case_id", "document", "kind", "name", "number", "node", "at", "by", "media_type", "size", "sha256", "facts",
)
Readers = tuple[tuple[int, Callable[[Any], Any]], ...]
"""The places of the columns that do not stand as they are, and how each is read."""


def case(row: Row) -> Case:
    """The case of a row in the order of CASE."""
    return Case.of(dict(zip(CASE, _read(_CASE_READ, row), strict=True)))


def _read(columns: Readers, row: Row) -> list[Any]:
    values = list(row)
    for place, read in columns:
        values[place] = read(values[place])
    return values


# read once: the cases and tasks of a unit share these texts to the letter


@lru_cache(maxsize=1024)
def _places(text: str) -> Places:
    found = loads(text)
    return Places(**{**found, "kept_from": tuple(found.get("kept_from", ()))})


@lru_cache(maxsize=1024)
def _reason(text: str) -> Reason:
    return Reason.from_json(loads(text))


@lru_cache(maxsize=1024)
def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in loads(text))


@lru_cache(maxsize=1024)
def _clears(text: str) -> SixClears:
    return SixClears.from_json(loads(text))


def case_values(case: Case, columns: Iterable[str] = CASE) -> Row:
    """The values of a case in the order of the columns."""
    held = vars(case)
    return tuple([_CASE_TEXT[name](held[name]) if name in _CASE_TEXT else held[name] for name in columns])


_CASE_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "status": str,
    "places": lambda places: dumps(places.to_json()),
    "competence": lambda reason: dumps(reason.to_json()),
    "opened_at": stamp,
    "ended_at": stamp_or_none,
    "stopped_at": stamp_or_none,
    "clock": lambda events: dumps([event.to_json() for event in events]),
    "doers": lambda doers: dumps(dict(doers)),
    "due_original": stamp_or_none,
    "due": stamp_or_none,
}
"""How the columns that are kept as text are written; the others stand as they are."""
_CASE_VALUE: Mapping[str, Callable[[Any], Any]] = {
    "status": CaseStatus,
    "places": _places,
    "competence": _reason,
    "opened_at": moment,
    "ended_at": moment_or_none,
    "stopped_at": moment_or_none,
    "clock": lambda text: tuple(ClockEvent.from_json(event) for event in loads(text)),
    "doers": loads,
    "due_original": moment_or_none,
    "due": moment_or_none,
    "paused": bool,
    "state": bytes,
}
_TASK_VALUE: Mapping[str, Callable[[Any], Any]] = {
    "status": TaskStatus,
    "opened_at": moment,
    "due": moment_or_none,
    "closed_at": moment_or_none,
    "excluded": lambda text: frozenset(loads(text)),
    "reasons": _reasons,
    "clears": _clears,
    "draft": loads,
}
_CASE_READ: Readers = tuple((place, _CASE_VALUE[name]) for place, name in enumerate(CASE) if name in _CASE_VALUE)
_TASK_READ: Readers = tuple((place, _TASK_VALUE[name]) for place, name in enumerate(TASK) if name in _TASK_VALUE)


def task(row: Row) -> Task:
    """The task of a row in the order of TASK."""
    return Task(*_read(_TASK_READ, row))


def task_values(case_id: int, task: Task) -> Row:
    """The values of a task in the order of TASK."""
    return (
        case_id, task.task, task.node, task.status.value, task.role, task.unit, task.person, task.title, task.title_en,
        stamp(task.opened_at), stamp_or_none(task.due), stamp_or_none(task.closed_at), task.closed_by,
        dumps(sorted(task.excluded)), dumps([reason.to_json() for reason in task.reasons]), dumps(task.clears.to_json()),
        None if task.draft is None else dumps(task.draft),
    )


def task_ended(case_id: int, task: str, status: TaskStatus, at: datetime, by: str) -> Row:
    """The values in the order of TASK that mark a task as ended; where one is empty, what the table has stays."""
    now = stamp(at)
    return case_id, task, "", status.value, "", "", None, "", "", now, None, now, by if status is TaskStatus.DONE else None, "", "", "", None


def entry(row: Row) -> Entry:
    """The entry of a row in the order of ENTRY."""
    found = dict(zip(ENTRY, row, strict=True))
    del found["case_id"]
    found |= {
        "at": moment(found["at"]),
        "facts": loads(found["facts"]),
        "value": loads(found["value"]),
        "passed": tuple(loads(found["passed"])),
    }
    return Entry(**found)


def entry_values(case_id: int, entry: Entry, digest: str) -> Row:
    """The values of an entry in the order of ENTRY."""
    return (
        case_id, entry.seq, stamp(entry.at), entry.by, entry.kind, entry.node, dumps(dict(entry.facts)),
        None if entry.value is None else dumps(entry.value), dumps(list(entry.passed)), digest,
    )


def audited(code: str, entry: Entry) -> Mapping[str, Any]:
    """What the audit chain hashes of an entry: everything but the hash itself."""
    return {
        "case": code, "seq": entry.seq, "at": stamp(entry.at), "by": entry.by, "kind": entry.kind,
        "node": entry.node, "facts": dict(entry.facts), "value": entry.value, "passed": list(entry.passed),
    }


def notice(row: Row) -> Notice:
    """The notice of a row in the order of NOTICE."""
    found = dict(zip(NOTICE, row, strict=True))
    return Notice(**(found | {"at": moment(found["at"]), "facts": loads(found["facts"])}))


def document(row: Row) -> Document:
    """The document of a row in the order of DOCUMENT."""
    found = dict(zip(DOCUMENT, row, strict=True))
    return Document(**(found | {"at": moment(found["at"]), "facts": loads(found["facts"])}))


def document_values(case_id: int, document: Document, number: str) -> Row:
    """The values of a document in the order of DOCUMENT, with the number it was given."""
    return (
        case_id, document.document, document.kind, document.name, number, document.node, stamp(document.at), document.by,
        document.media_type, document.size, document.sha256, dumps(dict(document.facts)),
    )

