"""The types a form gives to the names that conditions and decision tables may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.forms import kinds
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper

_BY_KIND = {"date": "date", "time": "time", "datetime": "date and time", "checkbox": "boolean", "integer": "number",
            "number": "number", "money": "number", "textarea": "string", "text": "string", "email": "string"}  # fmt: skip
_BY_TYPE = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "Any"}
_DEEPEST = 10


def types(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> dict[str, Any]:
    """Each name with its FEEL type as text; a group is a mapping, a list a Python list of the one type of its rows."""
    found = _type(Shaper(kept=schemas.shapes), (schemas.part(schema),), 0)
    return found if isinstance(found, dict) else {}


def _type(shaper: Shaper, parts: tuple[Part, ...], depth: int) -> Any:
    shape = shaper.every_part(parts)
    if depth > _DEEPEST or shape.get("x-sealed"):
        return "Any"
    if shape.types - {"null"} == {"object"}:
        return {name: _type(shaper, inside, depth + 1) for name, inside in shape.properties.items()} or "Any"
    if shape.types - {"null"} == {"array"}:
        rows = kinds.row_parts(shape)
        return [_type(shaper, rows, depth + 1) if rows else "Any"]
    return _scalar(shaper, shape)


def _scalar(shaper: Shaper, shape: Shape) -> str:
    kind = kinds.string_kind(shape, None) if shape.types == {"string"} else kinds.kind_of(shaper, shape, None, required=False)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    named = {_BY_TYPE.get(name, "Any") for name in shape.types - {"null"}}
    return named.pop() if len(named) == 1 else "Any"
