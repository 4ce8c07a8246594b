"""Jobs: every one is done once, tried again when it fails, and given to a person when it keeps failing."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wardflow.errors import StorageAway
from wardflow.jobs import Backoff, Handler, Job, Runner, ServiceRefused
from wardflow.jobs.leases import Leases

NINE = datetime(2026, 9, 4, 9, tzinfo=UTC)
STEADY = Backoff(chance=lambda: 0.5)


class JobsInMemory:
    """Jobs in a dictionary, by their numbers, with when they are due."""

    def __init__(self, *jobs: Job) -> None:
        self.waiting = {job.id: (NINE, job) for job in jobs}
        self.held: dict[int, Job] = {}
        self.finished: list[int] = []
        self.dead: dict[int, str] = {}

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        due = [job for at, job in self.waiting.values() if at <= now][:limit]
        for job in due:
            self.held[job.id] = job
            del self.waiting[job.id]
        return due

    def renew(self, hold: str, until: datetime) -> None:
        raise AssertionError("nobody asked")

    def done(self, *jobs: Job) -> None:
        for job in jobs:
            del self.held[job.id]
            self.finished.append(job.id)

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        del self.held[job.id]
        if retry_at is None:
            self.dead[job.id] = error
        else:
            self.waiting[job.id] = (retry_at, replace(job, tries=job.tries + 1))

    def give_back(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self.waiting[job.id] = (NINE, self.held.pop(job.id))

    def stats(self) -> Mapping[str, int]:
        return {"waiting": len(self.waiting), "held": len(self.held), "dead": len(self.dead)}


class Acts:
    """The acts that answers and failures become, written down."""

    ends = False

    def __init__(self) -> None:
        self.answers: list[tuple[int, Mapping[str, Any]]] = []
        self.failures: list[tuple[int, str]] = []

    def answered(self, job: Job, values: Mapping[str, Any]) -> bool:
        self.answers.append((job.case, values))
        return self.ends

    def gave_up(self, job: Job, code: str) -> None:
        self.failures.append((job.case, code))


def job(number: int = 1, name: str = "tax.notice") -> Job:
    return Job(number, 70 + number, f"case-{number}:t1", name, {"amount": 10})


def runner(store: JobsInMemory, acts: Acts, handlers: Mapping[str, Handler], tries: int = 3) -> Runner:
    return Runner(store, handlers, acts.answered, acts.gave_up, tries=tries, backoff=STEADY)


def test_the_answer_of_a_handler_reaches_the_case_and_the_job_is_done() -> None:
    store, acts = JobsInMemory(job()), Acts()

    count = runner(store, acts, {"tax.notice": lambda given: {"paid": given.payload["amount"]}}).run_due(lambda: NINE)

    assert count == 1
    assert acts.answers == [(71, {"paid": 10})]
    assert store.finished == [1]


def test_a_job_nobody_waits_for_ends_without_an_answer() -> None:
    store, acts = JobsInMemory(job()), Acts()

    runner(store, acts, {"tax.notice": lambda _: None}).run_due(lambda: NINE)

    assert (acts.answers, store.finished) == ([], [1])


def test_a_failing_job_is_tried_again_later_with_the_same_key_until_a_person_has_to_look() -> None:
    store, acts = JobsInMemory(job()), Acts()
    keys: list[str] = []

    def away(given: Job) -> Mapping[str, Any]:
        keys.append(given.key)
        raise ConnectionError("no route to Nguyễn Văn A")

    present = [NINE]
    for _ in range(3):
        runner(store, acts, {"tax.notice": away}).run_due(lambda: present[-1])
        present.extend(at for at, _ in store.waiting.values())

    assert [moment - NINE for moment in present[1:]] == [timedelta(seconds=2), timedelta(seconds=6)]
    assert keys == ["case-1:t1"] * 3
    assert list(store.dead) == [1]
    assert acts.failures == [(71, "service.failed")]


def test_neither_the_log_nor_the_record_of_a_failure_quotes_its_message(caplog: pytest.LogCaptureFixture) -> None:
    store, acts = JobsInMemory(job()), Acts()

    def leaks(_: Job) -> Mapping[str, Any]:
        raise ValueError("Nguyễn Văn A, 001099012345")

    with caplog.at_level(logging.DEBUG):
        runner(store, acts, {"tax.notice": leaks}, tries=1).run_due(lambda: NINE)

    assert "ValueError at leaks" in caplog.text
    assert "Nguyễn" not in caplog.text + store.dead[1]


def test_a_business_error_is_told_at_once_and_not_tried_again() -> None:
    store, acts = JobsInMemory(job()), Acts()

    def refuses(_: Job) -> Mapping[str, Any]:
        raise ServiceRefused(code="tax.unknown")

    runner(store, acts, {"tax.notice": refuses}).run_due(lambda: NINE)

    assert acts.failures == [(71, "tax.unknown")]
    assert store.finished == [1]


def test_a_job_without_a_handler_waits_for_its_package_to_be_installed_again() -> None:
    store, acts = JobsInMemory(job()), Acts()

    runner(store, acts, {}).run_due(lambda: NINE)

    assert store.waiting[1][1].tries == 1


def test_a_failing_job_does_not_hold_up_the_others() -> None:
    store, acts = JobsInMemory(job(1), job(2, "mail")), Acts()

    runner(store, acts, {"mail": lambda _: {}}).run_due(lambda: NINE)

    assert store.finished == [2]


def test_when_asked_to_stop_the_job_in_hand_is_finished_and_the_rest_given_back() -> None:
    store, acts = JobsInMemory(job(1), job(2), job(3)), Acts()

    count = runner(store, acts, {"tax.notice": lambda _: {}}).run_due(lambda: NINE, stopping=lambda: bool(acts.answers))

    assert count == 1
    assert store.stats() == {"waiting": 2, "held": 0, "dead": 0}


def test_after_a_slow_job_the_rest_is_given_back_for_others() -> None:
    store, acts, present = JobsInMemory(job(1), job(2), job(3)), Acts(), [NINE]

    def slow(_: Job) -> None:
        present.append(present[-1] + timedelta(seconds=20))

    count = runner(store, acts, {"tax.notice": slow}).run_due(lambda: present[-1])

    assert (count, store.finished, sorted(store.waiting)) == (1, [1], [2, 3])


def test_a_job_that_the_act_of_its_answer_ended_is_not_ended_again() -> None:
    store, acts = JobsInMemory(job()), Acts()
    acts.ends = True

    runner(store, acts, {"tax.notice": lambda _: {}}).run_due(lambda: NINE)

    assert (acts.answers, store.finished) == ([(71, {})], [])


def test_jobs_nobody_waits_for_are_marked_together_and_those_that_take_long_at_once() -> None:
    marked: list[list[int]] = []

    class Watched(JobsInMemory):
        def done(self, *jobs: Job) -> None:
            marked.append([each.id for each in jobs])
            super().done(*jobs)

    present = [NINE]

    def takes(given: Job) -> None:
        present.append(present[-1] + timedelta(seconds=given.id == 3))

    runner(Watched(*(job(number) for number in range(1, 6))), Acts(), {"tax.notice": takes}).run_due(lambda: present[-1])

    assert marked == [[1, 2, 3], [4, 5]]


def test_what_was_finished_is_marked_though_the_next_job_meets_a_database_that_is_away() -> None:
    store = JobsInMemory(job(1), job(2, "away"))

    def away(_: Job) -> None:
        raise StorageAway()

    with pytest.raises(StorageAway):
        runner(store, Acts(), {"tax.notice": lambda _: None, "away": away}).run_due(lambda: NINE)

    assert store.finished == [1]


def test_what_is_held_is_renewed_while_it_is_worked_on_and_no_longer() -> None:
    leases, renewed = Leases(), list[str]()
    with leases.kept({"one"}), pytest.raises(OSError, match="away"), leases.kept({"two"}):
        leases.renew(renewed.append)
        raise OSError("away")
    leases.renew(renewed.append)

    assert renewed == ["one", "two"]


def test_a_failure_that_cannot_be_told_stays_a_dead_letter() -> None:
    store = JobsInMemory(job())

    def refuses(_: Job) -> Mapping[str, Any]:
        raise ServiceRefused(code="tax.unknown")

    def broken(*_: object) -> bool:
        raise OSError("the database is away")

    Runner(store, {"tax.notice": refuses}, broken, broken, backoff=STEADY).run_due(lambda: NINE)

    assert store.dead == {1: "tax.unknown"}


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (5, 32), (12, 3600), (500, 3600)])
def test_waits_double_up_to_an_hour(tries: int, seconds: int) -> None:
    assert STEADY.wait(tries) == timedelta(seconds=seconds)


def test_waits_are_spread_by_a_quarter() -> None:
    assert Backoff(chance=lambda: 0.0).wait(1) == timedelta(seconds=1.5)
    assert Backoff(chance=lambda: 1.0).wait(1) == timedelta(seconds=2.5)
