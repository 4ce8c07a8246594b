"""What stands still and needs a person, for those who may set it going again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words, step_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, Incident, JobTally, LateJob, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.standstill import stopped_work
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import Stopped, stopped
from wardflow.errors import IncidentGone
from wardflow.permissions import OPERATOR, Question, allowed, may, require

OFFERED = ("cancel_case", "mend_incident", "move_token", "retry_incident", "skip_incident")
ABOUT_DATA = frozenset(("mend_incident",))
CAUSE = ("error", "decision", "language", "value", "flows", "role", "unit")
"""The facts that tell one cause from another; what is about a single case is not among them."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident: which case, at which step, why, since when, and what its reader may do about it."""

    case_id: int
    case_code: str
    procedure: Words
    incident: str
    step: Words
    node: str
    why: Reason
    at: datetime
    can: frozenset[str]
    cause: str = ""
    """the same for all that stopped at the same step of a pack for the same reason"""


@dataclass(frozen=True, slots=True)
class Cause:
    """What stopped for the same reason, oldest first."""

    cause: str
    rows: tuple[IncidentRow, ...]

    @property
    def can(self) -> frozenset[str]:
        """What its reader may do about at least one of them."""
        return frozenset(act for row in self.rows for act in row.can)


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident with everything that helps to end it; sealed values have left only their marks in the data."""

    row: IncidentRow
    variables: Mapping[str, Any] | None
    """what the stopped step sees; None for a reader who may not change it"""
    targets: tuple[tuple[str, Words], ...]
    """the steps that the case can be taken to"""
    job: LateJob | None
    """the call that failed, as long as it is kept"""
    way: tuple[Words, ...]
    """the named steps passed in the act that stopped, in order"""


def incidents(platform: Platform, actor: Actor) -> tuple[IncidentRow, ...]:
    """The incidents that stand in the cases of the actor's units, oldest first; those of all units for an operator."""
    snapshot = platform.snapshot()
    found = platform.store.incidents.unclosed(_authorities(snapshot, actor))
    rows = (_row(platform, snapshot, actor, incident, case) for incident, case in found)
    return tuple(row for row in rows if row is not None)


def causes(rows: Iterable[IncidentRow]) -> tuple[Cause, ...]:
    """The same by cause, the one that stopped most first."""
    grouped: dict[str, list[IncidentRow]] = {}
    for row in rows:
        grouped.setdefault(row.cause, []).append(row)
    found = [Cause(cause, tuple(same)) for cause, same in grouped.items()]
    return tuple(sorted(found, key=lambda each: -len(each.rows)))


def incident(platform: Platform, actor: Actor, case_id: int, key: str) -> IncidentView:
    """One of them; IncidentGone once it stands no more, NotAllowed when it is not theirs to see."""
    loaded = platform.store.cases.load(case_id)
    snapshot = platform.snapshots.at(loaded.revision)
    matter = platform.library.matter_of(loaded.case)
    require(actor, "see_incidents", _question(loaded.case, matter, snapshot))
    found = next((row for row in platform.store.incidents.of_case(case_id) if row.key == key), None)
    row = _row(platform, snapshot, actor, found, loaded.case) if found else None
    if found is None or row is None:
        raise IncidentGone(incident=key, case=loaded.case.code)
    known = _known(matter, loaded.case, found)
    return IncidentView(
        row=row,
        variables=known.variables if known and row.can & ABOUT_DATA else None,
        targets=tuple((node, step_words(matter, node)) for node in known.targets) if known else (),
        job=platform.store.jobs.of(case_id, str(found.facts.get("task", ""))),
        way=_way(platform, matter, loaded.case, found),
    )


def jobs(platform: Platform, actor: Actor) -> tuple[JobTally, ...]:
    """How the work outside goes, for operators; nothing for others."""
    return tuple(platform.store.jobs.tally()) if may(actor, "see_jobs", Question()) else ()


def _authorities(snapshot: Snapshot, actor: Actor) -> list[str]:
    """The units whose cases the actor may have to do with: their own and those above; every unit for an operator."""
    if OPERATOR in actor.roles:
        return sorted(unit.id for unit in snapshot.register.units)
    return sorted({above.id for unit in actor.units for above in snapshot.register.up(unit)})


def _question(case: Case, matter: Matter, snapshot: Snapshot) -> Question:
    return Question(case, None, matter.pack.openers, register=snapshot.register, heads=matter.heads)


def _row(platform: Platform, snapshot: Snapshot, actor: Actor, incident: Incident, case: Case) -> IncidentRow | None:
    matter = platform.library.matter_of(case)
    question = _question(case, matter, snapshot)
    if not may(actor, "see_incidents", question):
        return None
    known = _known(matter, case, incident)
    if known is None or not _stands(platform, snapshot, incident, case):
        return None
    return IncidentRow(
        case_id=case.id, case_code=case.code, procedure=procedure_words(matter), incident=incident.key,
        step=step_words(matter, incident.node), node=incident.node, why=Reason(incident.code, incident.facts), at=incident.at,
        can=allowed(actor, OFFERED, question) - _impossible(incident, known), cause=_cause(matter, incident),
    )


def _known(matter: Matter, case: Case, incident: Incident) -> Stopped | None:
    """What the engine knows of the stopped work; None for what the case has left behind."""
    return stopped(matter.definition, case.state, stopped_work(incident))


def _impossible(incident: Incident, known: Stopped) -> frozenset[str]:
    """What would do nothing: a task that nobody holds is mended in the register, and not every step can be skipped."""
    acts = set() if "incident" in incident.facts else {"retry_incident", "mend_incident"}
    if incident.code == "bpmn.dead-join":
        acts |= {"retry_incident", "mend_incident"}
    if not known.skippable:
        acts.add("skip_incident")
    if not known.targets:
        acts.add("move_token")
    return frozenset(acts)


def _cause(matter: Matter, incident: Incident) -> str:
    told = [f"{name}={incident.facts[name]}" for name in CAUSE if name in incident.facts]
    return hashlib.sha256("|".join([matter.pack.id, incident.code, incident.node, *told]).encode()).hexdigest()[:16]


def _stands(platform: Platform, snapshot: Snapshot, incident: Incident, case: Case) -> bool:
    """False for a task that somebody can do by now; a payment that does not fit waits for a person until its step is over."""
    if "incident" in incident.facts or "order" in incident.facts:
        return True
    return any(
        task.status is TaskStatus.OPEN and task.person is None and not snapshot.register.holders(task.role, task.unit)
        for task in platform.store.papers.tasks(case.id)
        if task.task == incident.facts.get("task")
    )


def _way(platform: Platform, matter: Matter, case: Case, incident: Incident) -> tuple[Words, ...]:
    entry = next((entry for entry in platform.store.papers.entries(case.id) if entry.seq == incident.seq), None)
    nodes = [matter.definition.nodes[id] for id in entry.passed if id in matter.definition.nodes] if entry else []
    return tuple(step_words(matter, node.id) for node in nodes if node.name)
