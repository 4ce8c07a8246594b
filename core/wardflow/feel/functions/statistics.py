"""Built-in functions that make one value out of a list: least, greatest, sums, averages, all and any."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, DecimalException
from typing import Any

from wardflow.feel.compare import order
from wardflow.feel.functions.registry import Library
from wardflow.feel.numbers import CONTEXT, ONE, ZERO
from wardflow.feel.temporal import DaysTime, YearsMonths
from wardflow.feel.values import Nothing, kind

library = Library()


def _numbers(items: list[Any], name: str) -> list[Decimal]:
    for item in items:
        if type(item) is not Decimal:
            raise Nothing("wrong-argument", name=name, parameter="list", kind=kind(item), wanted="number")
    return items


def _extreme(items: list[Any], sign: int, name: str) -> Any:
    if not items:
        return None
    best = items[0]
    for item in items:
        found = order(item, best)
        if found is None:
            raise Nothing("no-order", name=name)
        if found * sign > 0:
            best = item
    return best


@library.function("min", "list...: any")
def least(items: list[Any]) -> Any:
    """The smallest item."""
    return _extreme(items, -1, "min")


@library.function("max", "list...: any")
def greatest(items: list[Any]) -> Any:
    """The largest item."""
    return _extreme(items, 1, "max")


@library.function("sum", "list...: any")
def total(items: list[Any]) -> Any:
    """All numbers, or all durations of one kind, added up; null for an empty list."""
    if not items:
        return None
    if all(type(item) is DaysTime for item in items):
        return DaysTime(sum(item.nanos for item in items))
    if all(type(item) is YearsMonths for item in items):
        return YearsMonths(sum(item.months for item in items))
    return _added(_numbers(items, "sum"))


def _added(numbers: list[Decimal]) -> Decimal:
    result = ZERO
    try:
        for number in numbers:
            result = CONTEXT.add(result, number)
    except DecimalException as error:
        raise Nothing("out-of-reach", sign="sum") from error
    return result


@library.function("mean", "list...: any")
def mean(items: list[Any]) -> Any:
    """The average."""
    if not items:
        return None
    return CONTEXT.divide(_added(_numbers(items, "mean")), Decimal(len(items)))


@library.function("product", "list...: any")
def product(items: list[Any]) -> Any:
    """All numbers multiplied."""
    if not items:
        return None
    result = ONE
    try:
        for number in _numbers(items, "product"):
            result = CONTEXT.multiply(result, number)
    except DecimalException as error:
        raise Nothing("out-of-reach", sign="product") from error
    return result


@library.function("median", "list...: any")
def median(items: list[Any]) -> Any:
    """The number in the middle, or the mean of the two there."""
    if not items:
        return None
    numbers = sorted(_numbers(items, "median"))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@library.function("stddev", "list...: any")
def stddev(items: list[Any]) -> Any:
    """The standard deviation of a sample; null for fewer than two numbers."""
    if len(items) < 2:
        return None
    numbers = _numbers(items, "stddev")
    centre = CONTEXT.divide(_added(numbers), Decimal(len(numbers)))
    try:
        squares = [CONTEXT.power(CONTEXT.subtract(number, centre), Decimal(2)) for number in numbers]
    except DecimalException as error:
        raise Nothing("out-of-reach", sign="stddev") from error
    return CONTEXT.sqrt(CONTEXT.divide(_added(squares), Decimal(len(numbers) - 1)))


@library.function("mode", "list...: any")
def mode(items: list[Any]) -> list[Any]:
    """The numbers that stand most often, in ascending order."""
    counted = Counter(_numbers(items, "mode"))
    most = max(counted.values(), default=0)
    return sorted(number for number, times in counted.items() if times == most)


@library.function("all", "list...: any")
def every(items: list[Any]) -> bool | None:
    """False if one item is false, true if all are true, else null."""
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@library.function("any", "list...: any")
def some(items: list[Any]) -> bool | None:
    """True if one item is true, false if all are false, else null."""
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


library.function("and", "list...: any")(every)
library.function("or", "list...: any")(some)
