"""Built-in functions between kinds: text, number, duration, range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from wardflow.errors import FeelSyntaxError
from wardflow.feel import syntax as s
from wardflow.feel.compare import order
from wardflow.feel.convert import text_of
from wardflow.feel.functions.registry import Library
from wardflow.feel.numbers import from_text
from wardflow.feel.parser import parse
from wardflow.feel.run import Run
from wardflow.feel.temporal import Date, DateTime, DaysTime, YearsMonths
from wardflow.feel.temporal_text import read_date, read_date_time, read_duration, read_time
from wardflow.feel.values import Nothing, Range

library = Library()
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


@library.function("string", "from: any")
def string(run: Run, from_: Any) -> str | None:
    """The text of any value."""
    text = text_of(from_, spend=run.spend)
    run.fits_characters(len(text or ""))
    return text


@library.function("number", "from: string")
def number(from_: str) -> Decimal:
    """The number a text stands for."""
    found = from_text(from_) if _NUMBER.fullmatch(from_) and len(from_) < 1000 else None
    if found is None:
        raise Nothing("unreadable", text=from_[:100], wanted="number")
    return found


@library.function("number", "from: number")
def number_itself(from_: Decimal) -> Decimal:
    """The number itself."""
    return from_


@library.function("number", "from: string, grouping separator: string?, decimal separator: string?")
def number_with_signs(from_: str, grouping: str | None, decimal: str | None) -> Decimal:
    """The number a text stands for, written with these separators."""
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or grouping == decimal is not None:
        raise Nothing("unreadable", text=f"{grouping} {decimal}", wanted="separators")
    plain = from_.replace(grouping, "") if grouping else from_
    return number(plain.replace(decimal, ".") if decimal else plain)


@library.function("duration", "from: string")
def duration(from_: str) -> DaysTime | YearsMonths:
    """The duration of an ISO text such as `P5D` or `P1Y6M`."""
    found = read_duration(from_)
    if found is None:
        raise Nothing("unreadable", text=from_[:100], wanted="duration")
    return found


@library.function("duration", "from: days and time duration")
@library.function("duration", "from: years and months duration")
def duration_itself(from_: Any) -> Any:
    """The duration itself."""
    return from_


@library.function("years and months duration", "from: any, to: any")
def years_and_months_duration(from_: Any, to: Any) -> YearsMonths:
    """The whole months from one date to another."""
    start, end = _day(from_), _day(to)
    months = (end.year - start.year) * 12 + end.month - start.month
    early, late = (start, end) if months >= 0 else (end, start)
    short = months != 0 and _rest(late, to if months >= 0 else from_) < _rest(early, from_ if months >= 0 else to)
    if short:
        months -= 1 if months > 0 else -1
    return YearsMonths(months)


def _day(value: Any) -> Date:
    if isinstance(value, DateTime):
        return value.date
    if isinstance(value, Date):
        return value
    raise Nothing("wrong-argument", name="years and months duration", parameter="from", kind="", wanted="date")


def _rest(day: Date, value: Any) -> tuple[int, int, int]:
    if isinstance(value, DateTime):
        return day.day, value.time.seconds, value.time.nano
    return day.day, 0, 0


@library.function("range", "from: string")
def range_(from_: str) -> Range:
    """The range a text such as `[1..10)` stands for; an end may be left out."""
    text = from_.strip() if len(from_) <= 1000 else ""
    match = re.fullmatch(r"([\[(\]])((?:\"[^\"]*\"|[^\".]|\.(?!\.))*)\.\.(.*)([\])\[])", text, re.DOTALL)
    if match is None:
        raise Nothing("unreadable", text=from_[:100], wanted="range")
    low, high = _end(match[2]), _end(match[3])
    closed, last = match[1] == "[", match[4] == "]"
    found = order(low, high) if low is not None and high is not None else 0
    nothing_named = low is None and high is None
    if nothing_named or found is None or found > 0 or (low is None and closed) or (high is None and last):
        raise Nothing("unreadable", text=from_[:100], wanted="range")
    return Range(low, high, closed, last)


def _end(text: str) -> Any:
    if not text.strip():
        return None
    try:
        node = parse(text)
    except FeelSyntaxError as error:
        raise Nothing("unreadable", text=text[:100], wanted="range") from error
    value = _constant(node)
    if value is None:
        raise Nothing("unreadable", text=text[:100], wanted="range")
    return value


def _constant(node: s.Node) -> Any:
    match node:
        case s.Literal(_, value):
            return value
        case s.Call(_, s.Name(_, "date"), (s.Literal(_, str() as text),)):
            return read_date(text)
        case s.Call(_, s.Name(_, "time"), (s.Literal(_, str() as text),)):
            return read_time(text)
        case s.Call(_, s.Name(_, "date and time"), (s.Literal(_, str() as text),)):
            return read_date_time(text)
        case s.Call(_, s.Name(_, "duration"), (s.Literal(_, str() as text),)):
            return read_duration(text)
    return None
