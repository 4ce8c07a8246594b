"""Between Python's values and FEEL's: what a host hands in, and what it gets back as Python or as JSON."""

from __future__ import annotations

import datetime as python
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from wardflow.errors import FeelLimit
from wardflow.feel.compare import Spend
from wardflow.feel.numbers import from_python, plain, whole
from wardflow.feel.temporal import DAY, Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.temporal_text import written
from wardflow.feel.values import Function, Range
from wardflow.feel.zones import Zone, named

TEMPORAL = (Date, Time, DateTime, DaysTime, YearsMonths)
_DEEPEST = 60
MOST_PARTS = 200_000
_SMALL = tuple(Decimal(number) for number in range(1001))


def to_feel(value: Any, depth: int = 0) -> Any:
    """The FEEL value for a Python one, lists and mappings included; what FEEL has no word for becomes null."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return _SMALL[value] if 0 <= value <= 1000 else from_python(value)
    if kind is float or kind is Decimal:
        return from_python(value)
    if depth > _DEEPEST:
        raise FeelLimit(limit=_DEEPEST, what="levels of lists and contexts")
    if kind is dict:    # before the question below, which takes longer than all the rest
        return {key if type(key) is str else str(key): to_feel(item, depth + 1) for key, item in value.items()}
    if kind is list:
        return [to_feel(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_feel(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_feel(item, depth + 1) for item in value]
    return _rarer(value)


def _rarer(value: Any) -> Any:
    match value:
        case Date() | Time() | DateTime() | DaysTime() | YearsMonths() | Range() | Function():
            return value
        case python.datetime():
            return _moment(value)
        case python.date():
            return Date(value.year, value.month, value.day)
        case python.time():
            return _time(value, _zone(value.tzinfo, value.utcoffset()))
        case python.timedelta():
            return DaysTime(((value.days * DAY + value.seconds) * 1_000_000 + value.microseconds) * 1000)
        case str():
            return str(value)
        case bool() | int() | float() | Decimal():
            return from_python(value)
    return None


def _moment(value: python.datetime) -> DateTime:
    zone = _zone(value.tzinfo, value.utcoffset())
    return DateTime(Date(value.year, value.month, value.day), _time(value.time(), zone))


def _time(value: python.time, zone: Zone | None) -> Time:
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, zone)


def _zone(info: python.tzinfo | None, offset: python.timedelta | None) -> Zone | None:
    name = getattr(info, "key", None)
    found = named(name) if isinstance(name, str) and name != "UTC" else None
    if found is not None or offset is None:
        return found
    return Zone("", int(offset.total_seconds()))


class Purse:
    """Pays for writing out one value: lists that share their parts may be far larger written than they are in memory."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_PARTS

    def spend(self, parts: int) -> None:
        """Use up part of it."""
        self.left -= parts
        if self.left < 0:
            raise FeelLimit(limit=MOST_PARTS, what="parts of a value")


def _deeper(depth: int) -> int:
    if depth >= _DEEPEST:
        raise FeelLimit(limit=_DEEPEST, what="levels of lists and contexts")
    return depth + 1


def to_python(value: Any) -> Any:
    """The value with `datetime` objects in place of FEEL's dates, times and durations of days; numbers stay decimals."""
    return _written(value, _single_to_python, Purse().spend, 0)


def to_json(value: Any) -> Any:
    """The value as JSON holds it: whole numbers as int, others as float, dates and durations as ISO text."""
    return _written(value, _single_to_json, Purse().spend, 0)


def _written(value: Any, single: Callable[[Any, Spend], Any], spend: Spend, depth: int) -> Any:
    if isinstance(value, list):
        spend(len(value) + 1)
        inner = _deeper(depth)
        return [_written(item, single, spend, inner) for item in value]
    if isinstance(value, dict):
        spend(len(value) + 1)
        inner = _deeper(depth)
        return {key: _written(item, single, spend, inner) for key, item in value.items()}
    return single(value, spend)


def _single_to_python(value: Any, spend: Spend) -> Any:
    match value:
        case DaysTime(nanos):
            return python.timedelta(microseconds=nanos // 1000)
        case Date() | Time() | DateTime():
            return _temporal_to_python(value)
    return value


def _temporal_to_python(value: Date | Time | DateTime) -> Any:
    try:
        match value:
            case Date(year, month, day):
                return python.date(year, month, day)
            case Time():
                return _clock(value, value.zone.seconds if value.zone else None)
            case DateTime(date, time):
                offset = time.zone.at(value.local) if time.zone else None
                return python.datetime.combine(python.date(date.year, date.month, date.day), _clock(time, offset))
    except (ValueError, OverflowError):    # a year that Python's calendar does not reach
        return value


def _clock(time: Time, offset: int | None) -> python.time:
    zone = None if offset is None else python.timezone(python.timedelta(seconds=offset))
    return python.time(time.hour, time.minute, time.second, time.nano // 1000, zone)


def _single_to_json(value: Any, spend: Spend) -> Any:
    match value:
        case Decimal():
            number = whole(value)
            return float(value) if number is None else number
        case Date() | Time() | DateTime() | DaysTime() | YearsMonths():
            return written(value)
        case Range():
            return text_of(value, spend=spend)
        case Function():
            return f"function {value.name}".rstrip()
    return value


def text_of(value: Any, *, quoted: bool = False, spend: Spend | None = None) -> str | None:
    """The text of a value as `string()` gives it; texts inside lists and contexts carry quotes."""
    if value is None and not quoted:
        return None
    return _text(value, quoted, spend or Purse().spend, 0)


def _text(value: Any, quoted: bool, spend: Spend, depth: int) -> str:
    match value:
        case list():
            spend(len(value) + 3)
            inner = _deeper(depth)
            return "[" + ", ".join(_text(item, True, spend, inner) for item in value) + "]"
        case dict():
            spend(2 * len(value) + 3)
            inner = _deeper(depth)
            texts = ((key, _text(item, True, spend, inner)) for key, item in value.items())
            return "{" + ", ".join(f"{_key(key)}: {text}" for key, text in texts) + "}"
        case str():
            spend(len(value) // 100)
            return _quoted(value) if quoted else value
        case Range():
            spend(2)
            return _range_text(value, spend, depth)
    return _single_text(value, quoted)


def _single_text(value: Any, quoted: bool) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case Function():
            return f"function({', '.join(value.parameters)})"
    return f'@"{written(value)}"' if quoted else written(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else _quoted(key)


def _range_text(value: Range, spend: Spend, depth: int) -> str:
    inner = _deeper(depth)
    if value.sign:
        end = value.low if value.low is not None else value.high
        return f"{value.sign} {_text(end, True, spend, inner)}"
    low, high = (_text(end, True, spend, inner) for end in (value.low, value.high))
    return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"
