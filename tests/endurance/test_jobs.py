"""The judged rates of jobs, every effect counted: at least 100 a second on SQLite, 300 on PostgreSQL, on two cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import hands

JOBS, CASES, PROCESSES = 3000, 500, 2
LEAST = {"sqlite": 100, "postgresql": 300}
_JOB = "INSERT INTO job (case_id, key, name, payload, state, tries, run_at) VALUES (0, ?, 'count', '{}', 'waiting', 0, '2026-01-01T00:00:00.000Z')"


def test_jobs_a_second_with_every_effect_counted(town_at: Callable[[str], Any], store_url: str) -> None:
    town = town_at(store_url)
    database, folder = town.platform.store.database, town.platform.settings.data
    keys = [(f"0:{number}",) for number in range(JOBS)]
    with database.writing() as cursor:
        cursor.run("CREATE TABLE tally (key VARCHAR(80) PRIMARY KEY, done INTEGER NOT NULL)")
        cursor.run_many("INSERT INTO tally VALUES (?, 0)", keys)
        cursor.run_many(_JOB, keys)

    rate = JOBS / hands(store_url, folder, PROCESSES)

    with database.reading() as cursor:
        assert cursor.rows("SELECT count(*) FROM tally WHERE done = 1") == [(JOBS,)]
    kind = database.url.get_backend_name()
    print(f"{kind}: {rate:.0f} jobs a second, {PROCESSES} processes, every effect there once")
    assert rate >= LEAST[kind]


def test_answers_that_move_their_case_a_second(town_at: Callable[[str], Any], store_url: str) -> None:
    town = town_at(store_url)
    town.call_outside()
    for _ in range(CASES):
        town.open(answer={"complete": True})

    rate = CASES / hands(store_url, town.platform.settings.data, PROCESSES)

    with town.platform.store.database.reading() as cursor:
        assert cursor.rows("SELECT count(*) FROM entry WHERE kind = 'service_answered'") == [(CASES,)]
    print(f"{town.platform.store.database.url.get_backend_name()}: {rate:.0f} calls a second answered into their cases")
