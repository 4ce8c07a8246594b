"""What holds for every calendar, start and limit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.limits import Limit, LimitUnit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING, AFTERNOON = Span(time(8), time(12)), Span(time(13), time(17))
HOURS = st.sampled_from([(), (MORNING,), (MORNING, AFTERNOON), (Span(time(7, 30), time(11, 45)),)])
YEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))

weeks = st.dictionaries(st.integers(0, 6), HOURS, max_size=7).map(lambda week: {**week, 2: (MORNING, AFTERNOON)})
tables = st.dictionaries(YEAR, st.builds(Day, st.sampled_from(DayKind), st.just("lễ")), max_size=30)
calendars = st.builds(Calendar, st.just(1), st.just(HANOI), weeks, tables)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
amounts = st.integers(0, 60)
units = st.sampled_from(LimitUnit)
check = settings(max_examples=120, deadline=None)


@check
@given(calendars, moments, amounts, units)
def test_nothing_is_due_on_a_day_off_or_outside_office_hours(
    c: Calendar, start: datetime, n: int, unit: LimitUnit
) -> None:
    due = c.local(c.add(start, Limit(n, unit)))
    assert c.is_working_day(due.date())
    assert any(span.start <= due.time() <= span.end for span in c.hours(due.date()))


@check
@given(calendars, moments, amounts, units)
def test_nothing_is_due_before_it_starts(c: Calendar, start: datetime, n: int, unit: LimitUnit) -> None:
    assert c.add(start, Limit(n, unit)) >= start


@check
@given(calendars, moments, moments, amounts, units)
def test_who_comes_later_is_never_served_earlier(
    c: Calendar, a: datetime, b: datetime, n: int, unit: LimitUnit
) -> None:
    first, second = sorted((a, b))
    assert c.add(first, Limit(n, unit)) <= c.add(second, Limit(n, unit))


@check
@given(calendars, moments, amounts, units)
def test_a_longer_limit_never_ends_earlier(c: Calendar, start: datetime, n: int, unit: LimitUnit) -> None:
    assert c.add(start, Limit(n, unit)) <= c.add(start, Limit(n + 1, unit))


@check
@given(calendars, moments, amounts)
def test_adding_working_days_and_counting_them_agree(c: Calendar, start: datetime, n: int) -> None:
    due = c.add(start, Limit(n, LimitUnit.WORKING_DAY))
    assert c.working_days_between(c.opening(start), due) == n


@check
@given(calendars, moments, amounts)
def test_adding_working_hours_and_measuring_them_agree(c: Calendar, start: datetime, n: int) -> None:
    due = c.add(start, Limit(n, LimitUnit.WORKING_HOUR))
    assert c.office_time_between(start, due) == timedelta(hours=n)


@check
@given(calendars, moments, st.integers(1, 60), units)
def test_the_count_ends_on_the_due_day_with_the_whole_number(
    c: Calendar, start: datetime, n: int, unit: LimitUnit
) -> None:
    days = c.count(start, Limit(n, unit))
    assert days[-1].date == c.day_of(c.add(start, Limit(n, unit)))
    assert [day.due for day in days] == [False] * (len(days) - 1) + [True]
    if unit is not LimitUnit.WORKING_HOUR:
        assert days[-1].number == n
    assert all(day.why is not None for day in days if day.kind == "off")


@check
@given(calendars, YEAR, YEAR, YEAR)
def test_days_between_add_up(c: Calendar, a: date, b: date, d: date) -> None:
    assert c.working_days_between(a, b) + c.working_days_between(b, d) == c.working_days_between(a, d)


@check
@given(calendars)
def test_every_calendar_survives_being_kept(c: Calendar) -> None:
    assert Calendar.from_json(json.loads(json.dumps(c.to_json()))) == c


@check
@given(calendars, moments, amounts, units)
def test_subtract_gives_the_latest_start_that_is_still_in_time(
    c: Calendar, due: datetime, n: int, unit: LimitUnit
) -> None:
    latest, limit = c.subtract(due, Limit(n, unit)), Limit(n, unit)
    assert c.add(latest, limit) <= due
    assert c.add(latest + timedelta(minutes=1), limit) > due or (unit is LimitUnit.WORKING_HOUR and n == 0)


@check
@given(calendars, moments, amounts, units)
def test_what_was_added_can_be_subtracted(c: Calendar, start: datetime, n: int, unit: LimitUnit) -> None:
    limit = Limit(n, unit)
    due = c.add(start, limit)
    latest = c.subtract(due, limit)
    assert latest >= start or c.opening(start) == latest
    assert c.add(latest, limit) == due
