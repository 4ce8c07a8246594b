"""A unit, a field and a step may keep other days than the city: clocks and limits of steps are counted by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from wardflow.cases.acting import take_up
from wardflow.cases.edit_calendar_layer import edit_calendar_layer
from wardflow.cases.reads import case as case_view
from wardflow.cases.records import Case
from wardflow.cases.stepping import step_on
from wardflow.domain.calendar import Day, DayKind, Span
from wardflow.domain.calendar_layers import Scope
from wardflow.engine import AlarmSet, TaskCompleted
from wardflow.errors import CalendarUnusable, LayerUnknown, NotAllowed, UnitUnknown

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
MONDAY = date(2026, 9, 7)
MORNING = (Span(time(8), time(12)),)
STORM = Day(DayKind.CLOSED, "Bão", name_en="Storm")
SATURDAY = 5


def change(town: Town, kind: str, name: str, at: date | int, row: Any = None, *, drop: bool = False) -> None:
    edit_calendar_layer(town.platform, town.actor("designer"), Scope(kind, name), at, row, drop=drop)


def accepted(town: Town) -> Case:
    found: Case = town.case(town.open(answer={"complete": True}).case_id)    # Friday 04/09/2026, five working days
    return found


def day(town: Town, moment: datetime | None) -> str:
    assert moment is not None
    return town.platform.snapshot().calendar.local(moment).strftime("%d/%m %H:%M")    # type: ignore[no-any-return]


def test_a_day_off_of_the_deciding_unit_moves_its_cases_and_its_steps(town: Town) -> None:
    change(town, "unit", "south", MONDAY, STORM)
    case = accepted(town)
    assert day(town, case.due) == "14/09 17:00"    # without the storm Friday 11/09
    assert day(town, town.tasks(case.id)["review"].due) == "09/09 17:00"    # its office is below; without it Tuesday
    view = case_view(town.platform, town.actor("signer"), case.code)
    assert ("calendar.closed", "Bão") in [(reason.code, reason.facts.get("name")) for reason in view.clock.reasons]


def test_a_day_off_elsewhere_moves_nothing(town: Town) -> None:
    change(town, "unit", "north", MONDAY, STORM)
    case = accepted(town)
    assert day(town, case.due) == "11/09 17:00"
    assert day(town, town.tasks(case.id)["review"].due) == "08/09 17:00"


def test_saturday_mornings_of_a_point_count_for_its_own_steps(town: Town) -> None:
    change(town, "unit", "north.point", SATURDAY, MORNING)
    case = town.open().case_id    # Friday 09:40; eight working hours
    assert day(town, town.tasks(case)["check"].due) == "05/09 09:40"
    change(town, "unit", "north.point", SATURDAY, drop=True)
    assert day(town, town.tasks(town.open().case_id)["check"].due) == "07/09 09:40"


def test_a_step_may_have_days_of_its_own(town: Town) -> None:
    change(town, "step", "permit/review", MONDAY, STORM)
    case = accepted(town)
    assert day(town, case.due) == "11/09 17:00"
    assert day(town, town.tasks(case.id)["review"].due) == "09/09 17:00"


def test_timers_of_the_diagram_follow_the_deciding_unit(town: Town) -> None:
    change(town, "unit", "south", MONDAY, STORM)
    case = accepted(town)
    assert [day(town, at) for _, _, at in town.platform.store.alarms.due(datetime.max.replace(tzinfo=town.moment.now.tzinfo), 9)] == [
        "09/09 17:00"
    ]
    assert case.due is not None


def test_a_case_that_moved_to_another_unit_follows_the_days_of_that_one(town: Town) -> None:
    change(town, "unit", "north", MONDAY, STORM)
    opened = town.open().case_id    # south decides
    task = town.tasks(opened)["check"].task
    held = take_up(town.platform, opened, task)
    moved = replace(held.case, places=replace(held.case.places, authority="north"))
    timers = [
        [day(town, alarm.fire_at) for alarm in step_on(town.platform, held.matter, held.snapshot, case, done).of(AlarmSet)]
        for done in [TaskCompleted(task, {"check": {"complete": True}})] for case in (held.case, moved)
    ]
    assert timers == [["08/09 17:00"], ["09/09 17:00"]]


def test_a_day_may_again_be_what_its_weekday_is(town: Town) -> None:
    town.platform.store.city.set_day(MONDAY, STORM)
    change(town, "unit", "south", MONDAY, None)
    assert day(town, accepted(town).due) == "11/09 17:00"
    change(town, "unit", "south", MONDAY, drop=True)
    assert day(town, accepted(town).due) == "14/09 17:00"


def test_who_keeps_the_register_keeps_these_too_and_nobody_else(town: Town) -> None:
    with pytest.raises(NotAllowed):
        edit_calendar_layer(town.platform, town.actor("signer"), Scope("unit", "south"), MONDAY, STORM)


@pytest.mark.parametrize(
    ("kind", "name", "row", "error"),
    [
        ("unit", "nowhere", STORM, UnitUnknown),
        ("season", "Tết", STORM, LayerUnknown),
        ("field", " ", STORM, LayerUnknown),
        ("unit", "south", Day(DayKind.HALF_DAY, hours=(Span(time(12), time(8)),)), CalendarUnusable),
    ],
)
def test_what_nobody_could_count_with_is_refused(town: Town, kind: str, name: str, row: Day, error: type[Exception]) -> None:
    with pytest.raises(error):
        change(town, kind, name, MONDAY, row)
    assert not town.platform.snapshot().layers
