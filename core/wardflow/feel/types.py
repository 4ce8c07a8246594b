"""FEEL's types as values: what a text may write after `instance of`, and what a model's item definitions become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Type:
    """Any type; the subclasses say which."""


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """A built-in type without parts, or a name that a model defines."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    item: Type


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    item: Type


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    entries: tuple[tuple[str, Type], ...]


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    parameters: tuple[Type, ...]
    result: Type


@dataclass(frozen=True, slots=True)
class Restricted(Type):
    """A type of which only values passing `allows` are meant; `text` is the rule as its author wrote it."""

    base: Type
    allows: Callable[[Any], bool]
    text: str = ""


ANY = Simple("Any")
NULL = Simple("Null")
NUMBER = Simple("number")
STRING = Simple("string")
BOOLEAN = Simple("boolean")
DATE = Simple("date")
TIME = Simple("time")
DATE_TIME = Simple("date and time")
DAYS_TIME = Simple("days and time duration")
YEARS_MONTHS = Simple("years and months duration")
CONTEXT = Simple("context")
LIST = Simple("list")
FUNCTION = Simple("function")
RANGE = Simple("range")

BUILT_IN: Mapping[str, Type] = {
    **{
        simple.name: simple
        for simple in (
            ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_TIME, DAYS_TIME, YEARS_MONTHS,
            CONTEXT, LIST, FUNCTION, RANGE,
        )
    },
    "dateTime": DATE_TIME,
    "dayTimeDuration": DAYS_TIME,
    "yearMonthDuration": YEARS_MONTHS,
}  # fmt: skip


def resolve(type_: Type, named: Mapping[str, Type], depth: int = 0) -> Type | None:
    """The type with every name replaced by its definition; None when a name is unknown or defined by itself."""
    if depth > 20:
        return None
    match type_:
        case Simple(name):
            if name in named:
                return resolve(named[name], named, depth + 1)
            return BUILT_IN.get(name)
        case ListOf(item) | RangeOf(item):
            inner = resolve(item, named, depth + 1)
            return inner and type(type_)(inner)
        case ContextOf(entries):
            found = [(key, resolve(entry, named, depth + 1)) for key, entry in entries]
            known = [(key, entry) for key, entry in found if entry is not None]
            return ContextOf(tuple(known)) if len(known) == len(entries) else None
        case FunctionOf(parameters, result):
            every = [resolve(part, named, depth + 1) for part in (*parameters, result)]
            solid = [part for part in every if part is not None]
            return FunctionOf(tuple(solid[:-1]), solid[-1]) if len(solid) == len(every) else None
        case Restricted(base, allows, text):
            inner = resolve(base, named, depth + 1)
            return inner and Restricted(inner, allows, text)
    return type_


def unrestricted(type_: Type) -> Type:
    """The type without its rules on allowed values, at every depth."""
    match type_:
        case Restricted(base, _, _):
            return unrestricted(base)
        case ListOf(item):
            return ListOf(unrestricted(item))
        case ContextOf(entries):
            return ContextOf(tuple((key, unrestricted(entry)) for key, entry in entries))
    return type_


def conforms(narrow: Type, wide: Type) -> bool:
    """Whether every value of `narrow` is also one of `wide` (both resolved)."""
    if wide == ANY or narrow in (NULL, wide):
        return True
    match narrow, wide:
        case Restricted(base, _, _), _:
            return conforms(base, wide)
        case _, Restricted():
            return False
        case ListOf(), Simple("list") | ListOf(Simple("Any")):
            return True
        case ContextOf(), Simple("context"):
            return True
        case FunctionOf(), Simple("function"):
            return True
        case (ListOf(a), ListOf(b)) | (RangeOf(a), RangeOf(b)):
            return conforms(a, b)
        case ContextOf(have), ContextOf(wanted):
            held = dict(have)
            return all(key in held and conforms(held[key], entry) for key, entry in wanted)
        case FunctionOf(given, result), FunctionOf(asked, expected):
            return (
                len(given) == len(asked)
                and all(conforms(theirs, ours) for theirs, ours in zip(asked, given, strict=True))
                and conforms(result, expected)
            )
    return False


def described(type_: Type | None) -> str:
    """The type as FEEL writes it."""
    match type_:
        case None:
            return "Any"
        case Simple(name):
            return name
        case ListOf(item):
            return f"list<{described(item)}>"
        case RangeOf(item):
            return f"range<{described(item)}>"
        case ContextOf(entries):
            return "context<" + ", ".join(f"{key}: {described(entry)}" for key, entry in entries) + ">"
        case FunctionOf(parameters, result):
            return "function<" + ", ".join(map(described, parameters)) + ">->" + described(result)
        case Restricted(base, _, _):
            return described(base)
    return "Any"
