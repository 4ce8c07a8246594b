"""The sweep over alarms: rows an act wrote, each to move its case when its time has come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from wardflow.jobs.retry import Backoff, cause

log = logging.getLogger(__name__)

BATCH = 50


class AlarmStore(Protocol):
    """Where alarms are kept; many workers may sweep the same one."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        """The next due alarms as (case, alarm, fire_at), earliest first."""


class Sweep:
    """Rings due alarms through the act given.

    The act removes the alarm in its own transaction and does nothing when another worker was first, so an alarm may
    ring late but never twice. One that fails is passed over for a while, so that it cannot hold up the others.
    """

    def __init__(self, store: AlarmStore, ring: Callable[[int, str], object], backoff: Backoff | None = None) -> None:
        self._store, self._ring, self._backoff = store, ring, backoff or Backoff()
        self._failed: dict[tuple[int, str], tuple[int, datetime]] = {}

    def ring_due(self, now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Ring every alarm due at `now` and say how many rang."""
        due = self._store.due(now, BATCH + len(self._failed))
        standing = {(case, alarm) for case, alarm, _ in due}
        self._failed = {key: seen for key, seen in self._failed.items() if key in standing}
        rung = 0
        for case, alarm, _ in due:
            if stopping():
                break
            if (case, alarm) not in self._failed or self._failed[case, alarm][1] <= now:
                rung += self._rang(case, alarm, now)
        return rung

    def _rang(self, case: int, alarm: str, now: datetime) -> bool:
        try:
            self._ring(case, alarm)
        except Exception as error:  # noqa: BLE001  # one bad case must not stop the sweep
            tries = self._failed.get((case, alarm), (0, now))[0] + 1
            self._failed[case, alarm] = (tries, self._backoff.again(now, tries))
            log.error("case %s: alarm %s failed for the %s. time: %s", case, alarm, tries, cause(error))
            return False
        self._failed.pop((case, alarm), None)
        return True
