"""Built-in functions on lists that look at members: counting, searching, changing, joining."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wardflow.feel.compare import equal, less
from wardflow.feel.functions.registry import Library
from wardflow.feel.functions.text import position
from wardflow.feel.numbers import whole
from wardflow.feel.run import Run
from wardflow.feel.values import Function, Nothing

library = Library()


@library.function("list contains", "list: list, element: any")
def list_contains(run: Run, items: list[Any], element: Any) -> bool:
    """Whether the list holds the value."""
    return any(equal(item, element, run.spend) is True for item in items)


@library.function("count", "list: list")
def count(items: list[Any]) -> Decimal:
    """The number of items."""
    return Decimal(len(items))


@library.function("sublist", "list: list, start position: number, length?: number")
def sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    """The items from a position on, at most `length` of them."""
    first = position(start, len(items), "sublist")
    if length is None:
        return items[first:]
    amount = whole(length)
    if amount is None or amount < 0 or first + amount > len(items):
        raise Nothing("out-of-reach", sign="length")
    return items[first : first + amount]


@library.function("append", "list: list, item...: any")
def append(run: Run, items: list[Any], more: Any) -> list[Any]:
    """The list with more items at its end."""
    run.fits_items(len(items) + len(more))
    return [*items, *more]


@library.function("concatenate", "list...: any")
def concatenate(run: Run, lists: list[Any]) -> list[Any]:
    """All lists one after the other."""
    result: list[Any] = []
    for part in lists:
        result.extend(part if isinstance(part, list) else [part])
        run.spend(1 + (len(part) // 4 if isinstance(part, list) else 0))
        run.fits_items(len(result))
    return result


@library.function("insert before", "list: list, position: number, newItem: any")
def insert_before(items: list[Any], at: Decimal, new_item: Any) -> list[Any]:
    """The list with an item put before a position."""
    place = position(at, len(items), "insert before")
    return [*items[:place], new_item, *items[place:]]


@library.function("remove", "list: list, position: number")
def remove(items: list[Any], at: Decimal) -> list[Any]:
    """The list without the item at a position."""
    place = position(at, len(items), "remove")
    return [*items[:place], *items[place + 1 :]]


@library.function("list replace", "list: list, position: number, newItem: any")
def list_replace(items: list[Any], at: Decimal, new_item: Any) -> list[Any]:
    """The list with another item at a position."""
    place = position(at, len(items), "list replace")
    return [*items[:place], new_item, *items[place + 1 :]]


@library.function("list replace", "list: list, match: function, newItem: any")
def list_replace_matching(run: Run, items: list[Any], match: Function, new_item: Any) -> list[Any]:
    """The list with another item in place of each that a function says yes to."""
    replaced: list[Any] = []
    for item in items:
        answer = match.call(run, (item, new_item))
        if not isinstance(answer, bool):
            raise Nothing("wrong-argument", name="list replace", parameter="match", kind="function", wanted="boolean")
        replaced.append(new_item if answer else item)
    return replaced


@library.function("reverse", "list: list")
def reverse(items: list[Any]) -> list[Any]:
    """The list from its end."""
    return items[::-1]


@library.function("index of", "list: list, match: any")
def index_of(run: Run, items: list[Any], match: Any) -> list[Any]:
    """Every position where the value stands."""
    return [Decimal(place) for place, item in enumerate(items, start=1) if equal(item, match, run.spend) is True]


@library.function("union", "list...: any")
def union(run: Run, lists: list[Any]) -> list[Any]:
    """The items of all lists, each once."""
    return distinct_values(run, concatenate(run, lists))


@library.function("distinct values", "list: list")
def distinct_values(run: Run, items: list[Any]) -> list[Any]:
    """The items, each once, in the order they first stand."""
    kept: list[Any] = []
    seen: set[tuple[type, Any]] = set()
    for item in items:
        if isinstance(item, (str, Decimal, bool)):
            mark = (type(item), item)
            if mark not in seen:
                seen.add(mark)
                kept.append(item)
            continue
        run.spend(len(kept) + 1)
        if not any(equal(item, other, run.spend) is True for other in kept):
            kept.append(item)
    return kept


@library.function("flatten", "list: list")
def flatten(run: Run, items: list[Any]) -> list[Any]:
    """The items of all lists within, however deep."""
    result: list[Any] = []
    waiting: list[Any] = [iter(items)]
    while waiting:
        for item in waiting[-1]:
            run.spend(1)
            if isinstance(item, list):
                waiting.append(iter(item))
                break
            result.append(item)
        else:
            waiting.pop()
    run.fits_items(len(result))
    return result


@library.function("sort", "list: list, precedes?: function")
def sort(run: Run, items: list[Any], precedes: Function | None = None) -> list[Any]:
    """The list in order: by a function of two items that says which comes first, else by the items' own order."""
    if len(items) < 2:
        return list(items)
    middle = len(items) // 2
    left, right = sort(run, items[:middle], precedes), sort(run, items[middle:], precedes)
    merged: list[Any] = []
    a = b = 0
    while a < len(left) and b < len(right):
        run.spend(3)
        if _comes_first(run, precedes, right[b], left[a]):
            merged.append(right[b])
            b += 1
        else:
            merged.append(left[a])
            a += 1
    return [*merged, *left[a:], *right[b:]]


def _comes_first(run: Run, precedes: Function | None, left: Any, right: Any) -> bool:
    answer = less(left, right) if precedes is None else precedes.call(run, (left, right))
    if not isinstance(answer, bool):
        raise Nothing("no-order", name="sort")
    return answer


@library.function("is", "value1: any, value2: any")
def is_(value1: Any, value2: Any) -> bool:
    """Whether both are the same value of the same kind, zones included."""
    if type(value1) is not type(value2):
        return False
    return bool(value1 == value2)
