"""The tables behind alarms and jobs keep to what the worker expects, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wardflow.jobs import Job, Runner
from wardflow.store import Store

NINE = datetime(2026, 9, 4, 9, tzinfo=UTC)
LEASE = timedelta(minutes=5)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url, b"a secret for tests, 32 bytes long")
    yield opened
    opened.close()


def enqueue(store: Store, number: int, at: datetime = NINE) -> None:
    sql = "INSERT INTO job (id, case_id, key, name, payload, state, tries, run_at) VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?)"
    row: tuple[Any, ...] = (number, 7, f"7:t{number}", "tax.notice", json.dumps({"task": f"t{number}"}), stamp(at))
    with store.database.writing() as cursor:
        cursor.run(sql, row)


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def set_alarm(store: Store, case: int, at: datetime) -> None:
    with store.database.writing() as cursor:
        cursor.run("INSERT INTO alarm (case_id, alarm, node, fire_at) VALUES (?, 'a1', 'wait', ?)", (case, stamp(at)))


def test_due_jobs_are_taken_oldest_first_and_by_one_worker(store: Store) -> None:
    enqueue(store, 1)
    enqueue(store, 2, NINE - timedelta(hours=1))
    enqueue(store, 3, NINE + timedelta(hours=1))

    taken = store.jobs.take(NINE, 10, LEASE)

    assert {job.id for job in taken} == {1, 2}
    assert taken[0].payload == {"task": f"t{taken[0].id}"}
    assert list(store.jobs.take(NINE, 10, LEASE)) == []


def test_no_more_jobs_are_taken_than_asked_for(store: Store) -> None:
    for number in range(1, 6):
        enqueue(store, number)

    assert len(store.jobs.take(NINE, 2, LEASE)) == 2
    assert len(store.jobs.take(NINE, 9, LEASE)) == 3


def test_the_jobs_of_a_killed_worker_are_taken_again_when_the_lease_ends(store: Store) -> None:
    enqueue(store, 1)
    (held,) = store.jobs.take(NINE, 10, LEASE)

    assert list(store.jobs.take(NINE + LEASE - timedelta(seconds=1), 10, LEASE)) == []
    (again,) = store.jobs.take(NINE + LEASE, 10, LEASE)
    assert again.key == held.key


def test_a_finished_job_is_never_taken_again(store: Store) -> None:
    enqueue(store, 1)
    (job,) = store.jobs.take(NINE, 10, LEASE)
    store.jobs.done(job)

    assert list(store.jobs.take(NINE + timedelta(days=1), 10, LEASE)) == []


def test_a_failed_job_counts_its_tries_and_comes_back_when_said(store: Store) -> None:
    enqueue(store, 1)
    (job,) = store.jobs.take(NINE, 10, LEASE)
    store.jobs.failed(job, "ConnectionError at send:12", NINE + timedelta(seconds=4))

    assert list(store.jobs.take(NINE + timedelta(seconds=3), 10, LEASE)) == []
    (again,) = store.jobs.take(NINE + timedelta(seconds=4), 10, LEASE)
    assert again.tries == 1


def test_a_dead_letter_waits_for_a_person(store: Store) -> None:
    enqueue(store, 1)
    (job,) = store.jobs.take(NINE, 10, LEASE)
    store.jobs.failed(job, "ConnectionError at send:12", None)

    assert list(store.jobs.take(NINE + timedelta(days=30), 10, LEASE)) == []
    assert store.jobs.stats() == {"dead": 1}


def test_what_is_given_back_can_be_taken_at_once(store: Store) -> None:
    enqueue(store, 1)
    enqueue(store, 2)
    taken = store.jobs.take(NINE, 10, LEASE)
    store.jobs.give_back(taken[1:])

    assert [job.id for job in store.jobs.take(NINE, 10, LEASE)] == [taken[1].id]


def test_a_worker_slower_than_its_lease_ends_nothing_that_another_one_does(store: Store) -> None:
    enqueue(store, 1)
    (slow,) = store.jobs.take(NINE, 10, LEASE)
    (fast,) = store.jobs.take(NINE + LEASE, 10, LEASE)

    store.jobs.done(slow)
    store.jobs.failed(slow, "TimeoutError at send:12", None)
    store.jobs.give_back([slow])
    assert store.jobs.stats() == {"held": 1}
    store.jobs.done(fast)
    assert store.jobs.stats() == {"done": 1}


def test_the_states_are_counted(store: Store) -> None:
    for number in range(1, 7):
        enqueue(store, number)
    done, dead, again, *rest = store.jobs.take(NINE, 5, LEASE)
    store.jobs.done(done)
    store.jobs.failed(dead, "ConnectionError at send:12", None)
    store.jobs.failed(again, "ConnectionError at send:12", NINE + timedelta(hours=1))
    store.jobs.give_back(rest[1:])

    assert store.jobs.stats() == {"done": 1, "dead": 1, "waiting": 3, "held": 1}


def test_a_lease_that_is_renewed_keeps_the_job_and_one_that_ended_is_not_revived(store: Store) -> None:
    enqueue(store, 1)
    (job,) = store.jobs.take(NINE, 10, LEASE)
    store.jobs.renew(job.hold, NINE + 2 * LEASE)
    assert list(store.jobs.take(NINE + LEASE, 10, LEASE)) == []

    (other,) = store.jobs.take(NINE + 2 * LEASE, 10, LEASE)
    store.jobs.renew(job.hold, NINE + 9 * LEASE)
    assert [job.id for job in store.jobs.take(NINE + 3 * LEASE, 10, LEASE)] == [other.id]


def test_a_smaller_rank_goes_first_however_old_the_others_are(store: Store) -> None:
    enqueue(store, 1, NINE - timedelta(hours=2))
    enqueue(store, 2)
    with store.database.writing() as cursor:
        cursor.run("UPDATE job SET rank = 1 WHERE id = 1")

    assert [job.id for job in store.jobs.take(NINE, 1, LEASE)] == [2]
    assert [job.id for job in store.jobs.take(NINE, 1, LEASE)] == [1]


def test_a_dead_letter_runs_again_when_a_person_says_so_and_nothing_else_does(store: Store) -> None:
    enqueue(store, 1)
    assert not store.jobs.retry(1, NINE)
    (job,) = store.jobs.take(NINE, 10, LEASE)
    store.jobs.failed(job, "ConnectionError at send:12", None)

    assert store.jobs.retry(1, NINE + timedelta(days=1))
    (again,) = store.jobs.take(NINE + timedelta(days=1), 10, LEASE)
    assert (again.key, again.tries) == (job.key, 0)


def test_jobs_are_counted_by_name_and_state_with_the_oldest_moment(store: Store) -> None:
    enqueue(store, 1)
    enqueue(store, 2, NINE - timedelta(hours=1))

    (line,) = store.jobs.tally()
    assert (line.name, line.state, line.count, line.oldest) == ("tax.notice", "waiting", 2, NINE - timedelta(hours=1))


def test_what_is_done_is_forgotten_after_a_while_and_nothing_else_is(store: Store) -> None:
    for number in (1, 2, 3):
        enqueue(store, number, NINE + timedelta(seconds=number))
    (first, second) = store.jobs.take(NINE + timedelta(seconds=2), 2, LEASE)
    store.jobs.done(first)
    store.jobs.failed(second, "ConnectionError at send:12", None)

    assert store.jobs.forget(NINE) == 0
    assert store.jobs.forget(NINE + timedelta(days=1)) == 1
    assert store.jobs.stats() == {"dead": 1, "waiting": 1}


def test_the_runner_works_on_the_table(store: Store) -> None:
    enqueue(store, 1)
    answers: list[tuple[str, object]] = []

    def answered(job: Job, values: object) -> bool:
        answers.append((job.payload["task"], values))
        return False

    runner = Runner(store.jobs, {"tax.notice": lambda job: {"paid": True}}, answered, answered)
    assert runner.run_due(lambda: NINE) == 1
    assert answers == [("t1", {"paid": True})]
    assert store.jobs.stats() == {"done": 1}


def test_due_alarms_come_earliest_first_and_no_more_than_asked_for(store: Store) -> None:
    set_alarm(store, 1, NINE)
    set_alarm(store, 2, NINE - timedelta(hours=2))
    set_alarm(store, 3, NINE - timedelta(hours=1))
    set_alarm(store, 4, NINE + timedelta(milliseconds=1))

    assert [case for case, _, _ in store.alarms.due(NINE, 10)] == [2, 3, 1]
    assert [case for case, _, _ in store.alarms.due(NINE, 1)] == [2]
