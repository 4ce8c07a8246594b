"""Stories count back from the present in the office's own time."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from wardflow.demo.moments import after, before
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.limits import Limit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = (Span(time(8), time(12)), Span(time(13), time(17)))
CALENDAR = Calendar(
    1,
    HANOI,
    dict.fromkeys(range(5), HOURS),
    {
        date(2026, 8, 22): Day(DayKind.MADE_UP),
        date(2026, 8, 31): Day(DayKind.SWAP_OFF),
        date(2026, 9, 1): Day(DayKind.HOLIDAY),
        date(2026, 9, 2): Day(DayKind.HOLIDAY),
    },
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "ago", "expected"),
    [
        ("2026-09-04 09:40", "0 wd", "2026-09-04 09:00"),
        ("2026-09-04 08:30", "0 wd", "2026-09-03 09:00"),
        ("2026-09-06 10:00", "0 wd", "2026-09-04 09:00"),
        ("2026-09-04 09:40", "1 wd", "2026-09-03 09:00"),
        ("2026-09-04 09:40", "2 wd", "2026-08-28 09:00"),
        ("2026-08-24 09:40", "1 wd", "2026-08-22 09:00"),
        ("2026-09-04 08:30", "1 wd", "2026-09-03 09:00"),
        ("2026-09-06 10:00", "1 wd", "2026-09-04 09:00"),
        ("2026-09-04 09:40", "20 d", "2026-08-17 09:00"),
        ("2026-09-06 09:40", "1 d", "2026-09-04 09:00"),
    ],
)
def test_a_story_began_so_long_ago(now: str, ago: str, expected: str) -> None:
    assert before(CALENDAR, at(now), Limit.parse(ago), time(9)) == at(expected)


@pytest.mark.parametrize(
    ("moment", "wait", "expected"),
    [
        ("2026-09-03 16:00", "2 wh", "2026-09-04 09:00"),
        ("2026-09-04 10:00", "1 wd", "2026-09-07 10:00"),
        ("2026-08-28 10:00", "1 wd", "2026-09-03 10:00"),
        ("2026-09-04 10:00", "1 d", "2026-09-07 10:00"),
    ],
)
def test_the_next_step_came_so_much_later(moment: str, wait: str, expected: str) -> None:
    assert after(CALENDAR, at(moment), Limit.parse(wait)) == at(expected)
