"""Due dates a clerk can check with a wall calendar; sources are the mockups, the yearly tables and Decree 297/2025."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.limits import Limit
from wardflow.errors import CalendarUnusable, NaiveMoment

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]

DUE = """
# working days, National Day 2026: Saturday 22/08 made up for Monday 31/08, 01-02/09 off
20/08/2026 15:40 | 20 wd | 21/09/2026 17:00
10/08/2026 14:20 | 20 wd | 09/09/2026 17:00
04/09/2026 10:20 | 12 wd | 22/09/2026 17:00
24/08/2026 09:10 | 10 wd | 10/09/2026 17:00
21/08/2026 10:00 | 8 wd  | 04/09/2026 17:00
28/08/2026 10:00 | 1 wd  | 03/09/2026 17:00
03/09/2026 09:00 | 2 wd  | 07/09/2026 17:00
21/08/2026 16:59 | 1 wd  | 22/08/2026 17:00
# the same day
04/09/2026 09:00 | 0 wd  | 04/09/2026 17:00
# before the office opens is still that day; at the close too; after it the next working day
07/09/2026 06:00 | 1 wd  | 08/09/2026 17:00
07/09/2026 17:00 | 1 wd  | 08/09/2026 17:00
07/09/2026 17:01 | 1 wd  | 09/09/2026 17:00
05/09/2026 10:00 | 1 wd  | 08/09/2026 17:00
05/09/2026 10:00 | 0 wd  | 07/09/2026 17:00
01/09/2026 10:00 | 3 wd  | 08/09/2026 17:00
# Tết 2026, 16-20/02
13/02/2026 10:00 | 1 wd  | 23/02/2026 17:00
12/02/2026 10:00 | 5 wd  | 26/02/2026 17:00
14/02/2026 10:00 | 1 wd  | 24/02/2026 17:00
13/02/2026 17:30 | 1 wd  | 24/02/2026 17:00
# New Year, swapped with Saturday 10/01
31/12/2025 10:00 | 1 wd  | 05/01/2026 17:00
09/01/2026 10:00 | 1 wd  | 10/01/2026 17:00
09/01/2026 10:00 | 2 wd  | 12/01/2026 17:00
30/12/2026 10:00 | 2 wd  | 04/01/2027 17:00
# 2025: Tết, 26/04 made up for 02/05, National Day
24/01/2025 10:00 | 1 wd  | 03/02/2025 17:00
25/04/2025 10:00 | 2 wd  | 28/04/2025 17:00
29/04/2025 10:00 | 1 wd  | 05/05/2025 17:00
29/08/2025 10:00 | 1 wd  | 03/09/2025 17:00
# Hùng Kings' Day and 30/04 in 2026
24/04/2026 10:00 | 1 wd  | 28/04/2026 17:00
29/04/2026 10:00 | 1 wd  | 04/05/2026 17:00
# legal calendar days roll off a day off, and only then
11/09/2026 10:00 | 10 d  | 21/09/2026 17:00
04/09/2026 10:00 | 30 d  | 05/10/2026 17:00
03/08/2026 10:00 | 30 d  | 03/09/2026 17:00
15/01/2026 10:00 | 30 d  | 23/02/2026 17:00
05/01/2026 10:00 | 30 d  | 04/02/2026 17:00
05/01/2026 10:00 | 45 d  | 23/02/2026 17:00
05/01/2026 10:00 | 60 d  | 06/03/2026 17:00
12/08/2026 10:00 | 10 d  | 22/08/2026 17:00
# working hours count office minutes exactly
03/09/2026 14:30 | 8 wh  | 04/09/2026 14:30
04/09/2026 08:00 | 8 wh  | 04/09/2026 17:00
04/09/2026 07:00 | 8 wh  | 04/09/2026 17:00
04/09/2026 11:30 | 1 wh  | 04/09/2026 13:30
04/09/2026 12:30 | 1 wh  | 04/09/2026 14:00
04/09/2026 11:00 | 1 wh  | 04/09/2026 12:00
28/08/2026 16:00 | 2 wh  | 03/09/2026 09:00
04/09/2026 16:45 | 1 wh  | 07/09/2026 08:45
05/09/2026 10:00 | 1 wh  | 07/09/2026 09:00
04/09/2026 17:00 | 2 wh  | 07/09/2026 10:00
13/02/2026 08:00 | 24 wh | 24/02/2026 17:00
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in DUE.split("\n") if line and not line.startswith("#")]


@pytest.mark.parametrize(("start", "limit", "due"), ROWS)
def test_due(start: str, limit: str, due: str, calendar: Calendar, at: At, shown: Shown) -> None:
    assert shown(calendar.add(at(start), Limit.parse(limit))) == due


def test_answers_are_instants_in_utc_and_questions_need_a_zone(calendar: Calendar, at: At) -> None:
    assert calendar.add(at("04/09/2026 09:00"), Limit.parse("1 wd")).tzinfo is UTC
    with pytest.raises(NaiveMoment):
        calendar.add(datetime(2026, 9, 4, 9), Limit.parse("1 wd"))


def test_the_start_may_be_written_in_any_zone(calendar: Calendar, at: At) -> None:
    start = at("04/09/2026 09:00")
    tokyo = start.astimezone(ZoneInfo("Asia/Tokyo"))
    assert calendar.add(tokyo, Limit.parse("3 wd")) == calendar.add(start, Limit.parse("3 wd"))


def test_the_local_day_counts_not_the_utc_day(calendar: Calendar, at: At, shown: Shown) -> None:
    start = at("07/09/2026 06:30")  # 06/09 in UTC, a Sunday
    assert shown(calendar.add(start, Limit.parse("1 wd"))) == "08/09/2026 17:00"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 9, 5), "calendar.weekend"),
        (date(2026, 9, 2), "calendar.holiday"),
        (date(2026, 8, 31), "calendar.swap_off"),
        (date(2026, 8, 22), None),
        (date(2026, 9, 4), None),
    ],
)
def test_every_day_off_has_its_reason(day: date, code: str | None, calendar: Calendar) -> None:
    why = calendar.why_off(day)
    assert (why.code if why else None) == code
    assert calendar.is_working_day(day) == (code is None)


def test_days_between_count_the_last_day_and_not_the_first(calendar: Calendar) -> None:
    assert calendar.working_days_between(date(2026, 8, 20), date(2026, 9, 21)) == 20
    assert calendar.working_days_between(date(2026, 9, 21), date(2026, 8, 20)) == -20
    assert calendar.working_days_between(date(2026, 9, 4), date(2026, 9, 6)) == 0


def test_a_half_day_has_its_morning_unless_hours_are_given(calendar: Calendar, at: At, shown: Shown) -> None:
    eve = date(2026, 12, 31)
    half = Calendar(2, calendar.zone, calendar.week, {eve: Day(DayKind.HALF_DAY)})
    assert shown(half.add(at("30/12/2026 10:00"), Limit.parse("1 wd"))) == "31/12/2026 12:00"
    late = Calendar(2, calendar.zone, calendar.week, {eve: Day(DayKind.HALF_DAY, "", (Span(time(9), time(11)),))})
    assert shown(late.add(at("30/12/2026 10:00"), Limit.parse("1 wd"))) == "31/12/2026 11:00"


def test_a_storm_closes_the_office(calendar: Calendar, at: At, shown: Shown) -> None:
    storm = {date(2026, 9, 8): Day(DayKind.CLOSED, "bão")}
    closed = Calendar(2, calendar.zone, calendar.week, {**calendar.days, **storm})
    assert shown(closed.add(at("07/09/2026 10:00"), Limit.parse("1 wd"))) == "09/09/2026 17:00"


def test_the_count_shows_each_day_with_its_number(calendar: Calendar, at: At) -> None:
    days = calendar.count(at("20/08/2026 15:40"), Limit.parse("20 wd"))
    assert (days[0].kind, days[0].date) == ("start", date(2026, 8, 20))
    assert (days[-1].kind, days[-1].date, days[-1].number) == ("due", date(2026, 9, 21), 20)
    assert [day.number for day in days if day.kind == "counted"] == list(range(1, 20))
    assert sum(day.kind == "off" for day in days) == 12
    made_up = next(day for day in days if day.date == date(2026, 8, 22))
    assert (made_up.number, made_up.why and made_up.why.code) == (2, "calendar.made_up")


def test_legal_days_are_numbered_on_days_off_too_and_the_roll_is_not(calendar: Calendar, at: At) -> None:
    days = calendar.count(at("04/09/2026 10:00"), Limit.parse("30 d"))
    assert [(day.date.day, day.kind, day.number) for day in days[-3:]] == [
        (3, "counted", 29),
        (4, "counted", 30),
        (5, "due", 30),
    ]


def test_a_calendar_survives_being_kept_as_json(calendar: Calendar) -> None:
    assert Calendar.from_json(json.loads(json.dumps(calendar.to_json()))) == calendar


def test_a_calendar_without_any_office_hour_is_refused(calendar: Calendar) -> None:
    with pytest.raises(CalendarUnusable):
        Calendar(1, calendar.zone, {0: ()})


@pytest.mark.parametrize("spans", [((8, 12), (11, 17)), ((12, 8),), ((13, 17), (8, 12))])
def test_office_hours_that_overlap_or_run_backwards_are_refused(
    spans: tuple[tuple[int, int], ...], calendar: Calendar
) -> None:
    hours = tuple(Span(time(start), time(end)) for start, end in spans)
    with pytest.raises(CalendarUnusable):
        Calendar(1, calendar.zone, {0: hours})


def test_one_day_is_not_twenty_four_office_hours(calendar: Calendar, at: At) -> None:
    start = at("07/09/2026 08:00")
    assert calendar.add(start, Limit.parse("24 wh")) - calendar.add(start, Limit.parse("1 wd")) == timedelta(days=1)
