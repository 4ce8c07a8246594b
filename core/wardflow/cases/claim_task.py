"""Claims a task that waits in a queue."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_task
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import TaskHeld


@again_when_moved
def claim_task(platform: Platform, actor: Actor, case_id: int, task: str) -> Case:
    """The case with the task in the actor's hands; TaskHeld when somebody else was faster."""
    held, open_task = take_task(platform, actor, "claim_task", case_id, task)
    if open_task.person == actor.person:
        return held.case
    if open_task.person is not None:
        holder = held.snapshot.name_of(open_task.person)
        raise TaskHeld(task=open_task.title, title_en=open_task.title_en, case=held.case.code, holder=holder)
    change = record(held.case, Happening("claimed", open_task.node, {"task": task}), platform, actor)
    return platform.store.cases.apply(replace(change, tasks_held=((task, actor.person),)))
