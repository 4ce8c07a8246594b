"""The shapes that pages are drawn from; words in two languages travel as `Words`, reasons as reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wardflow.cases.counter_records import CaseWay
from wardflow.cases.fielded import Fielded
from wardflow.cases.reads.asking import Asked
from wardflow.domain.calendar import CountedDay
from wardflow.domain.legal_clock import LedgerRow, Standing, Timing
from wardflow.domain.reasons import Reason
from wardflow.domain.six_clears import SixClears
from wardflow.forms import Row

if TYPE_CHECKING:
    from wardflow.cases.reads.payments import Payments
    from wardflow.cases.reads.related import RelatedRow


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    vi: str
    en: str

    @property
    def both(self) -> tuple[str, str]:
        """The text in Vietnamese and in English, to be searched."""
        return self.vi, self.en

    def say(self, language: str) -> str:
        """The text in a language, Vietnamese where English is missing."""
        return (self.en or self.vi) if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of a work list."""

    case_id: int
    case_code: str
    task: str
    title: Words
    procedure: Words
    applicant: str
    holder: str
    standing: Standing
    due: datetime | None
    case_due: datetime | None
    days: tuple[CountedDay, ...]
    six: SixClears
    mine: bool
    claimable: bool
    tags: tuple[Words, ...]
    commune: Words = Words("", "")
    version: int = 0
    ready: bool = False
    """mine, and nothing is left to fill in: no form, or a draft of it"""
    givable: bool = False
    """the reader may give it to somebody else"""
    queue: tuple[str, str] = ("", "")
    """the unit and the role it is for"""
    joint: bool = False
    """one decision may be made over this and others at the same step, and the reader may take part in it"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a list can be narrowed to, with how many tasks it has."""

    id: str
    words: Words
    count: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept filter as its reader sees it."""

    id: str
    name: str
    query: Mapping[str, str]
    shared: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a person's work list in one view, under what it is sorted by."""

    view: str
    asked: Asked
    tabs: tuple[tuple[str, int], ...]
    counts: Mapping[str, int]
    total: int
    groups: tuple[tuple[str, Words | None, tuple[TaskRow, ...]], ...]
    next: str = ""
    """where the next page begins; empty on the last"""
    found: tuple[CaseRow, ...] = ()
    filters: tuple[KeptRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    own_cases: tuple[CaseRow, ...] = ()
    letters: tuple[LetterRow, ...] = ()
    warned: int = 0
    """how many warnings there were today"""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A case for which a new date with an apology waits to be signed."""

    case_code: str
    procedure: Words
    applicant: str
    due: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class Digest:
    """What a person was warned of on one day: each kind of warning with its cases, in the order of the first."""

    day: date
    groups: tuple[tuple[Words, tuple[CaseRow, ...]], ...]
    earlier: date
    later: date | None

    @property
    def count(self) -> int:
        """How many warnings there were."""
        return sum(len(rows) for _, rows in self.groups)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    code: str
    tracking: str
    procedure: Words
    state: Words
    standing: Standing
    opened_at: datetime
    applicant: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing somebody was told."""

    case_code: str
    at: datetime
    text: Words
    sent: bool = False
    """also sent to the address its reader gave"""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of what happened; `mood` is done, hold or now."""

    at: datetime
    by: str
    title: Words
    detail: tuple[Reason, ...]
    mood: str
    node: str
    value: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the case waits for: a task, who has it, and how it stands."""

    task: str
    title: Words
    holder: str
    unit: Words
    role: Words
    standing: Standing
    due: datetime | None
    mine: bool
    claimable: bool
    six: SixClears
    reasons: tuple[Reason, ...]
    why_due: tuple[Reason, ...] = ()
    """why it is due on that day"""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a case as a list shows it."""

    document: str
    title: Words
    number: str
    kind: str
    at: datetime
    by: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places of a case."""

    kind: str
    unit: Words
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class ClockView:
    """The legal clock as a page explains it."""

    limit: str
    due: datetime | None
    original: datetime | None
    standing: Standing
    days: tuple[CountedDay, ...]
    life: tuple[CountedDay, ...]
    reasons: tuple[Reason, ...]
    ledger: tuple[LedgerRow, ...]
    basis: tuple[str, ...]
    used: Reason | None = None
    """how much of the time is used and left"""
    timing: Timing | None = None
    """early, on time or late, once the clock has stopped"""
    english: Mapping[str, str] = field(default_factory=dict)
    """the English of what the ledger gives as its basis, where the diagram says it"""


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a unit asked for its part does within a case, in its own time."""

    unit: Words
    title: Words
    due: datetime | None
    standing: Standing
    why_due: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A new date that a head may give: the one promised, the one proposed, and whether a written decision is its basis."""

    due: datetime
    proposed: date
    written: bool
    basis: str
    left: int | None
    """how often it may still be done; None without a limit"""
    drafted: bool
    """the last day to sign it has come"""
    because: Reason | None
    """the reason the draft gives: what the case waits for"""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a case page shows to one viewer; what they may not see is not in it."""

    id: int
    code: str
    tracking: str
    procedure: Words
    procedure_code: str
    applicant: str
    state: Words
    ended: bool
    outcome: str
    opened_at: datetime
    clock: ClockView
    waiting: tuple[Waiting, ...]
    places: tuple[Place, ...]
    came: CaseWay
    """by which channel it came in, who helped, how the result goes back"""
    papers: tuple[Paper, ...]
    timeline: tuple[TimelineRow, ...]
    form: Callable[[str], tuple[Row, ...]]
    """what was declared when the case opened, line by line in a language; worked out when a page shows it"""
    findings: tuple[Mapping[str, Any], ...]
    pack: tuple[str, int]
    diagram: str
    passed: tuple[str, ...]
    live: tuple[str, ...]
    can: frozenset[str]
    extension: ExtensionView | None = None
    tells: tuple[tuple[str, Words], ...] = ()
    """what the viewer may tell the case now: message and its words"""
    turns: tuple[Reason, ...] = ()
    """whose clock runs now"""
    parts: tuple[PartRow, ...] = ()
    """the units that were asked, each with its own clock"""
    related: tuple[RelatedRow, ...] = ()
    """the case that opened this one, and those it opened"""


@dataclass(frozen=True, slots=True)
class TellView:
    """The page on which somebody tells a case something: the case around it and the form."""

    case: CaseView
    message: str
    title: Words
    schema: Mapping[str, Any]
    schemas: Any
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task's page: the case around it, the form and what was typed so far."""

    case_id: int
    code: str
    case: Callable[[], CaseView]
    """read when the page is drawn, which it is not when the step is completed"""
    waiting: Waiting
    node: str
    schema: Mapping[str, Any]
    schemas: Any
    value: Mapping[str, Any]
    drafted: bool
    hint: Words
    fielded: Fielded | None = None
    """the rules of the field that look at this form"""


@dataclass(frozen=True, slots=True)
class TrackedStep:
    """A step that whoever holds the tracking code answers there: its key, its name, its form."""

    task: str
    title: Words
    hint: Words
    until: datetime | None
    schema: Mapping[str, Any]
    schemas: Any
    value: Mapping[str, Any] = field(default_factory=dict)
    """what was typed there before"""
    drafted: bool = False
    needed: Waiting | None = None
    """how it stands, where the matter waits for it; None where it may be left out"""


@dataclass(frozen=True, slots=True)
class Tracking:
    """What a citizen sees with a tracking code: no name in full, no other person's data."""

    code: str
    tracking: str
    procedure: Words
    applicant: str
    state: Words
    ended: bool
    outcome: str
    clock: ClockView
    asked: tuple[Waiting, ...]
    items: tuple[Mapping[str, str], ...]
    """each thing asked for: name, why it is needed, how to come by it"""
    steps: tuple[TimelineRow, ...]
    places: tuple[Place, ...]
    answerable: tuple[TrackedStep, ...] = ()
    turns: tuple[Reason, ...] = ()
    complaint: tuple[str, Words] | None = None
    """the address where one complains, and what the link is called"""
    payments: Payments | None = None
    """what can be paid online, and what was"""
    told: tuple[NoticeRow, ...] = ()
    """what the applicant was told, newest first"""


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the people a visitor of the demo may sit down as."""

    person: str
    name: str
    role: Words
    unit: Words
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure as the catalogue and the counter offer it."""

    code: str
    name: Words
    field: Words
    limit: str
    legal_basis: tuple[str, ...]
