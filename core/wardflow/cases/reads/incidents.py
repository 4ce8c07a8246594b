"""What stands still and needs a person, for those who may set it going again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.expected import alive
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, Incident, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.permissions import Question, allowed, may

OFFERED = ("cancel_case", "retry_incident")


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


def incidents(platform: Platform, actor: Actor) -> tuple[IncidentRow, ...]:
    """The incidents that stand in the cases of the actor's units, oldest first."""
    snapshot = platform.snapshot()
    found = platform.store.incidents.unclosed(_authorities(snapshot, actor))
    rows = (_row(platform, snapshot, actor, incident, case) for incident, case in found)
    return tuple(row for row in rows if row is not None)


def _authorities(snapshot: Snapshot, actor: Actor) -> list[str]:
    """The units whose cases the actor may have to do with: their own and those above."""
    return sorted({above.id for unit in actor.units for above in snapshot.register.up(unit)})


def _row(platform: Platform, snapshot: Snapshot, actor: Actor, incident: Incident, case: Case) -> IncidentRow | None:
    matter = platform.library.matter_of(case)
    question = Question(case, None, matter.pack.openers, register=snapshot.register, heads=matter.heads)
    if not may(actor, "see_incidents", question) or not _stands(platform, snapshot, incident, case):
        return None
    can = allowed(actor, OFFERED, question)
    if "incident" not in incident.facts:
        can -= {"retry_incident"}
    return IncidentRow(
        case_id=case.id, case_code=case.code, procedure=procedure_words(matter), incident=incident.key,
        step=_step(matter, incident.node), node=incident.node, why=Reason(incident.code, incident.facts), at=incident.at,
        can=can,
    )


def _stands(platform: Platform, snapshot: Snapshot, incident: Incident, case: Case) -> bool:
    """False for what the case has left behind, and for a task that somebody can do by now."""
    if stopped := incident.facts.get("incident"):
        return stopped in alive(case.state)
    tasks = platform.store.papers.tasks(case.id)
    return any(
        task.status is TaskStatus.OPEN and task.person is None and not snapshot.register.holders(task.role, task.unit)
        for task in tasks
        if task.task == incident.facts.get("task")
    )


def _step(matter: Matter, node: str) -> Words:
    found = matter.definition.nodes.get(node)
    return Words(found.name, found.attributes.get("nameEn", found.name)) if found and found.name else Words(node, node)
