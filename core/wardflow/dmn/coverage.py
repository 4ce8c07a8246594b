"""What the rules of a table cover together: rows that overlap, values no row is for, cells that can never match.

Each column is cut at every value its cells mention. Between two cuts all tests answer alike, so one sample of each piece says
everything about it, and whole tables are compared as sets of samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from wardflow.feel import syntax as s
from wardflow.feel.compare import equal, order
from wardflow.feel.compile_logic import Test, any_of
from wardflow.feel.maker import Maker
from wardflow.feel.run import Run, Scope
from wardflow.feel.temporal import Date, DateTime, DaysTime, YearsMonths
from wardflow.feel.temporal_text import read_date, read_date_time, read_duration
from wardflow.feel.walk import parts

MOST_PIECES = 20_000
MOST_VALUES = 600
MOST_PAIRS = 100_000
"""Tables beyond these are not judged: the answer would take longer than anybody waits for a check."""
READERS = {"date": read_date, "date and time": read_date_time, "duration": read_duration}
ANOTHER = "…"
"""Stands for every text that no cell mentions, and for anything where no cell mentions a value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One input: its samples, and for each row the set of samples it lets pass, as bits."""

    label: str
    samples: tuple[Any, ...]
    rows: tuple[int, ...]
    listed: bool = False
    """Whether the samples are all the values that the input may have."""

    @property
    def whole(self) -> int:
        """All samples."""
        return (1 << len(self.samples)) - 1


def column(label: str, cells: Sequence[s.Tests], allowed: Sequence[Any], maker: Maker) -> Column | None:
    """The column of these cells; None when a cell says more than plain values and ranges can."""
    known: list[Any] = list(allowed)
    for cell in cells:
        found = _values(cell)
        if found is None:
            return None
        known.extend(found)
        if len(known) > MOST_VALUES:
            return None
    samples = tuple(allowed) if allowed else tuple(_samples(known))
    return Column(label, samples, tuple(_passing(any_of(cell, maker), samples) for cell in cells), bool(allowed))


def _values(cell: s.Tests) -> list[Any] | None:
    """The values a cell mentions; None when it is not made of plain values and ranges alone."""
    found: list[Any] = []
    for part in cell.parts:
        inner = list(parts(part)) if isinstance(part, (s.OneSided, s.Interval)) else [part]
        for node in inner:
            value = constant(node)
            if value is None:
                return None
            found.append(value)
    return found


def constant(node: s.Node) -> Any:
    """The value of a literal or of a date written as a call; None for anything else."""
    match node:
        case s.Literal(_, value):
            return value
        case s.Call(_, s.Name(_, name), (s.Literal(_, str() as text),)) if name in READERS:
            return READERS[name](text)
    return None


def _samples(known: list[Any]) -> Iterator[Any]:
    """One value for every piece into which the known values cut what an input may be."""
    if not known:
        yield ANOTHER
        return
    if all(isinstance(value, bool) for value in known):
        yield from (True, False)
        return
    if any(isinstance(value, (str, bool)) for value in known):
        yield from _distinct(known)
        if not any(isinstance(value, bool) for value in known):
            yield ANOTHER
        return
    cuts = sorted(_distinct(known), key=cmp_to_key(lambda a, b: order(a, b) or 0))
    yield _beside(cuts[0], -1)
    for place, cut in enumerate(cuts):
        yield cut
        yield _beside(cut, 1) if place == len(cuts) - 1 else _middle(cut, cuts[place + 1])


def _distinct(known: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for value in known:
        if not any(equal(value, other) for other in kept):
            kept.append(value)
    return kept


def _beside(value: Any, step: int) -> Any:
    match value:
        case Decimal():
            return value + step
        case Date():
            return Date.of_days(value.days + step)
        case DateTime():
            return value.plus_nanos(step * 10**9)
        case DaysTime(nanos):
            return DaysTime(nanos + step * 10**9)
        case YearsMonths(months):
            return YearsMonths(months + step)
    return value


def _middle(low: Any, high: Any) -> Any:
    match low, high:
        case Decimal(), Decimal():
            return (low + high) / 2
        case Date(), Date():
            return Date.of_days((low.days + high.days) // 2)
        case DaysTime(), DaysTime():
            return DaysTime((low.nanos + high.nanos) // 2)
        case YearsMonths(), YearsMonths():
            return YearsMonths((low.months + high.months) // 2)
        case DateTime(), DateTime():
            return low.plus_nanos((high.instant - low.instant) // 2)
    return low


def _passing(test: Test, samples: Sequence[Any]) -> int:
    scope = Scope({}, None, Run())
    return sum(1 << place for place, sample in enumerate(samples) if test(sample, scope) is True)


def overlaps(columns: Sequence[Column], rows: int) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """Pairs of rows that match together, counted from 1, with an example of each column."""
    for first in range(min(rows, MOST_PAIRS // max(rows, 1))):
        for second in range(first + 1, rows):
            shared = [one.rows[first] & one.rows[second] for one in columns]
            if all(shared):
                yield first + 1, second + 1, tuple(_sample(one, bits) for one, bits in zip(columns, shared, strict=True))


def _sample(one: Column, bits: int) -> Any:
    return one.samples[(bits & -bits).bit_length() - 1]


def gap(columns: Sequence[Column], rows: int) -> tuple[Any, ...] | None:
    """Values that no row matches; None when there are none, or when the table is too large to tell."""
    budget = [MOST_PIECES]
    return _uncovered(columns, frozenset(range(rows)), (), budget)


def _uncovered(
    columns: Sequence[Column], rows: frozenset[int], chosen: tuple[Any, ...], budget: list[int]
) -> tuple[Any, ...] | None:
    if not rows:
        return (*chosen, *(one.samples[0] for one in columns))
    if not columns:
        return None
    first, seen = columns[0], set()
    for place, sample in enumerate(first.samples):
        left = frozenset(row for row in rows if first.rows[row] >> place & 1)
        if left in seen:
            continue
        seen.add(left)
        budget[0] -= 1
        if budget[0] < 0:
            return None
        found = _uncovered(columns[1:], left, (*chosen, sample), budget)
        if found is not None:
            return found
    return None
