"""Sealed values are taken out of a form before anything else sees it, and put back for those who may read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.forms.kinds import row_parts
from wardflow.forms.naming import entry_parts
from wardflow.forms.paths import path_of, pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shaper
from wardflow.forms.showing import every_place
from wardflow.forms.values import ABSENT, SEALED, Path, get, is_sealed, put


def split_sealed(
    schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS
) -> tuple[Any, dict[str, Any]]:
    """The open value, with a mark where something was taken out, and what was taken out, by JSON pointer.

    A field counts as sealed when any branch of any condition says so. A mark that is already there stays.
    """
    taken: dict[str, Any] = {}
    for path, _ in _sealed_places(schema, value, schemas):
        if not is_sealed(get(value, path)):
            taken[pointer(path)] = get(value, path)
    for where in taken:
        value = put(value, path_of(where, value), dict(SEALED))
    return value, taken


def join_sealed(value: Any, taken: Mapping[str, Any]) -> Any:
    """The whole value again; what no longer has a mark is left out."""
    for where, each in taken.items():
        path = path_of(where, value)
        if is_sealed(get(value, path)):
            value = put(value, path, each)
    return value


def sealed_roles(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> dict[str, str]:
    """Which role may open each field the schema seals, by JSON pointer."""
    places = every_place(Shaper(kept=schemas.shapes), schemas.part(schema))
    return {pointer(each.path): str(role) for each in places if (role := each.shape.get("x-sealed"))}


def _sealed_places(schema: Mapping[str, Any], value: Any, schemas: Schemas) -> list[tuple[Path, str]]:
    return list(_walk(Shaper(kept=schemas.shapes), (schemas.part(schema),), value, ()))


def _walk(shaper: Shaper, parts: tuple[Part, ...], value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if value is ABSENT or value is None:
        return
    shape = shaper.every_part(parts)
    if role := shape.get("x-sealed"):
        yield path, str(role)
    elif isinstance(value, Mapping):
        known = shape.properties
        for name, each in value.items():
            yield from _walk(shaper, known.get(name) or entry_parts(shape, name), each, (*path, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _walk(shaper, row_parts(shape, at), each, (*path, at))
