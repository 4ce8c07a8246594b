"""Where a case stands still: what every act on an incident begins with, and the one way such an act ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wardflow.cases.acting import Held, running, take_up
from wardflow.cases.commit import changes
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Incident
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import Event, Step, stopped
from wardflow.errors import IncidentGone, ReasonMissing
from wardflow.permissions import require


@dataclass(frozen=True, slots=True)
class Standstill:
    """A case taken up at one of its incidents, with the others that stand in it."""

    held: Held
    incident: Incident
    others: tuple[Incident, ...]


def standstill(platform: Platform, actor: Actor, act: str, case_id: int, incident: str, reason: str) -> Standstill:
    """The case where it stands; IncidentGone when somebody was faster, ReasonMissing, NotAllowed, CaseEnded."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, act, held.question())
    running(held)
    rows = platform.store.incidents.of_case(case_id)
    found = next((row for row in rows if row.key == incident), None)
    if found is None:
        raise IncidentGone(incident=incident, case=held.case.code)
    return Standstill(held, found, tuple(row for row in rows if row is not found))


def stepped(platform: Platform, at: Standstill, event: Event) -> Step:
    """The step that what somebody decided leads to."""
    return step_on(platform, at.held.matter, at.held.snapshot, at.held.case, event)


def set_going(platform: Platform, actor: Actor, at: Standstill, step: Step, happening: Happening, *, rank: int = 0) -> Case:
    """The case after the step; its incident is closed, and so are those that it leaves behind."""
    change = changes(platform, at.held.case, step, happening, actor, at.held.matter, at.held.snapshot)
    jobs = tuple(replace(job, rank=rank) for job in change.jobs)
    change = replace(change, jobs=jobs, incidents_closed=tuple(_closed(at, step)))
    if "task" in at.incident.facts and not _stands(at, at.incident, step):
        change = replace(change, jobs_dropped=(*change.jobs_dropped, str(at.incident.facts["task"])))
    return platform.store.cases.apply(change)


def stopped_work(incident: Incident) -> str:
    """What the engine calls the stopped work; for a task that nobody can do, the task itself."""
    named = str(incident.facts.get("incident", ""))
    return named or "i" + str(incident.facts.get("task", "")).removeprefix("t")


def _closed(at: Standstill, step: Step) -> Iterator[tuple[int, int]]:
    yield at.incident.seq, at.incident.place
    for row in at.others:
        if not _stands(at, row, step):
            yield row.seq, row.place


def _stands(at: Standstill, incident: Incident, step: Step) -> bool:
    return stopped(at.held.matter.definition, step.state, stopped_work(incident)) is not None
