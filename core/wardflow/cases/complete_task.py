"""Completes a task: the form is checked, the case moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, take_task
from wardflow.cases.answer import Answer, judged
from wardflow.cases.back_entry import Real, as_it_was
from wardflow.cases.commit import commit
from wardflow.cases.fielded import at_step
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Task
from wardflow.cases.situation import Happening, Joint
from wardflow.cases.stepping import step_on
from wardflow.counter_errors import BackEntryRefused
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import TaskCompleted
from wardflow.permissions import require


@again_when_moved
def complete_task(
    platform: Platform, actor: Actor, case_id: int, task: str, value: Mapping[str, Any], *, real: Real | None = None
) -> Case:
    """The case after the step; with `real` it was done on paper before, in a case that was itself entered afterwards.

    FormRefused with every objection when a value cannot be so, TaskGone when somebody was faster, NotAllowed when the
    task is another's; nothing is written then, and each error carries what was typed.
    """
    held, open_task = take_task(platform, actor, "complete_task", case_id, task, value)
    if real is None:
        return completed(platform, actor, held, open_task, value)
    require(actor, "enter_afterwards", replace(held.question(), counter=held.case.places.receiving))
    if platform.store.channels.of(case_id).entered_at is None:
        raise BackEntryRefused(why=Reason("back-entry.not-this"))
    then = as_it_was(platform, held.matter, real, after=open_task.opened_at)
    return completed(then, actor, held, open_task, value, entered=real.facts(platform.now()))


def completed(
    platform: Platform, actor: Actor, held: Held, open_task: Task, value: Mapping[str, Any], joint: Joint | None = None, *,
    entered: Mapping[str, Any] | None = None,
) -> Case:
    """The case after a step that the actor may do; `joint` names the decision over several cases that it is part of,
    `entered` says when it was entered, where that was later."""
    node, task = held.matter.definition.node(open_task.node), open_task.task
    answer = judged(held.matter, node, value, at_step(platform, held.case, node))
    step = step_on(platform, held.matter, held.snapshot, held.case, TaskCompleted(task, {node.element: answer.open}))
    happening = finished(answer, task, node.element)
    if joint is not None:
        happening = replace(happening, facts={**happening.facts, "joint": joint.key}, joint=joint)
    if entered:
        happening = replace(happening, facts={**happening.facts, **entered})
    return commit(platform, held.case, step, happening, actor, held.matter, held.snapshot)


def finished(answer: Answer, task: str, node: str) -> Happening:
    """What the timeline tells of a completed task."""
    return Happening("task_done", node, {"task": task}, answer.open, task, answer.sealed(node))
