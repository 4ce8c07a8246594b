"""Built-in functions that relate points and ranges, as DMN's table of them says."""

from __future__ import annotations

from typing import Any

from wardflow.feel.compare import equal, order
from wardflow.feel.compare import within as inside
from wardflow.feel.functions.registry import Library
from wardflow.feel.values import Nothing, Range

library = Library()


def _order(left: Any, right: Any) -> int:
    found = order(left, right)
    if found is None:
        raise Nothing("no-order", name="range")
    return found


def _ends(range_: Range) -> Range:
    if range_.sign == "!=":
        raise Nothing("no-order", name="range")
    return range_


def _point_before(point: Any, range_: Range) -> bool:
    found = _order(point, _ends(range_).low)
    return found < 0 or (found == 0 and not range_.low_closed)


def _point_after(point: Any, range_: Range) -> bool:
    found = _order(point, _ends(range_).high)
    return found > 0 or (found == 0 and not range_.high_closed)


def _range_before(left: Range, right: Range) -> bool:
    found = _order(_ends(left).high, _ends(right).low)
    return found < 0 or (found == 0 and not (left.high_closed and right.low_closed))


@library.function("before", "point1: any, point2: any")
@library.function("before", "point: any, range: range")
@library.function("before", "range: range, point: any")
@library.function("before", "range1: range, range2: range")
def before(left: Any, right: Any) -> bool:
    """Whether the first ends before the second begins."""
    match left, right:
        case Range(), Range():
            return _range_before(left, right)
        case Range(), _:
            return _point_after(right, left)
        case _, Range():
            return _point_before(left, right)
    return _order(left, right) < 0


@library.function("after", "point1: any, point2: any")
@library.function("after", "point: any, range: range")
@library.function("after", "range: range, point: any")
@library.function("after", "range1: range, range2: range")
def after(left: Any, right: Any) -> bool:
    """Whether the first begins after the second ends."""
    return before(right, left)


@library.function("meets", "range1: range, range2: range")
def meets(left: Range, right: Range) -> bool:
    """Whether the first ends on the very value where the second begins."""
    return left.high_closed and right.low_closed and _order(left.high, right.low) == 0


@library.function("met by", "range1: range, range2: range")
def met_by(left: Range, right: Range) -> bool:
    """Whether the first begins on the very value where the second ends."""
    return meets(right, left)


@library.function("overlaps", "range1: range, range2: range")
def overlaps(left: Range, right: Range) -> bool:
    """Whether both share a value."""
    return not _range_before(left, right) and not _range_before(right, left)


def _starts_earlier(left: Range, right: Range) -> bool:
    found = _order(left.low, right.low)
    return found < 0 or (found == 0 and left.low_closed and not right.low_closed)


def _ends_earlier_or_with(left: Range, right: Range) -> bool:
    found = _order(left.high, right.high)
    return found < 0 or (found == 0 and (not left.high_closed or right.high_closed))


@library.function("overlaps before", "range1: range, range2: range")
def overlaps_before(left: Range, right: Range) -> bool:
    """Whether the first begins earlier and reaches into the second, not beyond it."""
    return _starts_earlier(left, right) and not _range_before(left, right) and _ends_earlier_or_with(left, right)


@library.function("overlaps after", "range1: range, range2: range")
def overlaps_after(left: Range, right: Range) -> bool:
    """Whether the first begins within the second and ends after it."""
    late_start = _order(right.low, left.low)
    starts = late_start < 0 or (late_start == 0 and right.low_closed and not left.low_closed)
    return starts and not _range_before(right, left) and _ends_earlier_or_with(right, left)


@library.function("finishes", "point: any, range: range")
@library.function("finishes", "range1: range, range2: range")
def finishes(left: Any, right: Range) -> bool:
    """Whether the first ends where the second does, and begins no earlier."""
    if not isinstance(left, Range):
        return right.high_closed and _order(left, right.high) == 0
    if left.high_closed != right.high_closed or _order(left.high, right.high) != 0:
        return False
    found = _order(left.low, right.low)
    return found > 0 or (found == 0 and (not left.low_closed or right.low_closed))


@library.function("finished by", "range: range, point: any")
@library.function("finished by", "range1: range, range2: range")
def finished_by(left: Range, right: Any) -> bool:
    """Whether the second finishes the first."""
    return finishes(right, left)


@library.function("includes", "range: range, point: any")
@library.function("includes", "range1: range, range2: range")
def includes(left: Range, right: Any) -> bool:
    """Whether the first holds the second."""
    if not isinstance(right, Range):
        found = inside(left, right)
        if found is None:
            raise Nothing("no-order", name="includes")
        return found
    low, high = _order(left.low, right.low), _order(left.high, right.high)
    starts = low < 0 or (low == 0 and (left.low_closed or not right.low_closed))
    return starts and (high > 0 or (high == 0 and (left.high_closed or not right.high_closed)))


@library.function("during", "point: any, range: range")
@library.function("during", "range1: range, range2: range")
def during(left: Any, right: Range) -> bool:
    """Whether the second holds the first."""
    return includes(right, left)


@library.function("starts", "point: any, range: range")
@library.function("starts", "range1: range, range2: range")
def starts(left: Any, right: Range) -> bool:
    """Whether the first begins where the second does, and ends no later."""
    if not isinstance(left, Range):
        return right.low_closed and _order(left, right.low) == 0
    if left.low_closed != right.low_closed or _order(left.low, right.low) != 0:
        return False
    return _ends_earlier_or_with(left, right)


@library.function("started by", "range: range, point: any")
@library.function("started by", "range1: range, range2: range")
def started_by(left: Range, right: Any) -> bool:
    """Whether the second starts the first."""
    return starts(right, left)


@library.function("coincides", "point1: any, point2: any")
@library.function("coincides", "range1: range, range2: range")
def coincides(left: Any, right: Any) -> bool:
    """Whether both are the same."""
    same = equal(left, right)
    if same is None:
        raise Nothing("no-order", name="coincides")
    return same


