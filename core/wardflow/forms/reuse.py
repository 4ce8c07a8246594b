"""Which questions of a form ask for something that a person may have declared before: those that name it with `x-reuse`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.forms.check import check
from wardflow.forms.paths import pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas, follow, inner
from wardflow.forms.values import ABSENT, Path, get, is_sealed

DEEPEST = 6


def reusable(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> dict[str, Path]:
    """The place of each question by the name of what it asks for; the first question wins where two ask the same."""
    found: dict[str, Path] = {}
    for name, path in _named(schemas.part(schema), ()):
        found.setdefault(name, path)
    return found


def declared(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> dict[str, Any]:
    """What a filled form says, by those names; blanks and what is sealed are left out."""
    said = {name: get(value, path) for name, path in reusable(schema, schemas=schemas).items()}
    return {name: text for name, text in said.items() if text is not ABSENT and text not in (None, "", [], {}) and not _hides(text)}


def fits(schema: Mapping[str, Any], value: Any, path: Path, *, schemas: Schemas = NO_SCHEMAS) -> bool:
    """Whether the form takes what stands there, whatever else of it is missing or wrong."""
    at = pointer(path)
    return not any(each.pointer == at or each.pointer.startswith(at + "/") for each in check(schema, value, schemas=schemas))


def _named(part: Part, path: Path) -> Iterator[tuple[str, Path]]:
    for properties in _all(part, "properties", len(path)):
        for name, schema in properties.schema.items():
            if not isinstance(schema, Mapping):
                continue
            if isinstance(schema.get("x-reuse"), str):
                yield schema["x-reuse"], (*path, name)
            elif len(path) < DEEPEST:
                yield from _named(inner(properties, schema), (*path, name))


def _all(part: Part, keyword: str, depth: int) -> Iterator[Part]:
    """The parts that have the keyword: the schema itself and what it refers to."""
    if isinstance(part.schema.get(keyword), Mapping):
        yield inner(part, part.schema[keyword])
    if isinstance(part.schema.get("$ref"), str) and depth < DEEPEST:
        yield from _all(follow(part, part.schema["$ref"]), keyword, depth + 1)


def _hides(value: Any) -> bool:
    if is_sealed(value):
        return True
    if isinstance(value, Mapping):
        return any(map(_hides, value.values()))
    return isinstance(value, list) and any(map(_hides, value))
