"""Closures for `for`, `some`, `every` and filters: everything that walks over lists and ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from wardflow.feel import syntax as s
from wardflow.feel.maker import Maker
from wardflow.feel.numbers import whole
from wardflow.feel.run import Evaluator, Run, Scope
from wardflow.feel.temporal import Date
from wardflow.feel.values import Nothing, Range, kind
from wardflow.feel.walk import free_names, size

Clauses = Sequence[tuple[str, Evaluator, Evaluator | None]]


def for_(node: s.For, make: Maker) -> Evaluator:
    """The list of what the body gives for every combination."""
    sees_partial = any(used.name == "partial" for used in free_names(node.body))
    return loop(_clauses(node.clauses, make), make(node.body), 1 + size(node.body), sees_partial=sees_partial)


def loop(clauses: Clauses, body: Evaluator, weight: int, *, sees_partial: bool = True) -> Evaluator:
    """The closure of a `for`; each round costs `weight` of the budget."""

    def looped(scope: Scope) -> list[Any] | None:
        results: list[Any] = []
        run = scope.run
        outer = scope.within({"partial": results}) if sees_partial else scope
        try:
            for inner in _combinations(clauses, outer, weight):
                results.append(body(inner))
        except Nothing as nothing:
            run.warn(nothing.code, **nothing.facts)
            return None
        run.fits_items(len(results))
        return results

    return looped


def quantified(node: s.Quantified, make: Maker) -> Evaluator:
    """Whether the condition holds for some or for every combination."""
    return quantify(_clauses(node.clauses, make), make(node.condition), node.word, 1 + size(node.condition))


def quantify(clauses: Clauses, condition: Evaluator, word: str, weight: int) -> Evaluator:
    """The closure of `some` or `every`."""
    decisive = word == "some"

    def tested(scope: Scope) -> Any:
        known = True
        try:
            for inner in _combinations(clauses, scope, weight):
                value = condition(inner)
                if value is decisive:
                    return decisive
                known = known and value is (not decisive)
        except Nothing as nothing:
            scope.run.warn(nothing.code, **nothing.facts)
            return None
        return not decisive if known else None

    return tested


def _clauses(clauses: Iterable[s.Clause], make: Maker) -> Clauses:
    return [(clause.name, make(clause.source), make(clause.end) if clause.end else None) for clause in clauses]


def _combinations(clauses: Clauses, scope: Scope, weight: int) -> Iterator[Scope]:
    """The scopes in which the body runs, each paid for from the budget."""
    name, source, end = clauses[0]
    run = scope.run
    run.spend(8)
    values = _values(source(scope), None if end is None else end(scope), run, ends=end is not None)
    for value in values:
        run.spend(weight)
        inner = Scope({name: value}, scope, run)
        if len(clauses) == 1:
            yield inner
        else:
            yield from _combinations(clauses[1:], inner, weight)


def _values(source: Any, end: Any, run: Run, *, ends: bool) -> Iterable[Any]:
    if ends:
        return _steps(source, end, run)
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        if source.sign or not (source.low_closed or isinstance(source.low, (Decimal, Date))):
            raise Nothing("not-iterable", kind="range")
        return _inside(source, run)
    if source is None:
        raise Nothing("not-iterable", kind="null")
    return [source]


def _inside(range_: Range, run: Run) -> Iterable[Any]:
    values = _steps(range_.low, range_.high, run)
    first = 0 if range_.low_closed else 1
    return values[first : len(values) if range_.high_closed else max(first, len(values) - 1)]


def _steps(start: Any, end: Any, run: Run) -> Sequence[Any]:
    if isinstance(start, Date) and isinstance(end, Date):
        days = _counted(start.days, end.days, run)
        return [date for date in map(Date.of_days, days) if date is not None]
    first = whole(start) if isinstance(start, Decimal) else None
    last = whole(end) if isinstance(end, Decimal) else None
    if first is None or last is None:
        raise Nothing("not-iterable", kind=f"{kind(start)}..{kind(end)}")
    return [Decimal(number) for number in _counted(first, last, run)]


def _counted(first: int, last: int, run: Run) -> range:
    run.fits_items(abs(last - first) + 1)
    run.spend(abs(last - first) // 4)
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def filter_(node: s.Filter, make: Maker) -> Evaluator:
    """The items that meet a condition, or the one at a position (from the end when negative)."""
    base = make(node.base)
    if isinstance(node.condition, s.Literal) and isinstance(node.condition.value, Decimal):
        return _picked(base, node.condition.value)
    return select(base, make(node.condition), 1 + size(node.condition))


def _picked(base: Evaluator, position: Decimal) -> Evaluator:
    return lambda scope: at_position(_as_list(base(scope)), position, scope.run)


def select(base: Evaluator, condition: Evaluator, weight: int) -> Evaluator:
    """The closure of a filter; each item costs `weight` of the budget."""
    return lambda scope: _matching(_as_list(base(scope)), condition, scope, weight)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _matching(items: list[Any], condition: Evaluator, scope: Scope, weight: int) -> Any:
    run = scope.run
    found: list[Any] = []
    if not items:
        probe = condition(Scope({"item": None}, scope, run))
        return at_position(items, probe, run) if isinstance(probe, Decimal) else found
    for place, item in enumerate(items):
        run.spend(weight)
        inner = Scope({"item": item}, scope, run)
        if type(item) is dict:
            inner = Scope(item, inner, run)
        answer = condition(inner)
        if answer is True:
            found.append(item)
        elif isinstance(answer, Decimal) and place == 0:
            return at_position(items, answer, run)
        elif answer is not None and not isinstance(answer, bool):
            run.warn("wrong-type", wanted="boolean", kind=kind(answer), of="filter")
            return None
    return found


def at_position(items: list[Any], position: Decimal, run: Run) -> Any:
    """The item at a position counted from 1, or from the end when negative; null beyond the list."""
    place = whole(position)
    if place is not None and 1 <= place <= len(items):
        return items[place - 1]
    if place is not None and -len(items) <= place <= -1:
        return items[place]
    run.warn("no-position", position=str(position), length=len(items))
    return None
