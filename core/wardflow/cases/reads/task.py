"""The page of one task: its form with what was typed so far, and why it is here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from wardflow.cases.acting import Held, take_task
from wardflow.cases.begun import begun
from wardflow.cases.fielded import at_step
from wardflow.cases.platform import Platform
from wardflow.cases.reads.case import case as case_view
from wardflow.cases.reads.shared import hint_words, waiting
from wardflow.cases.reads.views import TaskView
from wardflow.cases.records import Task, TaskStatus
from wardflow.domain.people import Actor
from wardflow.engine import peek


def task(platform: Platform, actor: Actor, code: str, key: str) -> TaskView:
    """The task with its form and what was typed so far; TaskGone when it is over."""
    case_id = platform.store.cases.id_of(code)
    held, open_task = take_task(platform, actor, "complete_task", case_id, key)
    node = held.matter.definition.node(open_task.node)
    schema = held.matter.schema(node.attributes.get("form")) or {}
    value = _begun(platform, held, open_task)
    return TaskView(
        case_id=case_id, code=held.case.code, case=partial(case_view, platform, actor, code),
        waiting=waiting(open_task, held.case, held.matter, held.snapshot, actor, platform.now()),
        node=open_task.node, schema=schema, schemas=held.matter.schemas, value=value,
        drafted=open_task.draft is not None, hint=hint_words(node), fielded=at_step(platform, held.case, node),
    )


def open_tasks(platform: Platform, case_id: int) -> tuple[Task, ...]:
    """The tasks of a case that wait for a person."""
    return tuple(task for task in platform.store.papers.tasks(case_id) if task.status is TaskStatus.OPEN)


def step_of(platform: Platform, task: Task) -> str:
    """The step of the diagram that a task stands for."""
    matter = platform.library.matter_of(platform.store.cases.load(task.case_id).case)
    return matter.definition.node(task.node).element


def _begun(platform: Platform, held: Held, task: Task) -> Mapping[str, Any]:
    """The draft; else what the same step said in an earlier round; else what its form begins with."""
    if task.draft is not None:
        return dict(task.draft)
    node, data = held.matter.definition.node(task.node), peek(held.case.state).data
    earlier = data.get(node.element)
    return dict(earlier) if earlier else begun(held.matter, node, data, held.snapshot.calendar, platform.now())
