"""Closures for literals, names, paths, arithmetic, comparison, lists, contexts, `if` and `instance of`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from wardflow.feel import arithmetic, coerce, lookup
from wardflow.feel import syntax as s
from wardflow.feel.compare import equal, order
from wardflow.feel.maker import Maker
from wardflow.feel.numbers import CONTEXT, whole
from wardflow.feel.run import Evaluator, Scope
from wardflow.feel.temporal import DaysTime, YearsMonths
from wardflow.feel.types import resolve, unrestricted
from wardflow.feel.values import Nothing, kind

NUMERIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
}
POWER = 200
"""What a power costs of the budget: with a fraction in the exponent it takes as long as this many other constructs."""
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def literal(node: s.Literal, make: Maker) -> Evaluator:
    """Always the same value."""
    value = node.value
    return lambda scope: value


def name(node: s.Name, make: Maker) -> Evaluator:
    """The value of a name."""
    return lookup.reader(node.name)


def path(node: s.Path, make: Maker) -> Evaluator:
    """What stands behind one dot or several."""
    steps: tuple[str, ...] = (node.name,)
    base = node.base
    while isinstance(base, s.Path):
        steps = (base.name, *steps)
        base = base.base
    if isinstance(base, s.Name):
        return lookup.path_reader(base.name, steps)
    inner = make(base)
    return lambda scope: lookup.walk(inner(scope), steps, scope)


def negate(node: s.Negate, make: Maker) -> Evaluator:
    """A number or duration with its sign turned."""
    operand = make(node.operand)

    def turned(scope: Scope) -> Any:
        value = operand(scope)
        match value:
            case Decimal():
                return CONTEXT.minus(value)
            case DaysTime(nanos):
                return DaysTime(-nanos)
            case YearsMonths(months):
                return YearsMonths(-months)
        scope.run.warn("wrong-type", wanted="number", kind=kind(value), of="-")
        return None

    return turned


def arithmetic_(node: s.Arithmetic, make: Maker) -> Evaluator:
    """Two values joined by `+ - * / **`."""
    left, right, sign = make(node.left), make(node.right), node.sign
    numeric = NUMERIC.get(sign)

    def joined(scope: Scope) -> Any:
        a, b = left(scope), right(scope)
        if numeric is not None and type(a) is Decimal and type(b) is Decimal:
            try:
                return numeric(a, b)
            except DecimalException:
                pass    # the slow way below names the reason
        return _slowly(sign, a, b, scope)

    return joined


def _slowly(sign: str, left: Any, right: Any, scope: Scope) -> Any:
    if type(left) is str and type(right) is str:
        scope.run.fits_characters(len(left) + len(right))
        scope.run.spend((len(left) + len(right)) // 100)
    if sign == "**":
        scope.run.spend(POWER)
    try:
        return arithmetic.apply(sign, left, right)
    except Nothing as nothing:
        scope.run.warn(nothing.code, **nothing.facts)
        return None


def comparison(node: s.Comparison, make: Maker) -> Evaluator:
    """Two values compared."""
    left, sign = make(node.left), node.sign
    right = make(node.right)
    if sign in ("=", "!="):
        return _equality(left, right, sign)
    if isinstance(node.right, s.Literal) and isinstance(node.right.value, Decimal):
        compared = _with_number(left, node.right.value, sign)
        return _name_with_number(node.left.name, node.right.value, sign, compared) if isinstance(node.left, s.Name) else compared
    return _ordered(left, right, sign)


def _equality(left: Evaluator, right: Evaluator, sign: str) -> Evaluator:
    wanted = sign == "="

    def compared(scope: Scope) -> bool | None:
        a, b = left(scope), right(scope)
        if type(a) is str and type(b) is str:
            return (a == b) is wanted
        same = equal(a, b, scope.run.spend)
        if same is None:
            scope.run.warn("incomparable", left=kind(a), right=kind(b), sign=sign)
            return None
        return same is wanted

    return compared


def _with_number(left: Evaluator, number: Decimal, sign: str) -> Evaluator:
    holds = ORDER[sign]

    def compared(scope: Scope) -> bool | None:
        value = left(scope)
        if type(value) is Decimal:
            return holds(value, number)
        scope.run.warn("incomparable", left=kind(value), right="number", sign=sign)
        return None

    return compared


def _name_with_number(name: str, number: Decimal, sign: str, otherwise: Evaluator) -> Evaluator:
    """The commonest condition of all, `name >= 18`, without making a decimal of the host's whole number first."""
    holds, exact = ORDER[sign], whole(number)
    plain: Any = number if exact is None else exact

    def compared(scope: Scope) -> Any:
        value = scope.names.get(name)
        if type(value) is int:
            return holds(value, plain)
        return otherwise(scope)

    return compared


def _ordered(left: Evaluator, right: Evaluator, sign: str) -> Evaluator:
    holds = ORDER[sign]

    def compared(scope: Scope) -> bool | None:
        a, b = left(scope), right(scope)
        found = order(a, b)
        if found is None:
            scope.run.warn("incomparable", left=kind(a), right=kind(b), sign=sign)
            return None
        return holds(found, 0)

    return compared


def if_(node: s.If, make: Maker) -> Evaluator:
    """One branch or the other."""
    return branch(make(node.condition), make(node.then), make(node.otherwise))


def branch(condition: Evaluator, then: Evaluator, otherwise: Evaluator) -> Evaluator:
    """The closure of a choice: `true` chooses the first, `false` and null the second, anything else is an error."""

    def chosen(scope: Scope) -> Any:
        answer = condition(scope)
        if answer is True:
            return then(scope)
        if answer is False or answer is None:
            return otherwise(scope)
        scope.run.warn("wrong-type", wanted="boolean", kind=kind(answer), of="if")
        return None

    return chosen


def list_(node: s.ListLiteral, make: Maker) -> Evaluator:
    """A list of what its items give."""
    items = [make(item) for item in node.items]
    if all(isinstance(item, s.Literal) for item in node.items):
        constant = [item.value for item in node.items if isinstance(item, s.Literal)]
        return lambda scope: constant[:]
    return lambda scope: [item(scope) for item in items]


def context(node: s.ContextLiteral, make: Maker) -> Evaluator:
    """A context whose entries see those before them; null when a key stands twice."""
    entries = [(key, make(value)) for key, value in node.entries]
    twice = len({key for key, _ in entries}) != len(entries)

    def built(scope: Scope) -> Any:
        if twice:
            scope.run.warn("key-twice", key=_twice([key for key, _ in entries]))
            return None
        made: dict[str, Any] = {}
        inner = scope.within(made)
        for key, value in entries:
            made[key] = value(inner)
        return made

    return built


def _twice(keys: list[str]) -> str:
    return next(key for place, key in enumerate(keys) if key in keys[:place])


def instance_of(node: s.InstanceOf, make: Maker) -> Evaluator:
    """Whether a value is of a type, its allowed values aside; null when nobody defined the type."""
    value, found = make(node.value), resolve(node.type, make.types)
    type_ = None if found is None else unrestricted(found)

    def tested(scope: Scope) -> bool | None:
        if type_ is None:
            scope.run.warn("unknown-type", name=str(getattr(node.type, "name", "")))
            return None
        return coerce.is_instance(value(scope), type_, scope.run.spend)

    return tested
