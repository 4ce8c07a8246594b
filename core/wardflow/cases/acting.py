"""What every act on a case begins with: the case as it stands, what it runs by, and whether the actor may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus, Task, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.record import record
from wardflow.errors import CaseEnded, CaseMoved, TaskGone
from wardflow.permissions import Question, require

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 4


@record(frozen=True, slots=True)
class Held:
    """A case taken up for an act: with its task, what it runs by, and the city as it was at that moment."""

    case: Case
    task: Task | None
    matter: Matter
    snapshot: Snapshot

    def question(self) -> Question:
        """What permissions are asked about."""
        return Question(
            self.case, self.task, self.matter.pack.openers, register=self.snapshot.register, heads=self.matter.heads,
            payable=self.task is not None and self.matter.payable(self.task.node),
            by_code=self.task is not None and self.matter.by_code(self.task.node),
            alone=self.task is not None and self.matter.alone(self.task.node),
        )


def take_up(platform: Platform, case_id: int, task: str = "") -> Held:
    """The case, read with one query; everything else is held by this process already."""
    loaded = platform.store.cases.load(case_id, task)
    return held_as(platform, loaded.case, loaded.task, loaded.revision)


def held_as(platform: Platform, case: Case, task: Task | None, revision: int) -> Held:
    """The same for a case that was read already."""
    return Held(case, task, platform.library.matter_of(case), platform.snapshots.at(revision))


def take_task(platform: Platform, actor: Actor, act: str, case_id: int, task: str, typed: Any = None) -> tuple[Held, Task]:
    """The case and an open task the actor may act on; TaskGone hands what was typed back."""
    held = take_up(platform, case_id, task)
    if held.case.places.kept_from:
        require(actor, act, held.question())
    if held.task is None or held.task.status is not TaskStatus.OPEN:
        gone = held.task
        raise TaskGone(
            task=task, case=held.case.code, by=gone.closed_by if gone else None, at=gone.closed_at if gone else None,
            title=gone.title if gone else "", title_en=gone.title_en if gone else "", typed=typed,
        )
    require(actor, act, held.question())
    return held, held.task


def nearby(platform: Platform, held: Held) -> Question:
    """What permissions are asked where whoever has or had a task in the case is near it."""
    tasks = platform.store.papers.tasks(held.case.id)
    return replace(held.question(), units=frozenset(task.unit for task in tasks), tasks=tasks)


def running(held: Held) -> None:
    """Nothing, or CaseEnded."""
    if held.case.status is CaseStatus.ENDED:
        raise CaseEnded(case=held.case.code)


def again_when_moved(act: Callable[P, R]) -> Callable[P, R]:
    """The act, begun anew when another act on the same case came first: two branches may be worked on at once."""

    @wraps(act)
    def patient(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return act(*args, **kwargs)
            except CaseMoved:
                continue
        return act(*args, **kwargs)

    return patient
