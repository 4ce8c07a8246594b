"""Dates, times and durations as text: reading is as strict as XML Schema, writing is the shortest form."""

from __future__ import annotations

import re

from wardflow.feel.temporal import DAY, LAST_YEAR, MIDNIGHT, NANO, Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.temporal import month_length as _month_length
from wardflow.feel.zones import Zone, zone_of_text

Temporal = Date | Time | DateTime | DaysTime | YearsMonths

_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,32}))?(Z|[+-][0-9:]+|@.+)?")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,32}))?S)?)?"
)
_SANE = 10**18


def read_date(text: str) -> Date | None:
    """The date of `2026-11-22`, None for anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    return date_of(*(int(part) for part in match.groups()))


def date_of(year: int, month: int, day: int) -> Date | None:
    """The date of these numbers, None when the calendar has no such day."""
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= _month_length(year, month):
        return None
    return Date(year, month, day)


def read_time(text: str) -> Time | None:
    """The time of `08:30:00`, `08:30:00.5Z` or `08:30:00@Asia/Ho_Chi_Minh`, None for anything else."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone_text = match.groups()
    zone: Zone | None = None
    if zone_text:
        zone = zone_of_text(zone_text)
        if zone is None:
            return None
    return time_of(int(hour), int(minute), int(second), _nanos(fraction), zone)


def time_of(hour: int, minute: int, second: int, nano: int, zone: Zone | None) -> Time | None:
    """The time of these numbers; 24:00:00 is midnight; None when a clock shows no such time."""
    if (hour, minute, second, nano) == (24, 0, 0, 0):
        hour = 0
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return Time(hour, minute, second, nano, zone)


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))


def read_date_time(text: str) -> DateTime | None:
    """The moment of `2026-11-22T08:30:00`; a bare date is its midnight; None for anything else."""
    day, sign, clock = text.partition("T")
    date = read_date(day)
    if date is None:
        return None
    if not sign:
        return DateTime(date, MIDNIGHT)
    time = read_time(clock)
    if time is None:
        return None
    if clock.startswith("24"):
        following = Date.of_days(date.days + 1)
        return None if following is None else DateTime(following, time)
    return DateTime(date, time)


def read_duration(text: str) -> DaysTime | YearsMonths | None:
    """The duration of `P5D`, `PT8H` or `P1Y6M`; None for anything else and for a mix of both kinds."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    sign = -1 if match[1] else 1
    years, months, days, hours, minutes, seconds = (int(part) if part else 0 for part in match.groups()[1:7])
    if match[2] or match[3]:
        if any(match.groups()[3:7]):
            return None
        total = sign * (years * 12 + months)
        return YearsMonths(total) if abs(total) < _SANE else None
    nanos = (days * DAY + hours * 3600 + minutes * 60 + seconds) * NANO + _nanos(match[8])
    return DaysTime(sign * nanos) if nanos < _SANE * NANO else None


def read_any(text: str) -> Temporal | None:
    """The value of an `@"…"` literal, whichever kind its text is."""
    if "P" in text[:2]:
        return read_duration(text)
    if "T" in text:
        return read_date_time(text)
    return read_date(text) or read_time(text)


def written(value: Temporal) -> str:
    """The text of a temporal value, which reading gives back."""
    match value:
        case Date():
            return written_date(value)
        case Time():
            return written_time(value)
        case DateTime():
            return f"{written_date(value.date)}T{written_time(value.time)}"
        case YearsMonths():
            return _written_months(value.months)
        case DaysTime():
            return _written_nanos(value.nanos)


def written_date(date: Date) -> str:
    """The date in ISO form."""
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def written_time(time: Time) -> str:
    """The time in ISO form, with its zone."""
    zone = str(time.zone) if time.zone else ""
    return f"{time.hour:02}:{time.minute:02}:{time.second:02}{_fraction(time.nano)}{zone}"


def _fraction(nano: int) -> str:
    return f".{nano:09}".rstrip("0") if nano else ""


def _written_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-P" if months < 0 else "P") + (text or "0M")


def _written_nanos(nanos: int) -> str:
    seconds, nano = divmod(abs(nanos), NANO)
    days, seconds = divmod(seconds, DAY)
    hours, minutes, seconds = seconds // 3600, seconds % 3600 // 60, seconds % 60
    second = f"{seconds}{_fraction(nano)}S" if seconds or nano else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + second
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-P" if nanos < 0 else "P") + (text or "T0S")
