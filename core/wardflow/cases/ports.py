"""What the acts ask of the world around them; `app.py` hands over the real things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from wardflow.cases.alarm_ports import Alarms
from wardflow.cases.applicant_ports import Applicants
from wardflow.cases.counter_ports import CounterStore
from wardflow.cases.desk_ports import DeskStore
from wardflow.cases.exchange_ports import ExternalTasks, Instances, Links, Messages, ServiceAccounts, Unheard
from wardflow.cases.migration import Migrations
from wardflow.cases.plugin_ports import Adoption, OwnRows
from wardflow.cases.records import (
    Case,
    Change,
    Document,
    Entry,
    Incident,
    JobTally,
    LateJob,
    Notice,
    Task,
)
from wardflow.cases.register_ports import Moves, RegisterChanges
from wardflow.cases.spots import Spot, Spots
from wardflow.cases.visitor_ports import VisitorStore
from wardflow.cases.worklist_ports import WorkList
from wardflow.domain.calendar import Day
from wardflow.domain.calendar_layers import Layers, Row, Scope
from wardflow.domain.channels import AT_COUNTER, Way
from wardflow.domain.record import record
from wardflow.domain.register import Register


@record(frozen=True, slots=True)
class Loaded:
    """A case as one query brings it: with the task asked for, and the revision the register had at that moment."""

    case: Case
    task: Task | None
    revision: int


@dataclass(frozen=True, slots=True)
class PackVersion:
    """One published version of a pack."""

    pack_id: str
    version: int
    digest: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How many cases of one deciding unit run in time or overdue, and how many ended in time or late."""

    authority: str
    open_in_time: int
    open_overdue: int
    ended_in_time: int
    ended_late: int


@dataclass(frozen=True, slots=True)
class Filing:
    """How a case is opened: who files, the key that makes a repeat harmless, and how its code is made up."""

    full_name: str
    id_number: str
    facts: Mapping[str, Any]
    person: str | None
    key: str | None
    series: str
    pattern: str
    """the code, with {number} for the place in the series"""
    finders: tuple[str, ...] = ()
    """the units whose people may look for the case, each once"""
    reference: str = ""
    """what another system calls the case"""
    stranger: bool = False
    """filed by somebody who only typed who they are: no record that is there already is theirs"""
    sealed: bool = False
    """nobody may see who files: the case is called by its code wherever a name would stand"""
    parent: int | None = None
    """the case whose message opens it, or of which it is made"""
    way: Way = AT_COUNTER
    helped: bool = False
    """typed by somebody who helped: what is known of the applicant stays as they or a counter told it"""
    entered_at: datetime | None = None
    """when it was entered, where that was after it was received"""
    spot: Spot | None = None
    """where and of what kind its matter is, for procedures whose record says so"""


class Cases(Protocol):
    """The cases."""

    def load(self, case_id: int, task: str = "") -> Loaded:
        """A case, one of its tasks and the register's revision."""

    def id_of(self, code: str) -> int:
        """The number of the case with a code."""

    def named(self, code: str) -> Case | None:
        """The case with a code, or None; one query."""
    def opened_with(self, key: str) -> Case | None:
        """The case that an earlier call with the same key opened."""

    def open(self, change: Change, filing: Filing) -> Case:
        """The case as first written, with its number, its code and its applicant."""

    def apply(self, change: Change) -> Case:
        """The case after one act."""

    def apply_together(self, changes: Sequence[Change]) -> Collection[int]:
        """The cases written, each after an act of its own, in one transaction; those that moved meanwhile are left out."""


class CasePapers(Protocol):
    """What is read about a case: tasks, timeline, documents, notices; and drafts, which belong to a person, not to the case."""

    def tasks(self, case_id: int) -> tuple[Task, ...]:
        """All tasks of a case, oldest first."""

    def entries(self, case_id: int) -> tuple[Entry, ...]:
        """The timeline of a case, oldest first."""

    def documents(self, case_id: int) -> tuple[Document, ...]:
        """The papers of a case, oldest first."""

    def joint(self, key: str) -> tuple[Document, ...]:
        """The papers of a decision over several cases, in the order of the cases."""

    def notices(self, case_id: int) -> tuple[Notice, ...]:
        """What was told about a case, oldest first."""

    def save_draft(self, case_id: int, task: str, draft: Any) -> bool:
        """True when the draft was kept, False when the task is no longer open."""

    def rendered(self, case_id: int, document: str, sha256: str, size: int) -> None:
        """Remembers the bytes of a slip that was opened for the first time."""

    def sealed(self, case_id: int, reference: str) -> tuple[str, Any]:
        """The role that may open a sealed value, and the value."""


class Packs(Protocol):
    """Published packs, and the catalogue records and thresholds that cases were opened with."""

    def versions(self) -> tuple[PackVersion, ...]:
        """Every published version, oldest first, of each pack the one in force last."""

    def files(self, digest: str) -> Mapping[str, bytes]:
        """The files of one version."""

    def publish(self, pack_id: str, digest: str, files: Mapping[str, bytes], by: str, at: datetime) -> PackVersion:
        """The version now in force: a new one, or the earlier one that has this content already."""

    def keep_procedure(self, digest: str, code: str, record: Mapping[str, Any]) -> None:
        """Keeps a catalogue record for the cases opened with it."""

    def procedure(self, digest: str) -> Mapping[str, Any]:
        """The catalogue record with a digest."""

    def keep_thresholds(self, digest: str, settings: Mapping[str, Any]) -> None:
        """Keeps the settings of the rules for the cases opened under them."""

    def thresholds(self, digest: str) -> Mapping[str, Any]:
        """The settings of the rules with a digest."""


class City(Protocol):
    """The register and the calendar."""

    def revision(self) -> int:
        """The number that changes whenever the register or the calendar does."""

    def register(self) -> Register:
        """The register as it stands."""

    def workload(self) -> Mapping[str, int]:
        """How many open tasks each person has."""

    def unit_number(self, unit: str) -> int:
        """The number that stands for a unit in codes."""

    def days(self) -> Mapping[date, Day]:
        """The calendar's exceptions."""

    def layers(self) -> Layers:
        """What units, fields and steps change of the calendar."""

    def set_layer_row(self, scope: Scope, at: date | int, row: Row) -> None:
        """Writes one row of a layer: a day with its exception, or a weekday with its hours."""

    def drop_layer_row(self, scope: Scope, at: date | int) -> None:
        """Takes one row of a layer away."""

    def set_day(self, day: date, exception: Day | None) -> None:
        """Writes one exception of the calendar, or with None removes it."""


class Intakes(Protocol):
    """What is being typed at the counter, kept until it becomes a case."""

    def save(self, intake: str, person: str, value: Mapping[str, Any], at: datetime) -> None:
        """Keeps the draft."""

    def load(self, intake: str, person: str) -> Mapping[str, Any] | None:
        """The draft, for the person who typed it."""

    def of(self, person: str) -> Sequence[tuple[str, datetime, Mapping[str, Any]]]:
        """Everything a person has not finished, newest first."""

    def drop(self, intake: str) -> None:
        """Forgets the draft."""


class Jobs(Protocol):
    """The work outside that acts have asked for, as those who look after it see it."""

    def tally(self) -> Sequence[JobTally]:
        """How many jobs of each name there are in each state, and since when the oldest is due."""

    def dead(self, limit: int = 200) -> Sequence[LateJob]:
        """The dead letters, oldest first."""

    def of(self, case_id: int, key: str) -> LateJob | None:
        """The job that an act of a case asked for under a key, as long as it is kept."""


class Incidents(Protocol):
    """What stopped in a case and waits for a person."""

    def of_case(self, case_id: int) -> tuple[Incident, ...]:
        """Those of a case that nobody has closed, oldest first."""

    def unclosed(self, authorities: Sequence[str], limit: int = 1000) -> Sequence[tuple[Incident, Case]]:
        """Those of the running cases that some units decide, oldest first."""


class Accounts(Protocol):
    """Local accounts."""

    def person_of(self, login: str, password: str) -> str | None:
        """The person behind a name and a password; None when they do not match."""

    def person_of_identity(self, issuer: str, subject: str, login: str | None) -> str | None:
        """The person a provider's subject stands for; the first time it is bound to the account with that login."""

    def signed_out(self, person: str) -> datetime | None:
        """The moment before which no session of a person counts any more."""

    def sign_out(self, person: str, at: datetime) -> None:
        """Ends every session of a person that began before."""

    def logins(self) -> Iterable[tuple[str, str]]:
        """Every account as (login, person)."""


class Store(DeskStore, CounterStore, VisitorStore, Protocol):
    """Everything kept."""

    @property
    def cases(self) -> Cases: ...

    @property
    def papers(self) -> CasePapers: ...

    @property
    def applicants(self) -> Applicants: ...

    @property
    def packs(self) -> Packs: ...

    @property
    def city(self) -> City: ...

    @property
    def adoption(self) -> Adoption: ...

    @property
    def own(self) -> OwnRows: ...

    @property
    def register_log(self) -> RegisterChanges: ...

    @property
    def moves(self) -> Moves: ...

    @property
    def intakes(self) -> Intakes: ...

    @property
    def alarms(self) -> Alarms: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def incidents(self) -> Incidents: ...

    @property
    def accounts(self) -> Accounts: ...

    @property
    def migrations(self) -> Migrations: ...

    @property
    def service_accounts(self) -> ServiceAccounts: ...

    @property
    def external_tasks(self) -> ExternalTasks: ...

    @property
    def instances(self) -> Instances: ...

    @property
    def links(self) -> Links: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def unheard(self) -> Unheard: ...

    @property
    def worklist(self) -> WorkList: ...

    @property
    def spots(self) -> Spots: ...

    def upgrade(self) -> None:
        """Brings the tables to this version of the platform."""

    def tidy(self) -> None:
        """Does what is better done off the request path."""

    def close(self) -> None:
        """Gives every connection back."""


class Blobs(Protocol):
    """The bytes of papers, kept by content."""

    def put(self, content: bytes) -> str:
        """The content's address."""

    def get(self, sha256: str) -> bytes:
        """The content at an address."""
