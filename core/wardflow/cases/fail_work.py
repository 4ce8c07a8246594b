"""A worker of another system could not do its work: it is tried again later, or the case is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import changes
from wardflow.cases.exchange import FailedWork
from wardflow.cases.held_work import held_by, work_of
from wardflow.cases.platform import Platform
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import ServiceFailed
from wardflow.errors import TaskGone
from wardflow.exchange_errors import WorkGone, WorkHeld

FAILED = "service.failed"
LONGEST = 4000
"""Letters kept of what a worker says went wrong."""


def fail_work(
    platform: Platform, actor: Actor, id: str, worker: str, *, message: str, details: str, retries: int, wait: timedelta
) -> None:
    """The work waits for its next try; without one left the case has an incident, or goes the way of an error event."""
    said = message[:LONGEST] or None, details[:LONGEST] or None
    if retries <= 0:
        _told(platform, actor, id, worker, said)
        return
    work = held_by(platform, actor, id, worker)
    again = {"worker": None, "account": None, "free_at": platform.now() + wait, "retries": retries}
    if not platform.store.external_tasks.hold(work, {**again, "error": said[0], "details": said[1]}):
        raise WorkHeld(id=id, worker=worker)


@again_when_moved
def _told(platform: Platform, actor: Actor, id: str, worker: str, said: tuple[str | None, str | None]) -> None:
    work = held_by(platform, actor, id, worker)
    held = take_up(platform, work.case_id)
    try:
        step = step_on(platform, held.matter, held.snapshot, held.case, ServiceFailed(work.task, FAILED))
    except TaskGone as gone:
        raise WorkGone(id=id) from gone
    happening = Happening("service_failed", work.node, {"task": work.task, "code": FAILED})
    change = changes(platform, held.case, step, happening, actor, held.matter, held.snapshot)
    platform.store.cases.apply(replace(change, work_failed=(FailedWork(work.task, worker, *said),)))


def set_retries(platform: Platform, actor: Actor, id: str, retries: int) -> None:
    """The work may be fetched again that many times; without one left it waits for a person."""
    work = work_of(platform, actor, id)
    if not platform.store.external_tasks.hold(work, {"retries": max(retries, 0)}):
        raise WorkHeld(id=id, worker=work.worker or "")
