"""From an error of the JSON Schema library to a reason: what is wrong, by how much, what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.forms import spelling
from wardflow.forms.judge import LibraryError

WEIGHT = {"required": 0, "type": 1, "format": 2, "enum": 3, "const": 3, "pattern": 4, "minLength": 5, "maxLength": 5,
          "minimum": 6, "maximum": 6, "exclusiveMinimum": 6, "exclusiveMaximum": 6, "multipleOf": 7, "minItems": 8,
          "maxItems": 8, "uniqueItems": 9}  # fmt: skip
_FORMATS = ("date", "time", "date-time", "email", "uuid", "uri")
_LONGEST_QUOTE = 60


def code_of(error: LibraryError) -> str:
    """The schema word that was broken."""
    return str(error.validator)


def reason_of(error: LibraryError) -> Reason:
    """The reason for one error about one value."""
    make = _REASONS.get(str(error.validator))
    return make(error) if make else Reason("form.not-allowed")


def _type(error: LibraryError) -> Reason:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    value = error.instance
    if value is None or value == "":
        return Reason("form.required")
    if "integer" in wanted or "number" in wanted:
        if isinstance(value, str) and spelling.two_ways(value):
            whole = value.strip().replace(".", "")
            return Reason("form.two-ways", {"typed": value, "whole": whole, "fraction": value.strip().replace(".", ",")})
        if isinstance(value, float) and "number" not in wanted:
            return Reason("form.whole", {"typed": value, "below": int(value // 1), "above": int(value // 1) + 1})
        return Reason("form.number", {"typed": _quote(value)})
    return Reason("form.type", {"typed": _quote(value)})


def _format(error: LibraryError) -> Reason:
    name = str(error.validator_value)
    facts = {"typed": _quote(error.instance)}
    return Reason(f"form.{name}", facts) if name in _FORMATS else Reason("form.format", facts | {"format": name})


def _pattern(error: LibraryError) -> Reason:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    examples = schema.get("examples")
    if examples:
        return Reason("form.pattern-like", {"typed": _quote(error.instance), "example": str(examples[0])})
    return Reason("form.pattern", {"typed": _quote(error.instance)})


def _length(error: LibraryError) -> Reason:
    have, limit = len(error.instance), int(error.validator_value)
    if error.validator == "minLength" and not have:
        return Reason("form.required")    # "0 characters" helps nobody who left something empty
    if error.validator == "minLength":
        return Reason("form.too-short", {"length": have, "minimum": limit, "missing": limit - have})
    return Reason("form.too-long", {"length": have, "maximum": limit, "over": have - limit})


def _count(error: LibraryError) -> Reason:
    have, limit = len(error.instance), int(error.validator_value)
    if error.validator == "minItems":
        return Reason("form.too-few", {"count": have, "minimum": limit, "missing": limit - have})
    return Reason("form.too-many", {"count": have, "maximum": limit, "over": have - limit})


def _entries(error: LibraryError) -> Reason:
    have, limit = len(error.instance), int(error.validator_value)
    if error.validator == "minProperties":
        return Reason("form.too-few-entries", {"count": have, "minimum": limit, "missing": limit - have})
    return Reason("form.too-many-entries", {"count": have, "maximum": limit, "over": have - limit})


def _contained(error: LibraryError) -> Reason:
    return Reason("form.must-contain", {"minimum": max(1, int(error.schema.get("minContains", 1)))})


def _bound(error: LibraryError) -> Reason:
    value, limit = Decimal(repr(error.instance)), Decimal(repr(error.validator_value))
    off = abs(value - limit)
    by = int(off) if off == off.to_integral_value() else float(off)
    code = {"minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "above", "exclusiveMaximum": "below"}
    word = code[str(error.validator)]
    return Reason(f"form.{word}", {"typed": error.instance, "limit": error.validator_value, "by": by})


def _step(error: LibraryError) -> Reason:
    step = Decimal(repr(error.validator_value)).normalize()
    facts = {"typed": error.instance, "step": error.validator_value}
    if step == 1:
        below = int(error.instance // 1)
        return Reason("form.whole", {"typed": error.instance, "below": below, "above": below + 1})
    _, digits, exponent = step.as_tuple()
    if digits == (1,) and isinstance(exponent, int) and exponent < 0:
        return Reason("form.decimals", facts | {"places": -exponent})
    return Reason("form.step", facts)


def _const(error: LibraryError) -> Reason:
    if error.validator_value is True:
        return Reason("form.tick")
    return Reason("form.only", {"value": error.validator_value})


def _repeated(error: LibraryError) -> Reason:
    seen: dict[str, int] = {}
    for at, each in enumerate(error.instance, 1):
        if repr(each) in seen:
            return Reason("form.repeated", {"row": at, "first": seen[repr(each)]})
        seen[repr(each)] = at
    return Reason("form.not-allowed")


def _quote(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


_REASONS: Mapping[str, Callable[[LibraryError], Reason]] = {
    "type": _type,
    "format": _format,
    "pattern": _pattern,
    "minLength": _length,
    "maxLength": _length,
    "contains": _contained,
    "minProperties": _entries,
    "maxProperties": _entries,
    "minItems": _count,
    "maxItems": _count,
    "minimum": _bound,
    "maximum": _bound,
    "exclusiveMinimum": _bound,
    "exclusiveMaximum": _bound,
    "multipleOf": _step,
    "const": _const,
    "enum": lambda error: Reason("form.choice", {"typed": _quote(error.instance)}),
    "uniqueItems": _repeated,
}
