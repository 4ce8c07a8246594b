"""The rows about a case as plain values; the store reads and writes them, the acts and projections work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wardflow.cases.desk_records import Delegation, Note
from wardflow.cases.exchange import ExternalTask, FailedWork, Message, Subscription
from wardflow.cases.payment_records import PaymentOrder
from wardflow.domain.books import Writing
from wardflow.domain.legal_clock import ClockEvent
from wardflow.domain.reach import Reach
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record
from wardflow.domain.routing import Places
from wardflow.domain.six_clears import SixClears

if TYPE_CHECKING:
    from wardflow.cases.migration import Moved

NEW_APPLICANT = "applicant:new"
"""Stands for an applicant without an account until the transaction that opens the case gives them a number."""


class CaseStatus(StrEnum):
    """Whether a case still runs."""

    OPEN = "open"
    ENDED = "ended"


class TaskStatus(StrEnum):
    """Whether a task waits for a person."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Case:
    """One running matter; `version` counts its acts, `state` is the engine's."""

    id: int
    code: str
    tracking: str
    version: int
    status: CaseStatus
    pack: str
    process: str
    procedure: str
    procedure_digest: str
    business_state: str
    outcome: str
    applicant_id: int
    applicant_person: str
    """the applicant's account, or "applicant:ID" for one who has none"""
    applicant_label: str
    places: Places
    competence: Reason
    """why the authority is the one that decides"""
    opened_at: datetime
    ended_at: datetime | None
    time_limit: str
    thresholds_digest: str
    """by what the settings of the rules are kept as they were when the case began; a rule is handed these, whatever changed since"""
    clock: tuple[ClockEvent, ...]
    doers: Mapping[str, str]
    """node → who completed it last, for the steps that must not be done by the same person"""
    due_original: datetime | None
    due: datetime | None
    paused: bool
    audit_seq: int
    audit_hash: str
    state: bytes
    stopped_at: datetime | None = None
    """when its legal clock stopped: from then on its matter is finished, whatever steps still follow"""

    @property
    def finished_at(self) -> datetime | None:
        """When the matter counts as finished: when its clock stopped, else when the case ended."""
        return self.stopped_at or self.ended_at

    def but(self, **changed: Any) -> Case:
        """The case with some of its values changed: `dataclasses.replace` at a tenth of its time, twice in every step."""
        return Case.of({**vars(self), **changed})

    @classmethod
    def of(cls, values: dict[str, Any]) -> Case:
        """The case with all of these values, by name; they are its own from now on."""
        made = object.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made


@record(frozen=True, slots=True)
class Task:
    """A step waiting for a person, or one that did."""

    case_id: int
    task: str
    node: str
    status: TaskStatus
    role: str
    unit: str
    person: str | None
    title: str
    title_en: str
    opened_at: datetime
    due: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    excluded: frozenset[str]
    """who must not do it: the doers of other steps (four eyes), and the applicant where a decision is made"""
    reasons: tuple[Reason, ...]
    clears: SixClears
    draft: Any


@record(frozen=True, slots=True)
class Entry:
    """One line of the timeline and of the audit chain."""

    seq: int
    at: datetime
    by: str
    kind: str
    node: str
    facts: Mapping[str, Any]
    value: Any
    passed: tuple[str, ...]
    hash: str = ""


@record(frozen=True, slots=True)
class Document:
    """A paper of a case: attached by a person or issued as a slip; `sha256` is None until a slip is first opened."""

    case_id: int
    document: str
    kind: str
    name: str
    number: str
    node: str
    at: datetime
    by: str
    media_type: str
    size: int
    sha256: str | None
    facts: Mapping[str, Any]


@record(frozen=True, slots=True)
class Notice:
    """Something a person, or those who hold a role in a unit, are told about a case."""

    seq: int
    notice: str
    person: str | None
    role: str
    unit: str
    at: datetime
    facts: Mapping[str, Any]
    address: str | None = None
    """where it is sent beside the desk; None for who reads it there alone"""


@record(frozen=True, slots=True)
class AlarmRow:
    """An alarm that will move a case at an instant."""

    alarm: str
    node: str
    fire_at: datetime


@record(frozen=True, slots=True)
class JobRow:
    """Work that touches the outside world, keyed so that it is never enqueued twice."""

    key: str
    name: str
    payload: Mapping[str, Any]
    run_at: datetime
    rank: int = 0
    """its place among those due: smaller ones first"""


@dataclass(frozen=True, slots=True)
class JobTally:
    """How many jobs of one name are in one state, and since when the oldest of them is due."""

    name: str
    state: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class LateJob:
    """A job that failed for good."""

    id: int
    case: str
    key: str
    name: str
    tries: int
    error: str
    """the kind of the last error and its line, never its message"""
    due: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """Something in a case that needs a person's help to go on."""

    seq: int
    code: str
    node: str
    facts: Mapping[str, Any]
    at: datetime
    place: int = 0
    """its place among those of the same step"""

    @property
    def key(self) -> str:
        """What names it within its case."""
        return f"{self.seq}.{self.place}"


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A value only a role may open, on its way to be encrypted."""

    reference: str
    role: str
    value: Any


@record(frozen=True, slots=True)
class Change:
    """Everything one act writes, applied in one transaction."""

    before: Case
    """the case as the act found it: only what differs is written, and only while it still stands so"""
    case: Case
    entry: Entry
    tasks_opened: tuple[Task, ...] = ()
    tasks_closed: tuple[tuple[str, TaskStatus], ...] = ()
    tasks_held: tuple[tuple[str, str | None], ...] = ()
    tasks_moved: tuple[Task, ...] = ()
    """open tasks as they stand after the register changed"""
    tasks_followed: tuple[Task, ...] = ()
    """open tasks as another version of the pack has them; what was typed in them stays"""
    alarms_set: tuple[AlarmRow, ...] = ()
    alarms_cleared: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    notices: tuple[Notice, ...] = ()
    jobs: tuple[JobRow, ...] = ()
    sealed: tuple[SealedValue, ...] = ()
    jobs_dropped: tuple[str, ...] = ()
    jobs_ended: tuple[tuple[int, str], ...] = ()
    """(job, lease) of jobs whose answer the act brings"""
    incidents: tuple[Incident, ...] = ()
    incidents_closed: tuple[tuple[int, int], ...] = ()
    """(seq, place) of those that need nobody any more"""
    work_opened: tuple[ExternalTask, ...] = ()
    work_closed: tuple[str, ...] = ()
    work_done: tuple[tuple[str, str], ...] = ()
    """(task, worker) of work that its worker ends; the lock must still be theirs when it is written"""
    work_failed: tuple[FailedWork, ...] = ()
    listening: tuple[Subscription, ...] = ()
    listened: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    signals: tuple[Message, ...] = ()
    messages_taken: tuple[str, ...] = ()
    """messages the case receives; each must not be delivered yet when it is written"""
    notes: tuple[Note, ...] = ()
    delegated: tuple[Delegation, ...] = ()
    given_back: tuple[str, ...] = ()
    """tasks that are in their own holder's hands again"""
    payments: tuple[PaymentOrder, ...] = ()
    """orders that end with this act; each must still stand when it is written"""
    series: Mapping[str, str] = field(default_factory=dict)
    """document key → number series, numbered while the transaction runs"""
    entered: tuple[Writing, ...] = ()
    """what plugins enter into their own books"""
    follows: int | None = None
    """the case it is linked to from now on, as if that one had opened it"""
    unnamed: bool = False
    """nothing of the case says any more who sent it, and no list or search finds it"""
    moved: Moved | None = None
    """what a migration remembers of the case"""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One change of the register, as its log keeps it: what, by whom, which tasks it reaches, and how far these have moved."""

    seq: int
    at: datetime
    by: str
    kind: str
    facts: Mapping[str, Any]
    reach: Reach
    hash: str = ""
    moved: int = 0
    """tasks moved so far"""
    looks: int = 0
    """how often every case it reaches was looked at"""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything kept about one case, as somebody who checks it takes it from the shelf."""

    case: Case
    entries: tuple[Entry, ...]
    tasks: tuple[Task, ...]
    """those that are open"""
    alarms: tuple[AlarmRow, ...]
    documents: tuple[Document, ...]
    incidents: tuple[Incident, ...]
    """those nobody has closed"""
    listeners: frozenset[str] | None
    """what names the events that wait for messages and signals; None before they are all remembered"""
    work: frozenset[str]
    """the tasks that other systems do"""
    sealed: int
    unopened: tuple[str, ...]
    """references of sealed values that the installation's secret does not open"""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A case whose rows make no sense any more."""

    code: str
