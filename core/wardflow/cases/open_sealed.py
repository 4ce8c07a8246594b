"""Opens a sealed value for a role that may, with a reason, and writes down that it was opened."""

from __future__ import annotations

from typing import Any

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import NotAllowed, ReasonMissing
from wardflow.permissions import Question, require


@again_when_moved
def open_sealed(platform: Platform, actor: Actor, case_id: int, reference: str, reason: str) -> Any:
    """The value; the timeline keeps who opened it and why, never what it says."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    units = frozenset(task.unit for task in platform.store.papers.tasks(case_id))
    require(actor, "open_sealed", Question(held.case, None, held.matter.pack.openers, units=units, register=held.snapshot.register))
    role, value = platform.store.papers.sealed(case_id, reference)
    if role not in actor.roles:
        raise NotAllowed(person=actor.name, act="open sealed data")
    happening = Happening("sealed_opened", "", {"reference": reference, "reason": reason.strip()})
    platform.store.cases.apply(record(held.case, happening, platform, actor))
    return value
