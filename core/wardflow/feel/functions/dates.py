"""Built-in functions on dates and times."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wardflow.feel.convert import to_feel
from wardflow.feel.functions.registry import Library
from wardflow.feel.numbers import whole
from wardflow.feel.run import Run
from wardflow.feel.temporal import NANO, Date, DateTime, DaysTime, Time
from wardflow.feel.temporal_text import date_of, read_date, read_date_time, read_time, time_of
from wardflow.feel.values import Nothing
from wardflow.feel.zones import UTC_ZONE, Zone, named, offset_of, zone_of_text

library = Library()
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _found(value: Any, text: str, wanted: str) -> Any:
    if value is None:
        raise Nothing("unreadable", text=text[:100], wanted=wanted)
    return value


def _int(number: Decimal, name: str) -> int:
    value = whole(number)
    if value is None:
        raise Nothing("unreadable", text=str(number), wanted=name)
    return value


@library.function("date", "from: string")
def date(from_: str) -> Date:
    """The date of an ISO text."""
    found: Date = _found(read_date(from_), from_, "date")
    return found


@library.function("date", "from: date")
def date_itself(from_: Date) -> Date:
    """The date itself."""
    return from_


@library.function("date", "from: date and time")
def date_in(from_: DateTime) -> Date:
    """The date of a moment, as its own wall shows."""
    return from_.date


@library.function("date", "year: number, month: number, day: number")
def date_of_numbers(year: Decimal, month: Decimal, day: Decimal) -> Date:
    """The date of these numbers."""
    found = date_of(_int(year, "date"), _int(month, "date"), _int(day, "date"))
    result: Date = _found(found, f"{year}-{month}-{day}", "date")
    return result


@library.function("date and time", "from: string")
def date_and_time(from_: str) -> DateTime:
    """The moment of an ISO text."""
    found: DateTime = _found(read_date_time(from_), from_, "date and time")
    return found


@library.function("date and time", "from: date and time")
def date_and_time_itself(from_: DateTime) -> DateTime:
    """The moment itself; a bare date is its midnight in universal time."""
    return from_


@library.function("date and time", "date: date, time: time")
def date_with_time(date: Date, time: Time) -> DateTime:
    """A date and a time put together."""
    return DateTime(date, time)


@library.function("date and time", "date: date and time, time: time")
def date_of_moment_with_time(date: DateTime, time: Time) -> DateTime:
    """The date of a moment with another time."""
    return DateTime(date.date, time)


@library.function("date and time", "date: date and time, timezone: string")
def in_zone(date: DateTime, timezone: str) -> DateTime:
    """The same instant as a wall in another zone shows it."""
    zone = named(timezone) or zone_of_text(timezone)
    if zone is None or date.zone is None:
        raise Nothing("unreadable", text=timezone, wanted="timezone")
    return moved_to(date, zone)


def moved_to(moment: DateTime, zone: Zone) -> DateTime:
    """The instant of a moment, shown in a zone."""
    instant = moment.instant
    base = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, UTC_ZONE))
    found = base.plus_nanos(instant + zone.at_instant(instant // NANO) * NANO)
    if found is None:
        raise Nothing("out-of-reach", sign="date and time")
    time = found.time
    return DateTime(found.date, Time(time.hour, time.minute, time.second, time.nano, zone))


@library.function(
    "date and time",
    "year: number, month: number, day: number, hour: number, minute: number, second: number, offset?: any",
)
def date_and_time_of_numbers(
    year: Decimal, month: Decimal, day: Decimal, hour: Decimal, minute: Decimal, second: Decimal, offset: Any = None
) -> DateTime:
    """The moment of these numbers, with an offset or the name of a zone if given."""
    if isinstance(offset, str):
        zone = named(offset) or zone_of_text(offset)
        if zone is None:
            raise Nothing("unreadable", text=offset, wanted="timezone")
        time = _time(hour, minute, second, zone)
    else:
        time = time_of_numbers(hour, minute, second, offset)
    return DateTime(date_of_numbers(year, month, day), time)


@library.function("time", "from: string")
def time(from_: str) -> Time:
    """The time of an ISO text."""
    found: Time = _found(read_time(from_), from_, "time")
    return found


@library.function("time", "from: time")
def time_itself(from_: Time) -> Time:
    """The time itself."""
    return from_


@library.function("time", "from: date and time")
def time_in(from_: DateTime) -> Time:
    """The time of a moment; that of a bare date is midnight in universal time."""
    return from_.time


@library.function("time", "hour: number, minute: number, second: number, offset?: days and time duration")
def time_of_numbers(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTime | None = None) -> Time:
    """The time of these numbers, with an offset if given."""
    zone: Zone | None = None
    if offset is not None:
        zone = offset_of(offset.nanos // NANO) if isinstance(offset, DaysTime) else None
        if zone is None:
            raise Nothing("unreadable", text=str(offset), wanted="offset")
    return _time(hour, minute, second, zone)


def _time(hour: Decimal, minute: Decimal, second: Decimal, zone: Zone | None) -> Time:
    seconds = int(second) if abs(second) < 100 else 100
    nano = int((second - seconds) * NANO)
    found = time_of(_int(hour, "time"), _int(minute, "time"), seconds, nano, zone)
    result: Time = _found(found, f"{hour}:{minute}:{second}", "time")
    return result


@library.function("now", "")
def now(run: Run) -> DateTime:
    """The moment that the host says it is."""
    if run.now is None:
        raise Nothing("no-clock", name="now")
    found: DateTime = to_feel(run.now)
    return found


@library.function("today", "")
def today(run: Run) -> Date:
    """The day that the host says it is, in the calendar's zone where there is one."""
    if run.now is None:
        raise Nothing("no-clock", name="today")
    moment = run.calendar.local(run.now) if run.calendar is not None else run.now
    return Date(moment.year, moment.month, moment.day)


@library.function("day of year", "date: date")
@library.function("day of year", "date: date and time")
def day_of_year(date: Date | DateTime) -> Decimal:
    """1 for the first of January."""
    day = _date(date)
    return Decimal(day.days - Date(day.year, 1, 1).days + 1)


@library.function("day of week", "date: date")
@library.function("day of week", "date: date and time")
def day_of_week(date: Date | DateTime) -> str:
    """The English name of the weekday."""
    return WEEKDAYS[_date(date).weekday - 1]


@library.function("month of year", "date: date")
@library.function("month of year", "date: date and time")
def month_of_year(date: Date | DateTime) -> str:
    """The English name of the month."""
    return MONTHS[_date(date).month - 1]


@library.function("week of year", "date: date")
@library.function("week of year", "date: date and time")
def week_of_year(date: Date | DateTime) -> Decimal:
    """The ISO week, which belongs to the year of its Thursday."""
    day = _date(date)
    thursday = Date.of_days(day.days + 4 - day.weekday)
    if thursday is None:
        raise Nothing("out-of-reach", sign="week of year")
    return Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


def _date(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value
