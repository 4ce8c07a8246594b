"""Holds external work longer, or gives it back."""

from __future__ import annotations

from datetime import timedelta

from wardflow.cases.held_work import held_by, work_of
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.exchange_errors import LockOver, WorkHeld


def extend_lock(platform: Platform, actor: Actor, id: str, worker: str, duration: timedelta) -> None:
    """The lock lasts that long from now; LockOver when it has ended already."""
    work = held_by(platform, actor, id, worker)
    now = platform.now()
    if work.free_at <= now:
        raise LockOver(id=id)
    if not platform.store.external_tasks.hold(work, {"free_at": now + duration}):
        raise WorkHeld(id=id, worker=worker)


def lock(platform: Platform, actor: Actor, id: str, worker: str, duration: timedelta) -> None:
    """One piece of work, named by its id, is locked for that long; WorkHeld while another worker has it."""
    work, now = work_of(platform, actor, id), platform.now()
    if work.worker not in (None, worker) and work.free_at > now:
        raise WorkHeld(id=id, worker=worker)
    if not platform.store.external_tasks.hold(work, {"worker": worker, "account": actor.person, "free_at": now + duration}):
        raise WorkHeld(id=id, worker=worker)


def set_priority(platform: Platform, actor: Actor, id: str, priority: int) -> None:
    """How urgent the work is from now on, whatever its diagram said."""
    work = work_of(platform, actor, id)
    if not platform.store.external_tasks.hold(work, {"priority": priority}):
        raise WorkHeld(id=id, worker=work.worker or "")


def unlock(platform: Platform, actor: Actor, id: str) -> None:
    """Anybody may fetch the work at once."""
    work = work_of(platform, actor, id)
    changes = {"worker": None, "account": None, "free_at": platform.now()}
    if not platform.store.external_tasks.hold(work, changes):
        raise WorkHeld(id=id, worker=work.worker or "")
