"""What the field at a pointer is called, from the form down to it."""

from __future__ import annotations

from referencing.exceptions import Unresolvable

from wardflow.forms.registry import NO_SCHEMAS, Part, Schema, Schemas, follow, inner
from wardflow.forms.words import readable, translated


def captions(schema: Schema, pointer: str, *, schemas: Schemas = NO_SCHEMAS, language: str = "vi") -> tuple[str, ...]:
    """The titles on the way to a field; `*` or a number is any row of a list and has no name of its own.

    Where the form has no such field, or gives it no title, a readable form of its name stands in.
    """
    part: Part | None = schemas.part(schema)
    said = []
    for step in pointer.split("/")[1:]:
        row = step == "*" or step.isdigit()
        part = _below(part, step, row)
        if not row:
            title = translated(part.schema, "title", language) if part else None
            said.append(str(title or readable(step)))
    return tuple(said)


def _below(part: Part | None, step: str, row: bool) -> Part | None:
    if part is None:
        return None
    found = part.schema.get("items") if row else part.schema.get("properties", {}).get(step)
    if found is None:
        return None
    below = inner(part, found)
    try:
        while "title" not in below.schema and isinstance(below.schema.get("$ref"), str):
            below = follow(below, below.schema["$ref"])
    except Unresolvable:
        return None
    return below
