"""Completes the same step of several cases by one decision: one signature, one number, one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, take_task
from wardflow.cases.complete_task import completed
from wardflow.cases.joint_list import slip_of
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Document, Task
from wardflow.cases.situation import Joint
from wardflow.domain.people import Actor
from wardflow.errors import NotAllowed, NotTogether, StorageTrouble, WardflowError

Chosen = Sequence[tuple[int, str]]
"""Tasks, each by the number of its case and its own id."""
Alike = tuple[str, str, str]
"""What the tasks of one decision share: process, step, unit."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A case that was left as it was, and why."""

    case_id: int
    task: str
    why: WardflowError


@dataclass(frozen=True, slots=True)
class Decided:
    """What one decision did: the cases that moved on, and those that could not."""

    done: tuple[Case, ...]
    unfit: tuple[Unfit, ...]


def complete_jointly(platform: Platform, actor: Actor, key: str, chosen: Chosen, value: Mapping[str, Any]) -> Decided:
    """Each case moves on in a transaction of its own; what does not fit is told by its case, and the others go on.

    Their papers bear one number, taken with the first of them in the series of the unit that decides. The same `key`
    again goes on with the same number, so a press that was cut off is simply repeated; NotAllowed for another's key.
    """
    joint, alike, done, unfit = _begun(platform, actor, key), None, list[Case](), list[Unfit]()
    for case_id, task in dict.fromkeys(chosen):
        try:
            case, alike, unit = _one(platform, actor, case_id, task, value, joint, alike)
        except StorageTrouble:
            raise
        except WardflowError as why:
            unfit.append(Unfit(case_id, task, why))
            continue
        done.append(case)
        joint = replace(joint, unit=unit, numbers={**_numbers(key, platform.store.papers.documents(case.id)), **joint.numbers})
    return Decided(tuple(done), tuple(unfit))


@again_when_moved
def _one(
    platform: Platform, actor: Actor, case_id: int, task: str, value: Mapping[str, Any], joint: Joint, alike: Alike | None
) -> tuple[Case, Alike, str]:
    held, open_task = take_task(platform, actor, "complete_task", case_id, task, value)
    found = _alike(held, open_task)
    if slip_of(held.matter, held.matter.definition.node(open_task.node)) is None or alike not in (None, found):
        raise NotTogether(case=held.case.code)
    return completed(platform, actor, held, open_task, value, replace(joint, unit=open_task.unit)), found, open_task.unit


def _alike(held: Held, task: Task) -> Alike:
    return held.case.process, task.node, task.unit


def _begun(platform: Platform, actor: Actor, key: str) -> Joint:
    """The decision as far as it came before; nothing yet for a new key."""
    papers = platform.store.papers.joint(key)
    if any(paper.by != actor.person for paper in papers):
        raise NotAllowed(person=actor.person, act="complete_jointly")
    return Joint(key, "", _numbers(key, papers))


def _numbers(key: str, papers: Sequence[Document]) -> Mapping[str, str]:
    """The numbers that papers of the decision bear, by slip."""
    return {str(paper.facts["slip"]): paper.number for paper in papers if paper.number and paper.facts.get("joint") == key}
