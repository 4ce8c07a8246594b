"""Tries a stopped step again, once somebody has removed what stopped it."""

from __future__ import annotations

from wardflow.cases.acting import again_when_moved
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.standstill import set_going, standstill, stepped
from wardflow.domain.people import Actor
from wardflow.engine import IncidentRetried
from wardflow.errors import NothingToRetry


@again_when_moved
def retry_incident(platform: Platform, actor: Actor, case_id: int, incident: str, reason: str, *, rank: int = 0) -> Case:
    """The case after the new try; stopped once more, it is a new incident. IncidentGone when somebody was faster.

    A call that is made again has the `rank` among the jobs. NothingToRetry where no step stands still, such as a task
    that nobody holds: the register mends that.
    """
    at = standstill(platform, actor, "retry_incident", case_id, incident, reason)
    step = stepped(platform, at, IncidentRetried(str(at.incident.facts.get("incident", ""))))
    if not step.effects and not step.passed:
        raise NothingToRetry(incident=incident, case=at.held.case.code)
    happening = Happening("incident_retried", at.incident.node, {"incident": incident, "reason": reason.strip()})
    return set_going(platform, actor, at, step, happening, rank=rank)
