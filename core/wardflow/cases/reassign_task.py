"""Gives an open task to somebody else, because a head says so: on sickness, on leave, or to share the work out."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_task
from wardflow.cases.commit import record
from wardflow.cases.handing import require_taker
from wardflow.cases.notes import handed
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import ReasonMissing


@again_when_moved
def reassign_task(platform: Platform, actor: Actor, case_id: int, task: str, to: str, reason: str) -> Case:
    """The case with the task in the colleague's hands, who is told; ColleagueRefused where they could not be given it today."""
    if not reason.strip():
        raise ReasonMissing()
    held, open_task = take_task(platform, actor, "reassign_task", case_id, task)
    require_taker(platform, held, open_task, to)
    if open_task.person == to:
        return held.case
    facts = {"task": task, "reason": reason.strip(), "from_person": open_task.person, "to_person": to, "name": held.snapshot.name_of(to)}
    change = record(held.case, Happening("reassigned", open_task.node, facts), platform, actor)
    told = handed(change, to, actor, held.case)
    return platform.store.cases.apply(replace(change, tasks_held=((task, to),), given_back=(task,), notices=told))
