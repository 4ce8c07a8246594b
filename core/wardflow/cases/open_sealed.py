"""Opens a sealed value for a role that may, with a reason, and writes down that it was opened."""

from __future__ import annotations

from typing import Any

from wardflow.cases.acting import again_when_moved, nearby, take_up
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.records import TaskStatus
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import NotAllowed, ReasonMissing
from wardflow.permissions import near_task, require


@again_when_moved
def open_sealed(platform: Platform, actor: Actor, case_id: int, reference: str, reason: str) -> Any:
    """The value; the timeline keeps who opened it, at which of their steps and why, never what it says."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    question = nearby(platform, held)
    require(actor, "open_sealed", question)
    roles, value = platform.store.papers.sealed(case_id, reference)
    if actor.roles.isdisjoint(roles.split()):
        raise NotAllowed(person=actor.name, act="open sealed data")
    step = next((task.node for task in question.tasks if task.status is TaskStatus.OPEN and near_task(actor, task)), "")
    happening = Happening("sealed_opened", step, {"reference": reference, "reason": reason.strip()})
    platform.store.cases.apply(record(held.case, happening, platform, actor))
    return value
