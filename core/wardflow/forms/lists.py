"""Adding and taking away rows with ordinary submit buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.forms import kinds
from wardflow.forms.paths import path_of
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import ABSENT, Path, get, put

BUTTONS = ("_add", "_remove", "_up", "_down")


def edit_list(
    schema: Mapping[str, Any], value: Any, button_name: str, button_value: str, *, schemas: Schemas = NO_SCHEMAS
) -> Any:
    """The value after a list button: `_add` names a list, `_remove`, `_up` and `_down` a row (or a file to drop).

    A button the schema gives no reason for changes nothing.
    """
    path = path_of(button_value, value)
    if button_name == "_add":
        return _added(schema, value, path, schemas)
    if not path or get(value, path) is ABSENT:
        return value
    if button_name == "_remove":
        return put(value, path, ABSENT)
    return _moved(value, path, {"_up": -1, "_down": 1}.get(button_name, 0))


def _added(schema: Mapping[str, Any], value: Any, path: Path, schemas: Schemas) -> Any:
    shaper = Shaper()
    shape = _at(shaper, schemas.part(schema), value, path)
    if shape is None:
        return value
    here = get(value, path)
    if "array" not in shape.types:
        return put(value, path, {}) if here is ABSENT and "object" in shape.types else value
    rows = here if isinstance(here, list) else []
    row = shaper.every_part(kinds.row_parts(shape))
    shown = max(len(rows), min(int(shape.get("minItems") or 0), 10))
    blank: Any = {} if "object" in row.types else [] if row.types == {"array"} else None
    return put(value, path, [*rows, *[blank] * (shown + 1 - len(rows))])


def _moved(value: Any, path: Path, by: int) -> Any:
    rows = get(value, path[:-1])
    at = path[-1]
    if not isinstance(rows, list) or not isinstance(at, int) or not 0 <= at + by < len(rows):
        return value
    moved = list(rows)
    moved.insert(at + by, moved.pop(at))
    return put(value, path[:-1], moved)


def _at(shaper: Shaper, part: Part, value: Any, path: Path) -> Shape | None:
    """The shape at the path, conditions decided along the way."""
    parts: tuple[Part, ...] = (part,)
    for depth, token in enumerate(path):
        here = path[:depth]
        shape = shaper.shape(parts, get(value, here), here)
        parts = kinds.row_parts(shape, token) if isinstance(token, int) else shape.properties.get(str(token), ())
        if not parts:
            return None
    return shaper.shape(parts, get(value, path), path)
