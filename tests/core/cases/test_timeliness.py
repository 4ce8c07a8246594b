"""The figures of a unit follow from its cases and the moment alone."""

from __future__ import annotations

from typing import Any

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


def counts(town: Town) -> tuple[int, int, int, int]:
    (row,) = town.platform.timeliness(town.moment.now)
    assert row.authority == "south"
    return row.open_in_time, row.open_overdue, row.ended_in_time, row.ended_late


def test_a_case_is_in_time_until_its_due_date_passes(town: Town) -> None:
    town.open(answer={"complete": True})
    assert counts(town) == (1, 0, 0, 0)
    town.moment.pass_(days=8)
    assert counts(town) == (0, 1, 0, 0)


def test_a_case_whose_clock_has_not_started_makes_nobody_late(town: Town) -> None:
    town.open(answer={"complete": False})
    town.moment.pass_(days=100)
    assert counts(town) == (1, 0, 0, 0)


def test_a_matter_is_finished_when_its_clock_stops_whatever_step_still_waits(town: Town) -> None:
    opened = town.open(answer={"complete": True}).case_id
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE cases SET stopped_at = ? WHERE id = ?", ("2026-09-10T02:00:00.000Z", opened))
    town.moment.pass_(days=100)
    assert counts(town) == (0, 0, 1, 0)


def test_an_ended_case_counts_by_the_day_it_ended(town: Town) -> None:
    early, late = (town.open(answer={"complete": True}).case_id for _ in range(2))
    for case in (early, late):
        town.do("reviewer", case, "review", opinion="good")
    town.do("signer", early, "sign", opinion="good")
    town.moment.pass_(days=10)
    town.do("signer", late, "sign", opinion="good")
    assert counts(town) == (0, 0, 1, 1)
