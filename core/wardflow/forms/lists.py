"""Adding, moving and taking away rows and named entries with ordinary submit buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.forms import kinds
from wardflow.forms.defaults import filled
from wardflow.forms.naming import entry_parts, fresh_name, names_open, sample_parts
from wardflow.forms.paths import path_of
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import ABSENT, Path, get, put

BUTTONS = ("_add", "_remove", "_up", "_down", "_entry")


def edit_list(
    schema: Mapping[str, Any],
    value: Any,
    button_name: str,
    button_value: str,
    *,
    schemas: Schemas = NO_SCHEMAS,
    choices: Mapping[str, int] | None = None,
) -> Any:
    """The value after a list button: `_add` names a list, `_entry` an object whose entries people name themselves,
    `_remove`, `_up` and `_down` a row (or a file, or an entry to drop).

    A button the schema gives no reason for changes nothing. `choices` are the alternatives picked by hand.
    """
    path, shaper = path_of(button_value, value), Shaper(choices=choices or {}, kept=schemas.shapes)
    if button_name in ("_add", "_entry"):
        shape = _at(shaper, schemas.part(schema), value, path)
        grow = _added if button_name == "_add" else _entered
        return value if shape is None else grow(shaper, shape, value, path)
    if not path or get(value, path) is ABSENT:
        return value
    if button_name == "_remove":
        return _removed(shaper, schemas.part(schema), value, path)
    return _moved(value, path, {"_up": -1, "_down": 1}.get(button_name, 0))


def edited_choices(choices: Mapping[str, int], button_name: str, button_value: str) -> dict[str, int]:
    """The alternatives picked by hand, by pointer, after a list button moved the rows they were picked in."""
    above, _, last = button_value.rpartition("/")
    if button_name not in ("_remove", "_up", "_down") or not last.isdigit():
        return dict(choices)
    found: dict[str, int] = {}
    for where, number in choices.items():
        row, rest, inside = where.removeprefix(above + "/").partition("/")
        if not where.startswith(above + "/") or not row.isdigit():
            found[where] = number
        elif (moved := _row_after(button_name, int(last), int(row))) is not None:
            found[f"{above}/{moved}{rest}{inside}"] = number
    return found


def _row_after(button_name: str, pressed: int, row: int) -> int | None:
    """Where a row is after the button of another one; None when it is gone."""
    if button_name == "_remove":
        return None if row == pressed else row - (row > pressed)
    other = pressed + (1 if button_name == "_down" else -1)
    return {pressed: other, other: pressed}.get(row, row)


def _added(shaper: Shaper, shape: Shape, value: Any, path: Path) -> Any:
    here = get(value, path)
    if "array" not in shape.types:
        return put(value, path, {}) if here is ABSENT and "object" in shape.types else value
    rows = here if isinstance(here, list) else []
    least, fixed = min(int(shape.get("minItems") or 0), 10), kinds.fixed_places(shape)
    shown = isinstance(here, list) or fixed > 0    # with the empty rows it needs at least; one more was asked for
    until = max(len(rows), least, fixed) + 1 if shown else max(least, 1)
    return put(value, path, [*rows, *(_blank(shaper, kinds.row_parts(shape, at)) for at in range(len(rows), until))])


def _removed(shaper: Shaper, part: Part, value: Any, path: Path) -> Any:
    """Without the row or entry; a list that may not be empty is gone with its last row, or nobody could leave it out again."""
    left, above = put(value, path, ABSENT), path[:-1]
    shape = _at(shaper, part, value, above) if above and get(left, above) == [] else None
    return put(left, above, ABSENT) if shape is not None and shape.get("minItems") else left


def _entered(shaper: Shaper, shape: Shape, value: Any, path: Path) -> Any:
    here = get(value, path)
    if not names_open(shape) or not (here is ABSENT or here is None or isinstance(here, dict)):
        return value
    entries = here if isinstance(here, dict) else {}
    return put(value, path, {**entries, fresh_name(entries): _blank(shaper, sample_parts(shape))})


def _blank(shaper: Shaper, parts: tuple[Part, ...]) -> Any:
    """A new row: what the schema begins it with, else an empty one of its kind."""
    if (begun := filled(shaper, parts)) is not ABSENT:
        return begun
    types = shaper.shape(parts, ABSENT, ()).types if parts else frozenset()
    return {} if types == {"object"} else [] if types == {"array"} else None


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
        if isinstance(token, int) or "array" in shape.types:
            parts = kinds.row_parts(shape, int(token))
        elif token in shape.properties:
            parts = shape.properties[str(token)]
        elif names_open(shape):
            parts = entry_parts(shape, str(token))
        else:
            return None
    return shaper.shape(parts, get(value, path), path)
