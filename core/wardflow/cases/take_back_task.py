"""Takes a task back that was handed over, as long as the colleague still holds it."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.handing import require_taker
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, TaskStatus
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import TaskGone
from wardflow.permissions import require


@again_when_moved
def take_back_task(platform: Platform, actor: Actor, case_id: int, task: str) -> Case:
    """The case with the task in the hands of whoever handed it over; TaskGone when it is done, or somebody else's by now."""
    held, over = take_up(platform, case_id, task), platform.store.desk_notes.delegation(case_id, task)
    open_task = held.task
    if open_task is None or over is None or open_task.status is not TaskStatus.OPEN or open_task.person != over.holder:
        raise TaskGone(task=task, case=held.case.code, by=open_task.closed_by if open_task else None, title=open_task.title if open_task else "")
    require(actor, "take_back_task", replace(held.question(), owner=over.owner))
    require_taker(platform, held, open_task, actor.person)
    facts = {"task": task, "from_person": over.holder, "name": held.snapshot.name_of(over.holder)}
    change = record(held.case, Happening("taken_back", open_task.node, facts), platform, actor)
    return platform.store.cases.apply(replace(change, tasks_held=((task, actor.person),), given_back=(task,)))
