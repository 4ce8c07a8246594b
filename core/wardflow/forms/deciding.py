"""Which values decide what else shows: a page redraws the form when one of them changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.forms.alternatives import discriminator, draws
from wardflow.forms.registry import Part, follow, inner
from wardflow.forms.shape import Shaper
from wardflow.forms.values import Path

_INNER = ("if", "not", "contains")
_LISTS = ("allOf", "anyOf", "oneOf")


def deciders(shaper: Shaper, parts: tuple[Part, ...], path: Path) -> frozenset[Path]:
    """The paths of all values that conditions of this group look at."""
    found: set[Path] = set()
    for part in shaper.every_part(parts).parts:
        if "if" in part.schema:
            found.update(_mentioned(inner(part, part.schema["if"]), path))
        for word in ("dependentSchemas", "dependentRequired", "dependencies"):
            found.update((*path, name) for name in part.schema.get(word, {}))
        for word in ("oneOf", "anyOf"):
            found.update(_telling(shaper, part, word, path))
    return frozenset(found)


def _telling(shaper: Shaper, part: Part, keyword: str, path: Path) -> Iterator[Path]:
    shapes = [shaper.every_part((inner(part, branch),)) for branch in part.schema.get(keyword, ())]
    drawn = [shape for shape in shapes if draws(shape)]
    if len(drawn) > 1 and (name := discriminator(drawn)):
        yield (*path, name)


def _mentioned(part: Part, path: Path, depth: int = 0) -> Iterator[Path]:
    schema: Any = part.schema
    if depth > 8:
        return
    for name, each in schema.get("properties", {}).items():
        below = set(_mentioned(inner(part, each), (*path, name), depth + 1))
        yield from below or {(*path, name)}
    yield from ((*path, name) for name in schema.get("required", ()) if name not in schema.get("properties", {}))
    for word in _INNER:
        if word in schema:
            yield from _mentioned(inner(part, schema[word]), path, depth + 1)
    for word in _LISTS:
        for each in schema.get(word, ()):
            yield from _mentioned(inner(part, each), path, depth + 1)
    if "$ref" in schema:
        yield from _mentioned(follow(part, schema["$ref"]), path, depth + 1)
