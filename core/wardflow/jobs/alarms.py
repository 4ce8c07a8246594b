"""The sweep over alarms: rows an act wrote, each to move its case when its time has come."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from wardflow.errors import StorageTrouble
from wardflow.jobs.retry import Backoff, cause

log = logging.getLogger(__name__)

WINDOW = 400
"""How many of the alarms that are due a worker looks at, before it chooses."""
BATCH = 50


Together = Callable[[Collection[tuple[int, str]]], Collection[tuple[int, str]]]


class AlarmStore(Protocol):
    """Where alarms are kept; many workers may sweep the same one."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        """The next due alarms as (case, alarm, fire_at), earliest first."""


class Sweep:
    """Rings due alarms through the act given.

    The act removes the alarm in its own transaction and does nothing when another worker was first, so an alarm may
    ring late but never twice. One that fails is passed over for a while, so that it cannot hold up the others.
    """

    def __init__(
        self, store: AlarmStore, ring: Callable[[int, str], object], together: Together = lambda _: (),
        backoff: Backoff | None = None, choose: Callable[[list[int]], None] = random.shuffle,
    ) -> None:
        """`together` rings what it can in one transaction and gives those that need nobody any more; `ring` rings one alone."""
        self._store, self._ring, self._together = store, ring, together
        self._backoff, self._choose = backoff or Backoff(), choose
        self._failed: dict[tuple[int, str], tuple[int, datetime]] = {}

    def ring_due(self, now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Ring some of the alarms due at `now` and say how many rang; called again until it is none."""
        due = self._store.due(now, WINDOW + len(self._failed))
        standing = {(case, alarm) for case, alarm, _ in due}
        self._failed = {key: seen for key, seen in self._failed.items() if key in standing}
        mine = self._mine(due, now)
        over = self._rang_together(mine)
        rung = len(over)
        for case, alarm in mine:
            if (case, alarm) in over:
                continue
            if stopping():
                break
            rung += self._rang(case, alarm, now)
        return rung

    def _rang_together(self, mine: Sequence[tuple[int, str]]) -> Collection[tuple[int, str]]:
        """The first alarm of each case, but for those that failed before and would stop the others."""
        first = {case: (case, alarm) for case, alarm in reversed(mine)}
        try:
            return self._together([alarm for alarm in first.values() if alarm not in self._failed])
        except StorageTrouble:
            raise
        except Exception as error:  # noqa: BLE001  # nothing of them is written: each rings alone, and tells what is wrong with it
            log.warning("%s alarms could not ring together: %s", len(first), cause(error))
            return ()

    def _mine(self, due: Sequence[tuple[int, str, datetime]], now: datetime) -> list[tuple[int, str]]:
        """What to ring now: each worker takes cases of its own choice, so that many seldom meet at one.

        The alarms of one case keep their order.
        """
        ready: dict[int, list[str]] = {}
        for case, alarm, _ in due:
            if (case, alarm) not in self._failed or self._failed[case, alarm][1] <= now:
                ready.setdefault(case, []).append(alarm)
        cases = list(ready)
        if len(cases) > BATCH:
            self._choose(cases)
        return [(case, alarm) for case in cases[:BATCH] for alarm in ready[case]]

    def _rang(self, case: int, alarm: str, now: datetime) -> bool:
        try:
            self._ring(case, alarm)
        except StorageTrouble:
            raise    # no fault of this alarm: the whole round waits for the database
        except Exception as error:  # noqa: BLE001  # one bad case must not stop the sweep
            tries = self._failed.get((case, alarm), (0, now))[0] + 1
            self._failed[case, alarm] = (tries, self._backoff.again(now, tries))
            log.error("case %s: alarm %s failed for the %s. time: %s", case, alarm, tries, cause(error))
            return False
        self._failed.pop((case, alarm), None)
        return True
