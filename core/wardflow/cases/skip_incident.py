"""Does without a stopped step, with a reason: the case goes on as if it were done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.acting import again_when_moved
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.standstill import set_going, standstill, stepped, stopped_work
from wardflow.domain.people import Actor
from wardflow.engine import IncidentSkipped


@again_when_moved
def skip_incident(
    platform: Platform, actor: Actor, case_id: int, incident: str, reason: str, values: Mapping[str, Any] | None = None
) -> Case:
    """The case after the step it does without; `values` stand for the answer that did not come.

    SkipRefused where a person has to act or the way is to be chosen: such a case is taken elsewhere.
    """
    at = standstill(platform, actor, "skip_incident", case_id, incident, reason)
    step = stepped(platform, at, IncidentSkipped(stopped_work(at.incident), values or {}))
    facts = {"incident": incident, "reason": reason.strip()}
    return set_going(platform, actor, at, step, Happening("incident_skipped", at.incident.node, facts, dict(values or {}) or None))
