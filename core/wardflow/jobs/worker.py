"""The worker: rings due alarms and runs due jobs until it is asked to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Protocol

from wardflow.jobs.alarms import AlarmStore, Sweep
from wardflow.jobs.leases import Leases
from wardflow.jobs.retry import Backoff, cause
from wardflow.jobs.runner import LEASE, Handler, Job, JobStore, Runner

log = logging.getLogger(__name__)

TIDY_EVERY = timedelta(seconds=30)


class Workplace(Protocol):
    """What a worker needs of the platform."""

    @property
    def alarms(self) -> AlarmStore: ...

    @property
    def jobs(self) -> JobStore: ...

    @property
    def handlers(self) -> Mapping[str, Handler]: ...

    @property
    def job_tries(self) -> int: ...

    def now(self) -> datetime:
        """The present moment, in UTC."""

    def ring(self, case: int, alarm: str) -> object:
        """The act that moves a case by one of its alarms; does nothing when the alarm no longer stands."""

    def ring_together(self, alarms: Collection[tuple[int, str]]) -> Collection[tuple[int, str]]:
        """The same for alarms of many cases in one transaction: those that need nobody any more, the rest are rung one by one."""

    def answered(self, job: Job, values: Mapping[str, Any]) -> bool:
        """The act that brings the answer of a job to its case; True when it ended the job in the same transaction."""

    def gave_up(self, job: Job, code: str) -> object:
        """The act that tells a case its job will not be done."""

    def deliver(self) -> int:
        """Sends the notices that wait to be sent, and says how many went out."""

    def move(self) -> int:
        """Moves the tasks that follow a change of the register, and says how many it moved."""

    def tidy(self) -> object:
        """What the store wants done off the request path."""


def run_worker(
    platform: Workplace, stop: Event, poll: float = 1.0, *, concurrency: int = 1, backoff: Backoff | None = None
) -> None:
    """Work until `stop` is set; what is being done then is finished, what was only taken is given back.

    Alarms and notices have a thread of their own beside `concurrency` threads of jobs: a slow service delays no alarm.
    """
    pause = backoff or Backoff(first=timedelta(seconds=poll), cap=timedelta(minutes=1))
    leases, drained = Leases(), Event()
    keeper = Thread(target=_keep, args=(platform, leases, drained), name="leases")
    hands = [
        Thread(target=_go_on, args=(_jobs(platform, leases, stop), stop, poll, pause), name=f"jobs-{number}")
        for number in range(1, concurrency + 1)
    ]
    for thread in (keeper, *hands):
        thread.start()
    try:
        _go_on(_Rounds(platform, stop).work, stop, poll, pause)
    finally:
        stop.set()
        for thread in hands:
            thread.join()
        drained.set()
        keeper.join()


def _go_on(work: Callable[[], int], stop: Event, poll: float, pause: Backoff) -> None:
    """One round after the other; a round that fails is waited after, longer each time."""
    faults = 0
    while not stop.is_set():
        try:
            busy = work()
        except Exception as error:  # noqa: BLE001  # the worker outlives a database that is away
            faults += 1
            log.error("a round of the worker failed: %s", cause(error))
            stop.wait(pause.wait(faults).total_seconds())
            continue
        faults = 0
        if not busy:
            stop.wait(poll)


def _keep(platform: Workplace, leases: Leases, drained: Event) -> None:
    """Renew what is held, also while the worker is asked to stop and finishes what it has in hand."""
    while not drained.wait(LEASE.total_seconds() / 3):
        try:
            until = platform.now() + LEASE
            leases.renew(lambda hold: platform.jobs.renew(hold, until))    # noqa: B023  # called before the next round
        except Exception as error:  # noqa: BLE001  # as above
            log.error("leases could not be renewed: %s", cause(error))


def _jobs(platform: Workplace, leases: Leases, stop: Event) -> Callable[[], int]:
    runner = Runner(
        platform.jobs, platform.handlers, platform.answered, platform.gave_up, tries=platform.job_tries, leases=leases
    )
    return lambda: runner.run_due(platform.now, stopping=stop.is_set)


class _Rounds:
    """What the thread without jobs does: alarms, notices, and the store's housekeeping."""

    def __init__(self, platform: Workplace, stop: Event) -> None:
        self._platform, self._stop = platform, stop
        self._sweep = Sweep(platform.alarms, platform.ring, platform.ring_together)
        self._tidied = platform.now()

    def work(self) -> int:
        now = self._platform.now()
        rung = self._sweep.ring_due(now, stopping=self._stop.is_set)
        if now - self._tidied >= TIDY_EVERY:
            self._tidied = now
            self._platform.tidy()
        return rung + self._platform.deliver() + self._platform.move()
