"""Walking a value along its schema: what shows, what is asked, what may be dropped at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.forms import kinds
from wardflow.forms.naming import entry_parts, names_open, sample_parts
from wardflow.forms.paths import pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import Path, is_sealed

_ROUNDS = 8


def without_hidden(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> Any:
    """The value without answers to questions that no longer show; drafts keep them, a finished step does not."""
    part, shaper = schemas.part(schema), Shaper(kept=schemas.shapes)
    for _ in range(_ROUNDS):
        before, value = value, mapped(shaper, (part,), value, (), _shown)
        if value == before:
            break
    return value


def with_groups(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> Any:
    """The value with every group that must be there begun, so that a check names the fields in it and not the group."""
    return mapped(Shaper(kept=schemas.shapes), (schemas.part(schema),), value, (), _begun)


Change = Callable[[Shaper, Shape, dict[str, Any]], dict[str, Any]]


def mapped(shaper: Shaper, parts: tuple[Part, ...], value: Any, path: Path, change: Change) -> Any:
    """A copy of the value with every object in it changed, outer ones first."""
    if not isinstance(value, (dict, list)) or is_sealed(value):
        return value
    shape = shaper.shape(parts, value, path)
    if isinstance(value, list):
        return [mapped(shaper, kinds.row_parts(shape, at), each, (*path, at), change) for at, each in enumerate(value)]
    changed = change(shaper, shape, value)
    known, opened = shape.properties, None
    found: dict[str, Any] = {}
    for name, each in changed.items():
        if name in known:
            each = mapped(shaper, known[name], each, (*path, name), change)
        elif isinstance(each, (dict, list)):
            opened = names_open(shape) if opened is None else opened
            each = mapped(shaper, entry_parts(shape, name), each, (*path, name), change) if opened else each
        found[name] = each
    return found


def _shown(shaper: Shaper, shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
    hidden = set(shaper.every_part(shape.parts).properties) - set(shape.properties)
    return {name: each for name, each in value.items() if name not in hidden}


def _begun(shaper: Shaper, shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
    begun = dict(value)
    for name in shape.required - set(value):
        asked = shaper.every_part(shape.properties.get(name, ()))
        if asked.types == {"object"} and asked.get("x-widget") != "file":
            begun[name] = {}
    return begun


def pointers(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> frozenset[str]:
    """Every place a form has, as rules name them: `*` stands for any row and for any name that people give."""
    visits = every_place(Shaper(kept=schemas.shapes), schemas.part(schema))
    return frozenset(pointer(tuple("*" if isinstance(token, int) else token for token in visit.path)) for visit in visits)


@dataclass(frozen=True, slots=True)
class Visit:
    """One place of a schema that a walk comes by."""

    path: Path
    shape: Shape


def every_place(shaper: Shaper, part: Part) -> list[Visit]:
    """Every place a schema speaks about, all conditions open; rows are numbered 0, entries people name are called *.

    A place inside itself is visited once: what a schema says about it there it says everywhere.
    """
    found: list[Visit] = []

    def walk(parts: tuple[Part, ...], path: Path, above: frozenset[int]) -> None:
        shape = shaper.every_part(parts)
        ids = frozenset(id(each.schema) for each in shape.parts)
        found.append(Visit(path, shape))
        if len(path) > 16 or ids & above:
            return
        for name, inside in shape.properties.items() if shape.get("x-widget") != "file" else ():
            walk(inside, (*path, name), above | ids)
        fixed = kinds.fixed_places(shape)
        for at in range(fixed):
            walk(kinds.row_parts(shape, at), (*path, at), above | ids)
        if rows := kinds.row_parts(shape):
            walk(rows, (*path, fixed), above | ids)
        if entry := sample_parts(shape):
            walk(entry, (*path, "*"), above | ids)

    walk((part,), (), frozenset())
    return found
