"""Takes a case from where it stands still to another step, with a reason; what was open there is withdrawn."""

from __future__ import annotations

from wardflow.cases.acting import again_when_moved
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.standstill import set_going, standstill, stepped, stopped_work
from wardflow.domain.people import Actor
from wardflow.engine import TokenMoved


@again_when_moved
def move_token(platform: Platform, actor: Actor, case_id: int, incident: str, to: str, reason: str) -> Case:
    """The case at the other step; MoveRefused where it cannot be taken there."""
    at = standstill(platform, actor, "move_token", case_id, incident, reason)
    step = stepped(platform, at, TokenMoved(stopped_work(at.incident), to))
    facts = {"incident": incident, "reason": reason.strip(), "to": to}
    return set_going(platform, actor, at, step, Happening("token_moved", at.incident.node, facts))
