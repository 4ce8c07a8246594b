"""Equality, order and membership of FEEL values, each true, false or null."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from wardflow.feel.temporal import DAY, MIDNIGHT, NANO, Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.values import Function, Range

_MILLI = 1_000_000

Spend = Callable[[int], None]


def free(steps: int) -> None:
    """Pays for nothing: for values that no expression has built."""


def equal(left: Any, right: Any, spend: Spend = free) -> bool | None:
    """Whether both are the same value; null when their kinds cannot be compared."""
    kind = type(left)
    if left is None or right is None:
        return left is right
    if kind is not type(right):
        return _equal_across(left, right, spend)
    if kind is Decimal or kind is str or kind is bool:
        return bool(left == right)
    if kind is list:
        spend(2 * len(left) + 3)
        return len(left) == len(right) and _all(equal(a, b, spend) for a, b in zip(left, right, strict=True))
    if kind is dict:
        spend(2 * len(left) + 2)
        return left.keys() == right.keys() and _all(equal(item, right[key], spend) for key, item in left.items())
    if kind is Range:
        return _equal_ranges(left, right)
    if isinstance(left, Function):
        return left is right
    if kind in (Time, DateTime):
        return (left.zone is None) == (right.zone is None) and left.instant // _MILLI == right.instant // _MILLI
    return bool(left == right)


def _equal_across(left: Any, right: Any, spend: Spend) -> bool | None:
    """Equality of different kinds: a date is its midnight in universal time, a list of one is that one."""
    if isinstance(left, Date) and isinstance(right, DateTime):
        return left.days * DAY * NANO == right.instant
    if isinstance(left, DateTime) and isinstance(right, Date):
        return left.instant == right.days * DAY * NANO
    if isinstance(left, Function) and isinstance(right, Function):
        return False
    if isinstance(left, list) and len(left) == 1:
        spend(2)
        return equal(left[0], right, spend)
    if isinstance(right, list) and len(right) == 1:
        spend(2)
        return equal(left, right[0], spend)
    return None


def _all(answers: Any) -> bool | None:
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def _equal_ranges(left: Range, right: Range) -> bool | None:
    if (left.low_closed, left.high_closed, left.sign) != (right.low_closed, right.high_closed, right.sign):
        return False
    return _all((equal(left.low, right.low), equal(left.high, right.high)))


def order(left: Any, right: Any) -> int | None:
    """Below, at or above zero as `left` comes before, with or after `right`; null when they have no order."""
    kind = type(left)
    if kind is not type(right):
        if isinstance(left, Date) and isinstance(right, DateTime):
            return order(DateTime(left, MIDNIGHT), _unzoned(right))
        if isinstance(left, DateTime) and isinstance(right, Date):
            return order(_unzoned(left), DateTime(right, MIDNIGHT))
        return None
    if kind is Decimal or kind is str:
        return int(left > right) - int(left < right)
    if kind is Date:
        a, b = (left.year, left.month, left.day), (right.year, right.month, right.day)
        return int(a > b) - int(a < b)
    if kind is Time or kind is DateTime:
        if (left.zone is None) != (right.zone is None):
            return None
        return int(left.instant // _MILLI) - int(right.instant // _MILLI)
    if kind is DaysTime:
        return int(left.nanos) - int(right.nanos)
    if kind is YearsMonths:
        return int(left.months) - int(right.months)
    return None


def _unzoned(moment: DateTime) -> DateTime:
    """The same instant as a universal-time wall shows it: a bare date means its midnight there."""
    nanos = moment.instant
    return DateTime(Date(1970, 1, 1), MIDNIGHT).plus_nanos(nanos) or moment


def less(left: Any, right: Any) -> bool | None:
    """Whether `left` comes before `right`."""
    found = order(left, right)
    return None if found is None else found < 0


def less_or_equal(left: Any, right: Any) -> bool | None:
    """Whether `left` comes before `right` or with it."""
    found = order(left, right)
    return None if found is None else found <= 0


def within(range_: Range, value: Any) -> bool | None:
    """Whether the range holds the value; null when it cannot be compared with the ends."""
    if range_.sign == "!=":
        same = equal(value, range_.low)
        return None if same is None else not same
    if range_.sign == "=":
        return equal(value, range_.low)
    if value is None:
        return None
    return _after_low(range_, value, _before_high(range_, value))


def _before_high(range_: Range, value: Any) -> bool | None:
    if range_.high is None:
        return True
    return (less_or_equal if range_.high_closed else less)(value, range_.high)


def _after_low(range_: Range, value: Any, below: bool | None) -> bool | None:
    if below is None or range_.low is None:
        return below
    above = (less_or_equal if range_.low_closed else less)(range_.low, value)
    return None if above is None else above and below


def matches(value: Any, test: Any, spend: Spend = free) -> bool | None:
    """Whether a value passes a test given as a value: the same value, a range that holds it, a list with a match."""
    if isinstance(test, Range):
        return within(test, value) if not isinstance(value, Range) else equal(value, test)
    if isinstance(test, list):
        spend(len(test) + 2)
        if isinstance(value, list) and equal(value, test, spend):
            return True
        return any(matches(value, item, spend) is True for item in test)
    return equal(value, test, spend)


