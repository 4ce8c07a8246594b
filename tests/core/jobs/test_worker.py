"""The worker: alarms ring when due, each once; nothing that fails stops the rest; asked to stop, it stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from wardflow.jobs import Backoff, Handler, Job, Sweep, run_worker

NINE = datetime(2026, 9, 4, 9, tzinfo=UTC)
STEADY = Backoff(chance=lambda: 0.5)


class AlarmsInMemory:
    """Alarms in a list, earliest first."""

    def __init__(self, *alarms: tuple[int, str, datetime]) -> None:
        self.standing = list(alarms)

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        return [alarm for alarm in sorted(self.standing, key=lambda alarm: alarm[2]) if alarm[2] <= now][:limit]

    def ring(self, case: int, alarm: str) -> None:
        self.standing = [row for row in self.standing if row[:2] != (case, alarm)]


def alarm(case: int, minutes: int = 0) -> tuple[int, str, datetime]:
    return (case, "a1", NINE + timedelta(minutes=minutes))


def test_alarms_ring_when_they_are_due_and_not_before() -> None:
    store = AlarmsInMemory(alarm(1), alarm(2, minutes=-5), alarm(3, minutes=5))

    assert Sweep(store, store.ring).ring_due(NINE) == 2
    assert [case for case, _, _ in store.standing] == [3]


def test_an_alarm_that_fails_holds_up_no_other_and_rings_later() -> None:
    store = AlarmsInMemory(alarm(1), alarm(2))
    broken = {1}

    def ring(case: int, key: str) -> None:
        if case in broken:
            raise RuntimeError("incident")
        store.ring(case, key)

    sweep = Sweep(store, ring, STEADY)
    assert sweep.ring_due(NINE) == 1
    broken.clear()
    assert sweep.ring_due(NINE + timedelta(seconds=1)) == 0
    assert sweep.ring_due(NINE + timedelta(seconds=2)) == 1
    assert store.standing == []


def test_a_hundred_failing_alarms_do_not_hide_the_next_one() -> None:
    store = AlarmsInMemory(*(alarm(case, minutes=-1) for case in range(100)), alarm(500))

    def ring(case: int, key: str) -> None:
        if case < 100:
            raise RuntimeError("incident")
        store.ring(case, key)

    sweep = Sweep(store, ring, STEADY)
    assert [sweep.ring_due(NINE) for _ in range(3)] == [0, 0, 1]


def test_asked_to_stop_the_sweep_ends_after_the_alarm_in_hand() -> None:
    store = AlarmsInMemory(alarm(1), alarm(2))

    assert Sweep(store, store.ring).ring_due(NINE, stopping=lambda: len(store.standing) < 2) == 1


class NoJobs:
    """Nothing to do."""

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        return []

    def done(self, job: Job) -> None:
        raise AssertionError("there is no job")

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        raise AssertionError("there is no job")

    def give_back(self, jobs: Sequence[Job]) -> None:
        raise AssertionError("there is no job")

    def stats(self) -> Mapping[str, int]:
        return {}


class Desk:
    """A platform whose present moves on by a minute at every look, and that stops the worker when told to."""

    def __init__(self, alarms: AlarmsInMemory, then: Callable[[int], None]) -> None:
        self.alarms, self.jobs, self.job_tries = alarms, NoJobs(), 3
        self.handlers: Mapping[str, Handler] = {}
        self.looks, self.tidied, self._then = 0, 0, then

    def now(self) -> datetime:
        self.looks += 1
        self._then(self.looks)
        return NINE + timedelta(minutes=self.looks)

    def ring(self, case: int, alarm: str) -> None:
        self.alarms.ring(case, alarm)

    def answered(self, job: Job, values: Mapping[str, Any]) -> None:
        raise AssertionError("there is no job")

    def gave_up(self, job: Job, code: str) -> None:
        raise AssertionError("there is no job")

    def tidy(self) -> None:
        self.tidied += 1


def test_the_worker_rings_what_is_due_tidies_and_stops_when_asked() -> None:
    stop = Event()
    alarms = AlarmsInMemory(alarm(1), alarm(2, minutes=2))
    desk = Desk(alarms, lambda look: stop.set() if look > 6 else None)

    run_worker(desk, stop, poll=0.001)

    assert alarms.standing == []
    assert desk.tidied > 0


def test_the_worker_outlives_a_database_that_is_away_for_a_while() -> None:
    stop = Event()
    alarms = AlarmsInMemory(alarm(1))

    def trouble(look: int) -> None:
        if look in (2, 3):
            raise ConnectionError("the database is away")
        if look > 8:
            stop.set()

    run_worker(Desk(alarms, trouble), stop, poll=0.001)

    assert alarms.standing == []
