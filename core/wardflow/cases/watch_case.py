"""Begins or ends watching a case: it stands on the watcher's desk, and nothing of the case changes."""

from __future__ import annotations

from wardflow.cases.acting import take_up
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require


def watch_case(platform: Platform, actor: Actor, case_id: int, *, on: bool) -> None:
    """Nothing; the case is among those the actor watches, or no longer."""
    held = take_up(platform, case_id)
    units = frozenset(task.unit for task in platform.store.papers.tasks(case_id))
    require(actor, "watch_case", Question(held.case, register=held.snapshot.register, units=units))
    platform.store.desk_notes.watch(actor.person, case_id, on=on)
