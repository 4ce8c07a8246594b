"""The worker: alarms ring when due, each once; nothing that fails stops the rest; asked to stop, it stops."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier, Event
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

    sweep = Sweep(store, ring, backoff=STEADY)
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

    sweep = Sweep(store, ring, backoff=STEADY)
    assert sum(sweep.ring_due(NINE) for _ in range(3)) == 1


def test_asked_to_stop_the_sweep_ends_after_the_alarm_in_hand() -> None:
    store = AlarmsInMemory(alarm(1), alarm(2))

    assert Sweep(store, store.ring).ring_due(NINE, stopping=lambda: len(store.standing) < 2) == 1


def test_workers_that_share_many_alarms_choose_different_cases_and_keep_the_order_within_each() -> None:
    store = AlarmsInMemory(*(row for case in range(100) for row in (alarm(case, -2), (case, "a2", NINE - timedelta(minutes=1)))))
    rung: list[tuple[int, str]] = []

    Sweep(store, lambda case, key: rung.append((case, key)), choose=lambda cases: cases.reverse()).ring_due(NINE)

    assert rung == [(case, key) for case in range(99, 49, -1) for key in ("a1", "a2")]


def test_an_alarm_rings_once_though_the_time_of_the_machine_is_set_back_and_forth() -> None:
    store = AlarmsInMemory(alarm(1))
    sweep = Sweep(store, store.ring)

    times = [NINE - timedelta(hours=1), NINE, NINE - timedelta(hours=1), NINE + timedelta(days=1)]
    assert [sweep.ring_due(at) for at in times] == [0, 1, 0, 0]


class NoJobs:
    """Nothing to do."""

    def renew(self, hold: str, until: datetime) -> None:
        raise AssertionError("nothing is held")

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        return []

    def done(self, *jobs: Job) -> None:
        raise AssertionError("there is no job")

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        raise AssertionError("there is no job")

    def give_back(self, jobs: Sequence[Job]) -> None:
        raise AssertionError("there is no job")

    def stats(self) -> Mapping[str, int]:
        return {}


class Desk:
    """A platform whose present moves on by a minute at every look, and that stops the worker once it was tidied."""

    def __init__(self, alarms: AlarmsInMemory, stop: Event) -> None:
        self.alarms, self.jobs, self.job_tries = alarms, NoJobs(), 3
        self.handlers: Mapping[str, Handler] = {}
        self.looks, self.tidied, self._stop = count(), 0, stop

    def now(self) -> datetime:
        return NINE + timedelta(minutes=next(self.looks))

    def ring(self, case: int, alarm: str) -> None:
        self.alarms.ring(case, alarm)

    def ring_together(self, alarms: Collection[tuple[int, str]]) -> Collection[tuple[int, str]]:
        return ()

    def answered(self, job: Job, values: Mapping[str, Any]) -> bool:
        raise AssertionError("there is no job")

    def gave_up(self, job: Job, code: str) -> None:
        raise AssertionError("there is no job")

    def deliver(self) -> int:
        return 0

    def move(self) -> int:
        return 0

    def tidy(self) -> None:
        self.tidied += 1
        if not self.alarms.standing:
            self._stop.set()


def test_the_worker_rings_what_is_due_tidies_and_stops_when_asked() -> None:
    stop, alarms = Event(), AlarmsInMemory(alarm(1), alarm(2, minutes=2))
    desk = Desk(alarms, stop)

    run_worker(desk, stop, poll=0.001)

    assert alarms.standing == []
    assert desk.tidied > 0


class AwayAtFirst(AlarmsInMemory):
    """Alarms in a database that cannot be reached the first few times."""

    faults = 3

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        if self.faults:
            self.faults -= 1
            raise ConnectionError("the database is away")
        return super().due(now, limit)


def test_the_worker_outlives_a_database_that_is_away_for_a_while() -> None:
    stop, alarms = Event(), AwayAtFirst(alarm(1))

    run_worker(Desk(alarms, stop), stop, poll=0.001)

    assert (alarms.faults, alarms.standing) == (0, [])


class OneByOne(NoJobs):
    """Jobs that can be taken one after the other."""

    def __init__(self, number: int) -> None:
        self.left, self.finished = list(range(number)), list[int]()

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        return [Job(number, 7, f"7:t{number}", "slow", {}, hold=str(number)) for number in (self.left.pop(),)] if self.left else []

    def done(self, *jobs: Job) -> None:
        self.finished += [job.id for job in jobs]


def test_as_many_jobs_are_done_at_once_as_asked_for_and_what_is_in_hand_is_finished() -> None:
    stop, together = Event(), Barrier(3, timeout=30)
    desk = Desk(AlarmsInMemory(alarm(1, minutes=10**6)), stop)
    desk.jobs = jobs = OneByOne(3)

    def slow(_: Job) -> None:
        together.wait()    # nobody passes before three are here
        stop.set()

    desk.handlers = {"slow": slow}
    run_worker(desk, stop, poll=0.001, concurrency=3)

    assert sorted(jobs.finished) == [0, 1, 2]
