"""When a rung comes: in office time, never at night or on a day off, and where the clock stands still not at all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.early_warning import Rung, next_moment, reached
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.limits import Limit
from wardflow.errors import RungUnreadable

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = (Span(time(8), time(12)), Span(time(13), time(17)))
OFF = {date(2026, 9, 1): Day(DayKind.HOLIDAY, "Quốc khánh"), date(2026, 9, 2): Day(DayKind.HOLIDAY, "Quốc khánh")}
CALENDAR = Calendar(1, ZONE, dict.fromkeys(range(5), HOURS), OFF)
LADDER = tuple(map(Rung.parse, ("50 %", "75 %", "-1 wd", "0 wd", "+5 wd")))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def clock(limit: str, *moves: tuple[str, str]) -> Clock:
    events = tuple(ClockEvent(ClockMove(move), at(moment), limit=None) for move, moment in moves)
    return Clock(Limit.parse(limit), events, CALENDAR)


def moments(ticking: Clock, start: str) -> list[str | None]:
    found = [rung.moment(ticking, at(start)) for rung in LADDER]
    return [moment.astimezone(ZONE).strftime("%d/%m %H:%M") if moment else None for moment in found]


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        # ten working days from Friday 04/09: due Friday 18/09
        ("10 wd", "2026-09-04 09:00", ["11/09 08:00", "16/09 08:00", "17/09 08:00", "18/09 17:00", "25/09 08:00"]),
        # over the holiday: due Monday 07/09, five working days after Thursday 27/08
        ("5 wd", "2026-08-27 09:00", ["03/09 08:00", "04/09 08:00", "04/09 08:00", "07/09 17:00", "14/09 08:00"]),
        # twenty days, days off included: the half falls on Monday 14/09, three quarters on Saturday 19/09
        ("20 d", "2026-09-04 09:00", ["14/09 08:00", "21/09 08:00", "23/09 08:00", "24/09 17:00", "01/10 08:00"]),
        # sixteen office hours, in office minutes
        ("16 wh", "2026-09-07 08:00", ["07/09 17:00", "08/09 12:00", "07/09 08:00", "08/09 17:00", "15/09 08:00"]),
    ],
)  # fmt: skip
def test_when_each_rung_comes(limit: str, start: str, expected: list[str]) -> None:
    assert moments(clock(limit, ("start", start)), start) == expected


def test_a_clock_that_does_not_run_warns_nobody() -> None:
    for still in (clock("5 wd"), clock("5 wd", ("start", "2026-09-04 09:00"), ("pause", "2026-09-07 09:00"))):
        assert next_moment(LADDER, still, at("2026-09-08 09:00")) is None
        assert reached(LADDER, still, at("2026-10-08 09:00")) == ()


def test_a_pause_moves_every_rung_by_its_working_time() -> None:
    paused = clock(
        "10 wd", ("start", "2026-09-04 09:00"), ("pause", "2026-09-07 09:00"), ("resume", "2026-09-09 09:00")
    )
    now = "2026-09-09 09:00"
    assert moments(paused, now) == ["15/09 08:00", "18/09 08:00", "21/09 08:00", "22/09 17:00", "29/09 08:00"]


@pytest.mark.parametrize(("limit", "fits"), [("0 wd", False), ("1 wd", False), ("2 wd", True), ("10 wd", True)])
def test_a_time_shorter_than_the_distance_has_no_room_for_a_rung_before_its_end(limit: str, fits: bool) -> None:
    ticking = clock(limit, ("start", "2026-09-04 09:00"))
    assert Rung.parse("-1 wd").fits(ticking) is fits
    assert Rung.parse("0 wd").fits(ticking) and Rung.parse("50 %").fits(ticking)


def test_rungs_that_came_are_told_apart_from_those_to_come() -> None:
    ticking = clock("10 wd", ("start", "2026-09-04 09:00"))
    assert reached(LADDER, ticking, at("2026-09-11 07:59")) == ()
    assert reached(LADDER, ticking, at("2026-09-11 08:00")) == (0,)
    assert reached(LADDER, ticking, at("2026-09-17 08:00")) == (0, 1, 2)
    assert reached(LADDER, ticking, at("2026-10-30 08:00")) == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("text", ["half", "100 %", "2 wd", "-8 wh", "+", "-1 days", ""])
def test_a_rung_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises((RungUnreadable, ValueError)):
        Rung.parse(text)


@given(
    amount=st.integers(1, 40),
    unit=st.sampled_from(("wd", "d", "wh")),
    minutes=st.integers(0, 60 * 24 * 40),
    passed=st.integers(0, 60 * 24 * 60),
)
def test_the_next_rung_is_never_in_the_past_at_night_or_on_a_day_off(amount: int, unit: str, minutes: int, passed: int) -> None:
    start = at("2026-08-20 00:00") + timedelta(minutes=minutes)
    ticking = Clock(Limit.parse(f"{amount} {unit}"), (ClockEvent(ClockMove.START, start),), CALENDAR)
    now = start + timedelta(minutes=passed)
    moment = next_moment(LADDER, ticking, now)
    if moment is None:
        assert len(reached(LADDER, ticking, now)) == len(LADDER)
        return
    assert moment > now
    local = moment.astimezone(ZONE)
    assert any(span.start <= local.time() <= span.end for span in CALENDAR.hours(local.date()))
    assert set(reached(LADDER, ticking, moment)) > set(reached(LADDER, ticking, now))
