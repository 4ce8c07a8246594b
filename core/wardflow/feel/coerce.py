"""Whether a value is of a type, and the conversions FEEL makes by itself where a type is asked for."""

from __future__ import annotations

from typing import Any

from wardflow.feel import types as t
from wardflow.feel.arithmetic import midnight
from wardflow.feel.compare import Spend, free
from wardflow.feel.temporal import Date
from wardflow.feel.values import KINDS, Function, Range, kind

_SIMPLE = {name: kind_ for kind_, name in KINDS.items()}


def is_instance(value: Any, type_: t.Type, spend: Spend = free) -> bool:
    """Whether the value is one of the (resolved) type; null is of no type but Null."""
    if value is None:
        return type_ == t.NULL
    match type_:
        case t.Simple("Any"):
            return True
        case t.Simple("function"):
            return isinstance(value, Function)
        case t.Simple(name):
            return type(value) is _SIMPLE.get(name)
        case t.ListOf(item):
            return isinstance(value, list) and _all_hold(value, item, spend)
        case t.RangeOf(item):
            return isinstance(value, Range) and _holds(value.low, item) and _holds(value.high, item)
        case t.ContextOf(entries):
            return isinstance(value, dict) and _entries_hold(value, entries, spend)
        case t.FunctionOf():
            return isinstance(value, Function) and t.conforms(_function_type(value), type_)
        case t.Restricted(base, allows, _):
            return is_instance(value, base, spend) and allows(value)
    return False


def _all_hold(items: list[Any], type_: t.Type, spend: Spend) -> bool:
    spend(len(items) + 2)
    return all(_holds(one, type_, spend) for one in items)


def _entries_hold(value: dict[str, Any], entries: tuple[tuple[str, t.Type], ...], spend: Spend) -> bool:
    spend(len(entries) + 2)
    return all(key in value and _holds(value[key], type_, spend) for key, type_ in entries)


def _holds(value: Any, type_: t.Type, spend: Spend = free) -> bool:
    return value is None or is_instance(value, type_, spend)


def _function_type(function: Function) -> t.FunctionOf:
    return t.FunctionOf(function.parameter_types, function.result or t.ANY)


def type_of(value: Any) -> t.Type:
    """The narrowest type of a value, as far as one look tells."""
    if isinstance(value, Function):
        return _function_type(value)
    return t.BUILT_IN.get(kind(value), t.NULL if value is None else t.ANY)


def converted(value: Any, type_: t.Type | None) -> tuple[bool, Any]:
    """Whether the value fits the type, and the value once FEEL's own conversions made it fit."""
    if type_ is None or value is None or is_instance(value, type_):
        return True, value
    if isinstance(value, list) and len(value) == 1 and is_instance(value[0], type_):
        return True, value[0]
    base = type_.base if isinstance(type_, t.Restricted) else type_
    if not isinstance(value, list) and (isinstance(base, t.ListOf) or base == t.LIST) and is_instance([value], type_):
        return True, [value]
    if isinstance(value, Date) and type_ == t.DATE_TIME:
        return True, midnight(value)
    return False, None
