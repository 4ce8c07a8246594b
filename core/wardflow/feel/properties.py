"""What stands behind a dot: entries of contexts, properties of dates, durations and ranges, and both over lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from wardflow.feel.compare import Spend, free
from wardflow.feel.run import MISSING
from wardflow.feel.temporal import DAY, NANO, Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.values import Range
from wardflow.feel.zones import Zone


def _offset(time: Time, zone_at: int | None = None) -> DaysTime | None:
    if time.zone is None:
        return None
    return DaysTime((time.zone.seconds if zone_at is None else time.zone.at(zone_at)) * NANO)


def _zone_name(zone: Zone | None) -> str | None:
    return (zone.name or None) if zone else None


def _part(nanos: int, unit: int, within: int | None) -> Decimal:
    seconds = abs(nanos) // NANO
    amount = seconds // unit if within is None else seconds % within // unit
    return Decimal(-amount if nanos < 0 else amount)


def _months(value: YearsMonths) -> tuple[int, int]:
    years, months = divmod(abs(value.months), 12)
    return (-years, -months) if value.months < 0 else (years, months)


_DATE: dict[str, Callable[[Date], Any]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: dict[str, Callable[[Time], Any]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: Decimal(time.second),
    "time offset": _offset,
    "timezone": lambda time: _zone_name(time.zone),
}
_DATE_TIME: dict[str, Callable[[DateTime], Any]] = {
    "time offset": lambda moment: _offset(moment.time, moment.local),
}
_DAYS_TIME: dict[str, Callable[[DaysTime], Any]] = {
    "days": lambda value: _part(value.nanos, DAY, None),
    "hours": lambda value: _part(value.nanos, 3600, DAY),
    "minutes": lambda value: _part(value.nanos, 60, 3600),
    "seconds": lambda value: _part(value.nanos, 1, 60),
}
_YEARS_MONTHS: dict[str, Callable[[YearsMonths], Any]] = {
    "years": lambda value: Decimal(_months(value)[0]),
    "months": lambda value: Decimal(_months(value)[1]),
}
_RANGE: dict[str, Callable[[Range], Any]] = {
    "start": lambda value: value.low,
    "end": lambda value: value.high,
    "start included": lambda value: value.low_closed,
    "end included": lambda value: value.high_closed,
}

NAMES: dict[str, frozenset[str]] = {
    "date": frozenset(_DATE),
    "time": frozenset(_TIME),
    "date and time": frozenset([*_DATE, *_TIME]),
    "days and time duration": frozenset(_DAYS_TIME),
    "years and months duration": frozenset(_YEARS_MONTHS),
}
"""The properties of each kind of value, for who checks expressions before they run."""


def of(value: Any, name: str, spend: Spend = free) -> Any:
    """The property of a value, `MISSING` when it has none of that name; over a list, the list of its items' ones."""
    match value:
        case dict():
            return value.get(name, MISSING)
        case list():
            spend(3 * len(value) + 6)
            found = [of(item, name, spend) for item in value]
            return [None if item is MISSING else item for item in found]
        case Date():
            return _read(_DATE, value, name)
        case Time():
            return _read(_TIME, value, name)
        case DateTime():
            if name in _DATE:
                return _DATE[name](value.date)
            return _read(_DATE_TIME if name in _DATE_TIME else _TIME, value if name in _DATE_TIME else value.time, name)
        case DaysTime():
            return _read(_DAYS_TIME, value, name)
        case YearsMonths():
            return _read(_YEARS_MONTHS, value, name)
        case Range():
            return _read(_RANGE, value, name)
    return MISSING


def _read(table: dict[str, Callable[[Any], Any]], value: Any, name: str) -> Any:
    reader = table.get(name)
    return MISSING if reader is None else reader(value)
