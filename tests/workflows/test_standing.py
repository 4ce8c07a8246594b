"""The sheet of a unit's assignments: counted by state, axis, field and commune, with how many were early, in time and how late."""

from __future__ import annotations

from datetime import date
from typing import Any

from assigned import at_work, handed_in
from wardflow.families.assignment import standing

Office = Any    # tests/workflows/conftest.py; test modules cannot import one another
PERSON = "Đinh Thị L"


def done(office: Office, days_late: int, **source: Any) -> int:
    """One whose product is handed in so many days after its due day and accepted at once."""
    start = office.now
    case = handed_in(office, PERSON, days_late=days_late, **source)
    office.do(case, "accept", {"verdict": "accept"})
    office.now = start
    return case


def sheet(office: Office) -> standing.Standing:
    return standing.standing(office.platform, office.platform.actor("chair-thien-loc"), date(2026, 3, 1))


def test_shares_are_of_what_is_done_and_days_of_what_was_late(march: Office) -> None:
    assert "front" not in sheet(march).by["axis"]
    done(march, -3, axis="front")
    done(march, 0, axis="front")
    done(march, 2, axis="front")
    done(march, 5, axis="front")
    at_work(march, PERSON, axis="front")
    counted = sheet(march).by["axis"]["front"]
    assert (counted.total, counted.done, counted.early, counted.on_time, counted.late) == (5, 4, 1, 1, 2)
    assert (counted.in_time_percent, counted.early_percent, counted.mean_days_late) == (50.0, 25.0, 3.5)
    assert (counted.open, counted.overdue) == (1, 0)
    march.pass_(days=30)
    assert sheet(march).by["axis"]["front"].overdue == 1


def test_nothing_is_said_of_what_has_not_happened_yet(march: Office) -> None:
    at_work(march, PERSON, field="culture_sport")
    counted = sheet(march).by["field"]["culture_sport"]
    assert (counted.in_time_percent, counted.early_percent, counted.mean_days_late) == (None, None, None)


def test_each_sheet_and_the_states_add_up_to_the_whole(march: Office) -> None:
    done(march, 1)
    at_work(march, PERSON, axis="council", field="health")
    found = sheet(march)
    assert sum(found.states.values()) == found.whole.total
    for rows in found.by.values():
        assert sum(each.total for each in rows.values()) == found.whole.total
        assert sum(each.days_late for each in rows.values()) == found.whole.days_late


def test_a_confidential_assignment_is_counted_for_its_assigner_alone(march: Office) -> None:
    at_work(march, PERSON, confidential=True, axis="party")
    others = standing.standing(march.platform, march.platform.actor("chair-o-cho-dua"), date(2026, 3, 1))
    assert "thien-loc" not in others.by["area_commune"]
    assert sheet(march).by["axis"]["party"].total >= 1
