"""Closures for `and`, `or`, `between`, `in`, ranges and unary tests, all in three-valued logic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from wardflow.feel import syntax as s
from wardflow.feel.compare import equal, less_or_equal, matches, order, within
from wardflow.feel.compile_values import ORDER
from wardflow.feel.maker import Maker
from wardflow.feel.run import Evaluator, Scope
from wardflow.feel.values import Range, kind
from wardflow.feel.walk import free_names

Test = Callable[[Any, Scope], bool | None]
"""A unary test: the value it is held against, and the names in sight."""


def logic(node: s.Logic, make: Maker) -> Evaluator:
    """`and` or `or`: decided by the first part that settles it, null when a part is neither true nor false."""
    parts = [make(part) for part in node.parts]
    decisive = node.word == "or"
    if len(parts) == 2:
        return _pair(parts[0], parts[1], decisive, node.word)

    def combined(scope: Scope) -> Any:
        known = True
        for part in parts:
            value = part(scope)
            if value is decisive:
                return decisive
            known = known and _is_truth(value, scope, node.word)
        return not decisive if known else None

    return combined


def _pair(left: Evaluator, right: Evaluator, decisive: bool, word: str) -> Evaluator:
    other = not decisive

    def combined(scope: Scope) -> Any:
        a = left(scope)
        if a is decisive:
            return decisive
        b = right(scope)
        if b is decisive:
            return decisive
        if a is other and b is other:
            return other
        _is_truth(a, scope, word)
        _is_truth(b, scope, word)
        return None

    return combined


def _is_truth(value: Any, scope: Scope, word: str) -> bool:
    if isinstance(value, bool):
        return True
    if value is not None:
        scope.run.warn("wrong-type", wanted="boolean", kind=kind(value), of=word)
    return False


def between(node: s.Between, make: Maker) -> Evaluator:
    """Whether a value lies between two others, ends included."""
    value, low, high = make(node.value), make(node.low), make(node.high)

    def tested(scope: Scope) -> bool | None:
        found = value(scope)
        bottom, top = low(scope), high(scope)
        above, below = less_or_equal(bottom, found), less_or_equal(found, top)
        if above is None or below is None:
            scope.run.warn("incomparable", left=kind(found), right=kind(bottom if above is None else top), sign="between")
            return False if above is False or below is False else None
        return above and below

    return tested


def interval(node: s.Interval, make: Maker) -> Evaluator:
    """A range with two ends; null when they have no order or the low one comes after the high one."""
    low, high = make(node.low), make(node.high)

    def built(scope: Scope) -> Range | None:
        bottom, top = low(scope), high(scope)
        found = order(bottom, top)
        if found is None or found > 0:
            scope.run.warn("no-range", low=kind(bottom), high=kind(top))
            return None
        return Range(bottom, top, node.low_closed, node.high_closed)

    return built


def one_sided(node: s.OneSided, make: Maker) -> Evaluator:
    """A range with one end, such as `(< 10)`."""
    operand, sign = make(node.operand), node.sign

    def built(scope: Scope) -> Range | None:
        value = operand(scope)
        match sign:
            case "<" | "<=":
                return Range(None, value, False, sign == "<=", sign)
            case ">" | ">=":
                return Range(value, None, sign == ">=", False, sign)
        return Range(value, value, True, True, sign)

    return built


def in_(node: s.In, make: Maker) -> Evaluator:
    """Whether a value passes one of the tests."""
    value, passes = make(node.value), any_of(node.tests, make)
    return lambda scope: passes(value(scope), scope)


def tests(node: s.Tests, make: Maker) -> Evaluator:
    """Unary tests on their own: held against the value named `?`."""
    passes = any_of(node, make)

    def tested(scope: Scope) -> bool | None:
        return passes(scope.names.get("?"), scope)

    return tested


def any_of(node: s.Tests, make: Maker) -> Test:
    """One test out of several joined by commas; no test at all lets everything pass."""
    if not node.parts:
        return lambda value, scope: True
    parts = [test(part, make) for part in node.parts]
    if len(parts) == 1 and not node.negated:
        return parts[0]

    def passes(value: Any, scope: Scope) -> bool | None:
        known = True
        for part in parts:
            answer = part(value, scope)
            if answer is True:
                return not node.negated
            known = known and answer is False
        return node.negated if known else None

    return passes


def test(node: s.Node, make: Maker) -> Test:
    """One unary test."""
    match node:
        case s.OneSided(_, sign, s.Literal(_, Decimal() as number)) if sign in ORDER:
            return _number_test(sign, number)
        case s.OneSided(_, sign, operand):
            return _sided_test(sign, make(operand))
        case s.Literal(_, None):
            return lambda given, scope: given is None
        case s.Literal(_, (str() | bool() | Decimal()) as value):
            return lambda given, scope: value == given if type(given) is type(value) else equal(given, value)
        case s.Interval(_, s.Literal(_, Decimal() as low), s.Literal(_, Decimal() as high), first, last) if low <= high:
            return _range_test(Range(low, high, first, last))
    if any(used.name == "?" for used in free_names(node)):
        return _question_test(make(node))
    return _value_test(make(node))


def _number_test(sign: str, number: Decimal) -> Test:
    holds = ORDER[sign]

    def passes(value: Any, scope: Scope) -> bool | None:
        if type(value) is Decimal:
            return holds(value, number)
        scope.run.warn("incomparable", left=kind(value), right="number", sign=sign)
        return None

    return passes


def _range_test(range_: Range) -> Test:
    above = ORDER["<=" if range_.low_closed else "<"]
    below = ORDER["<=" if range_.high_closed else "<"]
    low, high = range_.low, range_.high

    def passes(value: Any, scope: Scope) -> bool | None:
        if type(value) is Decimal:
            return above(low, value) and below(value, high)
        return within(range_, value) if not isinstance(value, Range) else equal(value, range_)

    return passes


def _sided_test(sign: str, operand: Evaluator) -> Test:
    def passes(value: Any, scope: Scope) -> bool | None:
        other = operand(scope)
        if sign in ("=", "!="):
            same = equal(value, other, scope.run.spend)
            return None if same is None else same is (sign == "=")
        found = order(value, other)
        if found is None:
            scope.run.warn("incomparable", left=kind(value), right=kind(other), sign=sign)
            return None
        return ORDER[sign](found, 0)

    return passes


def _question_test(condition: Evaluator) -> Test:
    def passes(value: Any, scope: Scope) -> bool | None:
        answer = condition(scope.within({"?": value}))
        return answer if isinstance(answer, bool) else None

    return passes


def _value_test(expected: Evaluator) -> Test:
    def passes(value: Any, scope: Scope) -> bool | None:
        other = expected(scope)
        if other is True and not isinstance(value, (bool, list)):
            return True
        if other is None and value is not None:
            return None
        return matches(value, other, scope.run.spend)

    return passes
