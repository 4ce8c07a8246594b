"""What holds for every legal clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.limits import Limit, LimitUnit

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
events = st.builds(
    ClockEvent,
    st.sampled_from(ClockMove),
    moments,
    limit=st.none() | st.builds(Limit, st.integers(0, 30), st.sampled_from(LimitUnit)),
)
ledgers = st.lists(events, max_size=7).map(lambda found: sorted(found, key=lambda event: event.at))
limits = st.builds(Limit, st.integers(0, 40), st.sampled_from(LimitUnit))
check = settings(max_examples=150, deadline=None)


@check
@given(limits, ledgers, moments)
def test_any_ledger_has_an_answer(calendar: Calendar, limit: Limit, ledger: list[ClockEvent], now: datetime) -> None:
    clock = Clock(limit, ledger, calendar)
    assert clock.due is None or calendar.is_working_day(calendar.day_of(clock.due))
    assert len(clock.ledger()) == len(ledger)
    strip = clock.life(now)
    assert (
        [day.date for day in strip] == [strip[0].date + timedelta(days=n) for n in range(len(strip))] if strip else True
    )
    assert sum(day.due for day in clock.days(now)) <= 1
    assert clock.reasons() or clock.started is None
    assert clock.standing(now).reason.code.startswith("standing.")


@check
@given(st.integers(1, 40), moments, st.integers(0, 20), st.integers(0, 30))
def test_a_pause_adds_exactly_itself(calendar: Calendar, n: int, start: datetime, before: int, length: int) -> None:
    paused = calendar.end(calendar.opening(start), Limit(min(before, n), LimitUnit.WORKING_DAY))
    resumed = paused + timedelta(days=length)
    ledger = [
        ClockEvent(ClockMove.START, start),
        ClockEvent(ClockMove.PAUSE, paused),
        ClockEvent(ClockMove.RESUME, resumed),
    ]
    clock = Clock(Limit(n, LimitUnit.WORKING_DAY), ledger, calendar)
    assert clock.original is not None and clock.due is not None
    assert calendar.working_days_between(clock.original, clock.due) == calendar.working_days_between(paused, resumed)


@check
@given(st.integers(1, 40), moments, st.integers(0, 2000), st.integers(0, 9000))
def test_a_pause_of_working_hours_adds_exactly_its_office_time(
    calendar: Calendar, n: int, start: datetime, before: int, length: int
) -> None:
    paused = min(start + timedelta(minutes=before), calendar.add(start, Limit(n, LimitUnit.WORKING_HOUR)))
    resumed = paused + timedelta(minutes=length)
    ledger = [
        ClockEvent(ClockMove.START, start),
        ClockEvent(ClockMove.PAUSE, paused),
        ClockEvent(ClockMove.RESUME, resumed),
    ]
    clock = Clock(Limit(n, LimitUnit.WORKING_HOUR), ledger, calendar)
    assert clock.original is not None and clock.due is not None
    added = calendar.office_time_between(clock.original, clock.due)
    assert added == calendar.office_time_between(paused, resumed)
