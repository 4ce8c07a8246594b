"""A unit, a field of work and a step may keep other hours and days than the city; whatever they do not say is the city's."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.calendar_layers import Layer, Layers
from wardflow.domain.limits import Limit
from wardflow.errors import CalendarUnusable

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]

MORNING = (Span(time(8), time(12)),)
LONG = (Span(time(7), time(12)), Span(time(13), time(18)))
STORM = date(2026, 9, 9)
SATURDAYS = Layer(week={5: MORNING})
LAYERS = Layers(
    units={
        "thien-loc": Layer(days={STORM: Day(DayKind.CLOSED, "bão")}),
        "thien-loc.point": Layer(week={5: MORNING}, days={STORM: None, date(2026, 8, 22): Day(DayKind.HALF_DAY)}),
    },
    fields={"hotline": Layer(week={weekday: LONG for weekday in range(7)})},
    steps={"night": Layer(days={STORM: Day(DayKind.HALF_DAY)})},
)
POINT = ("thien-loc.point", "thien-loc", "city")


@pytest.mark.parametrize(
    ("line", "field", "filed", "limit", "due"),
    [
        # the city: Friday 04/09/2026 and one working day is Monday 07/09
        (("city",), "", "04/09/2026 10:00", "1 wd", "07/09/2026 17:00"),
        # a desk that sits on Saturday mornings answers on Saturday at noon
        (POINT, "", "04/09/2026 10:00", "1 wd", "05/09/2026 12:00"),
        (POINT, "", "04/09/2026 16:00", "2 wh", "05/09/2026 09:00"),
        # the storm closes the commune on Wednesday 09/09, and not its desk
        (("thien-loc", "city"), "", "08/09/2026 10:00", "1 wd", "10/09/2026 17:00"),
        (POINT, "", "08/09/2026 10:00", "1 wd", "09/09/2026 17:00"),
        # a hotline knows no weekend, and its field stands above the unit's own days
        (POINT, "hotline", "05/09/2026 17:00", "2 wh", "06/09/2026 08:00"),
    ],
)
def test_the_closest_layer_decides(
    line: tuple[str, ...], field: str, filed: str, limit: str, due: str, calendar: Calendar, at: At, shown: Shown
) -> None:
    own = LAYERS.calendar(calendar, line, subject=field)
    assert shown(own.add(at(filed), Limit.parse(limit))) == due


def test_a_layer_can_make_a_special_day_an_ordinary_one(calendar: Calendar) -> None:
    assert calendar.hours(date(2026, 9, 2)) == ()
    opened = Layer(days={date(2026, 9, 2): None}).over(calendar)
    assert opened.is_working_day(date(2026, 9, 2))
    assert opened.is_working_day(date(2026, 9, 1)) is False


def test_a_step_stands_above_everything(calendar: Calendar) -> None:
    assert LAYERS.calendar(calendar, ("thien-loc",), step="night").hours(STORM) == MORNING


def test_without_layers_it_is_the_citys_calendar(calendar: Calendar) -> None:
    assert Layers().calendar(calendar, POINT, subject="hotline", step="night") is calendar


def test_a_layer_without_any_office_hour_is_refused(calendar: Calendar) -> None:
    with pytest.raises(CalendarUnusable):
        Layer(week={weekday: () for weekday in range(7)}).over(calendar)


def test_the_layers_can_be_kept_as_json() -> None:
    assert Layers.from_json(json.loads(json.dumps(LAYERS.to_json()))) == LAYERS
    assert Layers.from_json({}) == Layers()


@pytest.mark.parametrize(
    ("due", "limit", "latest"),
    [
        # Tết 2026, 16-20/02
        ("23/02/2026 17:00", "1 wd", "13/02/2026 17:00"),
        ("25/02/2026 17:00", "3 wd", "13/02/2026 17:00"),
        # a due moment before the close belongs to the working day before it
        ("25/02/2026 10:00", "1 wd", "23/02/2026 17:00"),
        ("22/02/2026 10:00", "1 wd", "12/02/2026 17:00"),
        ("25/02/2026 17:00", "0 wd", "25/02/2026 17:00"),
        # 30 days before Monday 13/07/2026 is Saturday 13/06: whoever comes on Friday is in time
        ("13/07/2026 17:00", "30 d", "12/06/2026 17:00"),
        # hours backwards over the noon break, the night and Tết
        ("20/07/2026 14:00", "2 wh", "20/07/2026 11:00"),
        ("20/07/2026 09:00", "8 wh", "17/07/2026 09:00"),
        ("23/02/2026 10:00", "4 wh", "13/02/2026 15:00"),
        ("20/07/2026 12:30", "1 wh", "20/07/2026 11:00"),
    ],
)
def test_the_latest_start_for_a_due_date(
    due: str, limit: str, latest: str, calendar: Calendar, at: At, shown: Shown
) -> None:
    assert shown(calendar.subtract(at(due), Limit.parse(limit))) == latest
