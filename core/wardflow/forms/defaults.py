"""The value an empty form begins with."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shaper
from wardflow.forms.values import ABSENT, Path, get

_ROUNDS = 4
_DEEPEST = 8


def defaults(schema: Mapping[str, Any], value: Any = ABSENT, *, schemas: Schemas = NO_SCHEMAS) -> Any:
    """The value with what is missing filled from `default` and, where it must be there, from `const`."""
    part, shaper = schemas.part(schema), Shaper(kept=schemas.shapes)
    for _ in range(_ROUNDS):
        before, value = value, _filled(shaper, (part,), value, (), required=True)
        if value == before:
            break
    return {} if value is ABSENT else value


def filled(shaper: Shaper, parts: tuple[Part, ...]) -> Any:
    """The value a new row or entry begins with; ABSENT when the schema begins it with nothing."""
    return _filled(shaper, parts, ABSENT, (), required=True) if parts else ABSENT


def _filled(shaper: Shaper, parts: tuple[Part, ...], value: Any, path: Path, *, required: bool) -> Any:
    shape = shaper.shape(parts, value, path)
    if value is ABSENT:
        if any(shape.every("default")):
            return copy.deepcopy(shape.get("default"))
        if required and any(shape.every("const")) and shape.get("const") is not True:
            return copy.deepcopy(shape.get("const"))
    if not (value is ABSENT or isinstance(value, dict)) or len(path) > _DEEPEST:
        return value
    begun: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
    for name, inside in shape.properties.items():
        if not required and value is ABSENT:
            break
        filled = _filled(shaper, inside, get(begun, (name,)), (*path, name), required=name in shape.required)
        if filled is not ABSENT:
            begun[name] = filled
    return value if value is ABSENT and not begun else begun
