"""Gives a claimed task back to its queue, with the reason."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_task
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import ReasonMissing


@again_when_moved
def release_task(platform: Platform, actor: Actor, case_id: int, task: str, reason: str) -> Case:
    """The case with the task back in its queue, or with whoever handed it over; a reason is required, since others read why it moved."""
    if not reason.strip():
        raise ReasonMissing()
    held, open_task = take_task(platform, actor, "release_task", case_id, task)
    happening = Happening("released", open_task.node, {"task": task, "reason": reason.strip()})
    change = record(held.case, happening, platform, actor)
    over = platform.store.desk_notes.delegation(case_id, task)
    owner = over.owner if over is not None and over.holder == actor.person else None
    return platform.store.cases.apply(replace(change, tasks_held=((task, owner),), given_back=(task,)))
