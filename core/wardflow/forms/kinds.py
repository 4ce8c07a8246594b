"""Which kind of control a shape is drawn with, and the list to choose from where there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.forms.alternatives import is_option
from wardflow.forms.naming import names_open
from wardflow.forms.registry import NEVER, Part, inner
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import type_name
from wardflow.forms.words import translated

_FORMATS = {"date": "date", "time": "time", "date-time": "datetime", "email": "email", "idn-email": "email",
            "password": "password", "uri": "url"}  # fmt: skip
_BY_TYPE = {frozenset({"integer"}): "integer", frozenset({"integer", "number"}): "number", frozenset({"boolean"}): "checkbox",
            frozenset({"null"}): "const", frozenset({"object"}): "group"}  # fmt: skip
_CONTAINERS = {"group": "object", "map": "object", "list": "array", "tuple": "array", "many": "array", "files": "array"}


def kind_of(shaper: Shaper, shape: Shape, value: Any, *, required: bool) -> str:
    """The kind of control: one of those `forms/fields.html` has a macro for."""
    kind = _kind_asked(shaper, shape, value, required)
    if kind in _CONTAINERS and type_name(value) not in ("absent", "null", _CONTAINERS[kind]):
        return "json"  # somebody put another type of value here; it is shown as it is
    return kind


def _kind_asked(shaper: Shaper, shape: Shape, value: Any, required: bool) -> str:
    widget = shape.get("x-widget", "")
    types = shape.types - {"null"} or shape.types
    if widget in ("file", "money", "const"):
        return str(widget)
    if types == {"boolean"}:
        return "radio" if widget == "radio" else "checkbox"
    if types == {"array"}:
        return array_kind(shaper, shape, value)
    if choices := choosable(shaper, shape):
        if len(choices) == 1 and required and any(shape.every("const")):
            return "const"
        return "radio" if widget == "radio" else "select"
    if types == {"string"}:
        return string_kind(shape, value)
    if types == {"object"} and not shape.properties and names_open(shape):
        return "map"
    return _BY_TYPE.get(types, "json")


def array_kind(shaper: Shaper, shape: Shape, value: Any) -> str:
    """Tick boxes for a set of known values, else files, a fixed row, or a list that grows."""
    if any(shape.every("prefixItems")) or isinstance(shape.get("items"), list):
        return "tuple"
    parts = row_parts(shape)
    row = shaper.every_part(parts)
    if row.get("x-widget") == "file":
        return "files"
    distinct = not isinstance(value, list) or len({repr(each) for each in value}) == len(value)
    if (shape.get("uniqueItems") or shape.get("x-widget") == "checkboxes") and distinct and choosable(shaper, row):
        known = [each for _, each in choosable(shaper, row)]
        if not isinstance(value, list) or all(each in known for each in value):
            return "many"
    return "list"


def string_kind(shape: Shape, value: Any) -> str:
    """A line, several lines, or a control that knows the format."""
    if shape.get("x-widget") == "textarea" or (isinstance(value, str) and "\n" in value):
        return "textarea"
    if (shape.get("maxLength") or 0) > 250 and not shape.get("format"):
        return "textarea"
    return _FORMATS.get(shape.get("format", ""), "text")


def fixed_places(shape: Shape) -> int:
    """How many places of a row have a meaning of their own."""
    words = (*shape.every("prefixItems"), *shape.every("items"))
    return max((len(each) for _, each in words if isinstance(each, list)), default=0)


def more_places(shape: Shape) -> bool:
    """Whether rows may follow the fixed places: unless the schema refuses them, they may."""
    said = [each for part, each in shape.every("items") if not isinstance(each, list)]
    said += [each for part, each in shape.every("additionalItems") if isinstance(part.schema.get("items"), list)]
    said += [each for _, each in shape.every("unevaluatedItems")]
    return bool(said) and not any(each is False or each == NEVER for each in said)


def row_parts(shape: Shape, at: int = -1) -> tuple[Part, ...]:
    """The parts that speak about a row: by its place in a fixed row, else those of every row."""
    found: list[Part] = []
    for part in shape.parts:
        items = part.schema.get("items")
        fixed = part.schema.get("prefixItems", items if isinstance(items, list) else [])
        if 0 <= at < len(fixed):
            found.append(inner(part, fixed[at]))
        elif "items" in part.schema and not isinstance(items, list):
            found.append(inner(part, items))
        elif isinstance(items, list) and "additionalItems" in part.schema:
            found.append(inner(part, part.schema["additionalItems"]))
    return tuple(found)


def choosable(shaper: Shaper, shape: Shape) -> list[tuple[Part, Any]]:
    """The values a person may choose from, each with the part that names it; empty when it is free."""
    lists = [*_lists(shaper, shape)]
    if not lists:
        return [(part, value) for part, value in shape.every("const")][:1]
    first, *others = lists
    narrowing = [[value for _, value in each] for each in others if len(each) > 1]
    return [(part, value) for part, value in first if all(value in each for each in narrowing)]


def _lists(shaper: Shaper, shape: Shape) -> Iterator[list[tuple[Part, Any]]]:
    for part, values in shape.every("enum"):
        yield [(part, value) for value in values if value is not None or values == [None]]
    for keyword in ("oneOf", "anyOf"):
        for part, branches in shape.every(keyword):
            shapes = [(shaper.every_part((inner(part, branch),))) for branch in branches]
            if shapes and all(is_option(each) for each in shapes):
                yield [(each.parts[0], each.get("const")) for each in shapes]


def option_texts(values: list[Any]) -> list[str]:
    """What the browser posts for each value: text as it is, everything else as JSON, never two alike."""
    plain = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    if len(set(plain)) == len(plain):
        return plain
    return [json.dumps(value, ensure_ascii=False) for value in values]


def option_label(part: Part, value: Any, language: str) -> str:
    """How a value of a list is called."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "const" in part.schema:
        return str(translated(part.schema, "title", language) or text)
    named = translated(part.schema, "enum", language) if language != "vi" else None
    if not isinstance(named, Mapping) or text not in named:
        named = part.schema.get("x-enum", {})
    return str(named.get(text, text))
