"""Between rows and records: the columns of each table about a case, in one order, read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from wardflow.cases.records import Case, CaseStatus, Document, Entry, Notice, Task, TaskStatus
from wardflow.domain.legal_clock import ClockEvent
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Places
from wardflow.domain.six_clears import SixClears
from wardflow.store.database import Row
from wardflow.store.instants import dumps, loads, moment, moment_or_none, stamp, stamp_or_none

CASE = (
    "id", "code", "tracking", "version", "status", "pack", "process", "procedure", "procedure_digest", "business_state",
    "outcome", "applicant_id", "applicant_person", "applicant_label", "places", "competence", "opened_at", "ended_at", "time_limit",
    "thresholds", "clock", "doers", "due_original", "due", "paused", "audit_seq", "audit_hash", "state", "stopped_at",
)
TASK = (
    "case_id", "task", "node", "status", "role", "unit", "person", "title", "title_en", "opened_at", "due", "closed_at",
    "closed_by", "excluded", "reasons", "clears", "draft",
)
ENTRY = ("case_id", "seq", "at", "by", "kind", "node", "facts", "value", "passed", "hash")
NOTICE = ("seq", "notice", "person", "role", "unit", "at", "facts", "address")
DOCUMENT = (
    "case_id", "document", "kind", "name", "number", "node", "at", "by", "media_type", "size", "sha256", "facts",
)


def case(row: Row) -> Case:
    """The case of a row in the order of CASE."""
    found = dict(zip(CASE, row, strict=True))
    found |= {
        "status": CaseStatus(found["status"]),
        "places": _places(found["places"]),
        "competence": _reason(found["competence"]),
        "opened_at": moment(found["opened_at"]),
        "ended_at": moment_or_none(found["ended_at"]),
        "stopped_at": moment_or_none(found["stopped_at"]),
        "thresholds": _settings(found["thresholds"]),
        "clock": tuple(ClockEvent.from_json(event) for event in loads(found["clock"])),
        "doers": loads(found["doers"]),
        "due_original": moment_or_none(found["due_original"]),
        "due": moment_or_none(found["due"]),
        "paused": bool(found["paused"]),
        "state": bytes(found["state"]),
    }
    return Case(**found)


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


@lru_cache(maxsize=64)
def _settings(text: str) -> Mapping[str, Any]:
    return MappingProxyType(loads(text))


def case_values(case: Case, columns: Iterable[str] = CASE) -> Row:
    """The values of a case in the order of the columns."""
    return tuple(_CASE_TEXT[name](value) if name in _CASE_TEXT else value for name in columns for value in (getattr(case, name),))


_CASE_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "status": str,
    "places": lambda places: dumps(places.to_json()),
    "competence": lambda reason: dumps(reason.to_json()),
    "opened_at": stamp,
    "ended_at": stamp_or_none,
    "stopped_at": stamp_or_none,
    "thresholds": lambda settings: dumps(dict(settings)),
    "clock": lambda events: dumps([event.to_json() for event in events]),
    "doers": lambda doers: dumps(dict(doers)),
    "due_original": stamp_or_none,
    "due": stamp_or_none,
}
"""How the columns that are kept as text are written; the others stand as they are."""


def task(row: Row) -> Task:
    """The task of a row in the order of TASK."""
    found = dict(zip(TASK, row, strict=True))
    found |= {
        "status": TaskStatus(found["status"]),
        "opened_at": moment(found["opened_at"]),
        "due": moment_or_none(found["due"]),
        "closed_at": moment_or_none(found["closed_at"]),
        "excluded": frozenset(loads(found["excluded"])),
        "reasons": _reasons(found["reasons"]),
        "clears": SixClears.from_json(loads(found["clears"])),
        "draft": loads(found["draft"]),
    }
    return Task(**found)


def task_values(case_id: int, task: Task) -> Row:
    """The values of a task in the order of TASK."""
    found = {name: getattr(task, name) for name in TASK} | {
        "case_id": case_id,
        "status": str(task.status),
        "opened_at": stamp(task.opened_at),
        "due": stamp_or_none(task.due),
        "closed_at": stamp_or_none(task.closed_at),
        "excluded": dumps(sorted(task.excluded)),
        "reasons": dumps([reason.to_json() for reason in task.reasons]),
        "clears": dumps(task.clears.to_json()),
        "draft": None if task.draft is None else dumps(task.draft),
    }
    return tuple(found.values())


def task_ended(case_id: int, task: str, status: TaskStatus, at: datetime, by: str) -> Row:
    """The values that mark a task as ended; what they do not say stays as the table has it."""
    said = {"case_id": case_id, "task": task, "status": str(status), "opened_at": stamp(at), "closed_at": stamp(at)}
    said |= {"closed_by": by if status is TaskStatus.DONE else None}
    return tuple(said.get(name, None if name in ("due", "person", "draft") else "") for name in TASK)


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
    found = {name: getattr(document, name) for name in DOCUMENT} | {"case_id": case_id, "number": number}
    return tuple((found | {"at": stamp(document.at), "facts": dumps(dict(document.facts))}).values())

