"""Working time in expressions asks the calendar that the host lends, and no other."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.feel import evaluate, to_python

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = (Span(datetime.time(7, 30), datetime.time(11, 30)), Span(datetime.time(13), datetime.time(17)))
HOLIDAY = Day(DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam")
CALENDAR = Calendar(1, HANOI, {weekday: OFFICE for weekday in range(5)}, {datetime.date(2026, 11, 24): HOLIDAY})
FRIDAY = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("1 wd", datetime.datetime(2026, 11, 23, 17, 0, tzinfo=HANOI)),
        ("2 wd", datetime.datetime(2026, 11, 25, 17, 0, tzinfo=HANOI)),
        ("8 wh", datetime.datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
    ],
)
def test_a_limit_is_counted_by_the_calendar(limit: str, due: datetime.datetime) -> None:
    found = evaluate("add working time(filed, limit)", {"filed": FRIDAY, "limit": limit}, calendar=CALENDAR)
    assert to_python(found) == due


def test_a_text_without_zone_is_local_to_the_calendar() -> None:
    found = evaluate('add working time("2026-11-20T08:00:00", "1 wd")', {}, calendar=CALENDAR)
    assert to_python(found) == datetime.datetime(2026, 11, 23, 17, 0, tzinfo=HANOI)


def test_days_that_offices_work_are_told_and_counted() -> None:
    assert evaluate('is working day(@"2026-11-24")', calendar=CALENDAR) is False
    assert evaluate('is working day(@"2026-11-25")', calendar=CALENDAR) is True
    assert evaluate('working days between(@"2026-11-20", @"2026-11-25")', calendar=CALENDAR) == 2


def test_today_is_the_day_in_the_calendar_s_zone() -> None:
    late = datetime.datetime(2026, 11, 22, 18, 0, tzinfo=datetime.UTC)
    assert to_python(evaluate("today()", calendar=CALENDAR, now=late)) == datetime.date(2026, 11, 23)
