"""The runner of jobs: takes what is due, calls its handler, brings the answer back, and knows when to give up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

from wardflow.errors import ServiceRefused, StorageTrouble, WardflowError
from wardflow.jobs.leases import Leases
from wardflow.jobs.retry import Backoff, cause

log = logging.getLogger(__name__)

BATCH = 10
LEASE = timedelta(seconds=45)
"""How long a job stays a worker's that is heard of no more; one that lives renews its leases three times as often."""
SLOW = timedelta(seconds=5)
"""After this, what was taken and not begun is given back: other workers may have nothing to do."""

SOON = timedelta(milliseconds=250)
"""How long a finished job waits to be marked with others: what a worker that dies then did is done again, under the same key."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work outside our database; `key` stays the same over every try, so the outside can know a repeat."""

    id: int
    case: int
    key: str
    name: str
    payload: Mapping[str, Any]
    tries: int = 0
    hold: str = ""
    """what names the lease under which this worker has it"""


Handler = Callable[[Job], Mapping[str, Any] | None]
"""What does a job: returns the answer for the case, or None when nobody waits for one."""


class HandlerMissing(WardflowError):
    """No installed package does jobs of the name {name}."""


class JobStore(Protocol):
    """Where jobs are kept; each is leased to one worker at a time."""

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        """Jobs due at `now` that nobody holds, by rank, then oldest first, now held until `now + lease`."""

    def renew(self, hold: str, until: datetime) -> None:
        """Everything under that hold stays held until then."""

    def done(self, *jobs: Job) -> None:
        """These are finished, in one transaction; like the two below it changes nothing once the lease is another worker's."""

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        """The job failed once more; without `retry_at` it is a dead letter until a person acts."""

    def give_back(self, jobs: Sequence[Job]) -> None:
        """End the lease of jobs that were taken and not begun."""

    def stats(self) -> Mapping[str, int]:
        """How many jobs there are in each state: waiting, held, dead."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs due jobs through their handlers; `answered` and `gave_up` are acts that move the case.

    `answered` says whether its act ended the job as well, in its own transaction; jobs that nobody waits for are ended
    together, a few at a time.
    """

    store: JobStore
    handlers: Mapping[str, Handler]
    answered: Callable[[Job, Mapping[str, Any]], bool]
    gave_up: Callable[[Job, str], object]
    tries: int = 8
    backoff: Backoff = field(default_factory=Backoff)
    leases: Leases = field(default_factory=Leases)

    def run_due(self, now: Callable[[], datetime], *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Run the jobs due and say how many were run; when asked to stop, or after a slow one, the rest is given back."""
        began = now()
        taken = self.store.take(began, BATCH, LEASE)
        with self.leases.kept({job.hold for job in taken}), _Finished(self.store, now) as finished:
            for place, job in enumerate(taken):
                if stopping() or (place and now() - began > SLOW):
                    self.store.give_back(taken[place:])
                    return place
                if self._run(job, now):
                    finished.add(job)
        return len(taken)

    def _run(self, job: Job, now: Callable[[], datetime]) -> bool:
        """True when the job is finished and nobody has said so yet."""
        try:
            answer = self.handlers.get(job.name, _missing)(job)
            return answer is None or not self.answered(job, answer)
        except ServiceRefused as refused:
            self._give_up(job, refused.code)
        except StorageTrouble:
            raise    # no fault of the job: its lease ends, and it is run again under the same key
        except Exception as error:  # noqa: BLE001  # a handler may raise anything, and every failure is recorded
            self._failed(job, error, now())
        return False

    def _failed(self, job: Job, error: Exception, now: datetime) -> None:
        why = cause(error)
        log.warning("job %s (%s) of case %s: try %s failed: %s", job.id, job.name, job.case, job.tries + 1, why)
        if job.tries + 1 >= self.tries:
            self.store.failed(job, why, None)
            self._tell(job, "service.failed")
        else:
            self.store.failed(job, why, self.backoff.again(now, job.tries + 1))

    def _give_up(self, job: Job, code: str) -> None:
        if self._tell(job, code):
            self.store.done(job)
        else:
            self.store.failed(job, code, None)

    def _tell(self, job: Job, code: str) -> bool:
        try:
            self.gave_up(job, code)
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # a handler may raise anything, and every failure is recorded
            log.error("job %s of case %s: its end could not be told: %s", job.id, job.case, cause(error))
            return False
        return True


class _Finished:
    """Jobs that are finished and not yet marked so: at most a few, and not for long."""

    def __init__(self, store: JobStore, now: Callable[[], datetime]) -> None:
        self._store, self._now, self._jobs, self._since = store, now, list[Job](), now()

    def __enter__(self) -> Self:
        return self

    def add(self, job: Job) -> None:
        """Marks it, with those before it, once the first of them has waited long enough."""
        if not self._jobs:
            self._since = self._now()
        self._jobs.append(job)
        if self._now() - self._since > SOON:
            self._mark()

    def __exit__(self, *_: object) -> None:
        self._mark()

    def _mark(self) -> None:
        if self._jobs:
            self._store.done(*self._jobs)
            self._jobs = []


def _missing(job: Job) -> None:
    raise HandlerMissing(name=job.name)
