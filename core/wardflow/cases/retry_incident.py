"""Tries a stopped step again, once somebody has removed what stopped it."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, running, take_up
from wardflow.cases.commit import changes
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import IncidentRetried
from wardflow.errors import IncidentGone, NothingToRetry, ReasonMissing
from wardflow.permissions import require


@again_when_moved
def retry_incident(platform: Platform, actor: Actor, case_id: int, incident: str, reason: str) -> Case:
    """The case after the new try; stopped once more, it is a new incident. IncidentGone when somebody was faster.

    NothingToRetry where no step stands still, such as a task that nobody holds: the register mends that.
    """
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, "retry_incident", held.question())
    running(held)
    found = next((row for row in platform.store.incidents.of_case(case_id) if row.key == incident), None)
    if found is None:
        raise IncidentGone(incident=incident, case=held.case.code)
    stopped = str(found.facts.get("incident", ""))
    step = step_on(platform, held.matter, held.snapshot, held.case.state, IncidentRetried(stopped))
    if not step.effects and not step.passed:
        raise NothingToRetry(incident=incident, case=held.case.code)
    happening = Happening("incident_retried", found.node, {"incident": incident, "reason": reason.strip()})
    change = changes(platform, held.case, step, happening, actor, held.matter, held.snapshot)
    return platform.store.cases.apply(replace(change, incidents_closed=((found.seq, found.place),)))
