"""What a schema asks for that no field can be drawn for, found before a form is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from referencing.exceptions import Unresolvable

from wardflow.domain.reasons import Reason
from wardflow.forms.paths import pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas, inner
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.showing import Visit, every_place

WIDGETS = frozenset({
    "", "textarea", "radio", "money", "unit", "person", "components", "file", "hidden", "const", "table", "checkboxes", "phone",
    "identity", "map-point",
})  # fmt: skip


def undrawable(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> tuple[tuple[str, Reason], ...]:
    """Each place of a value (JSON pointer, rows numbered 0) that cannot be drawn, and why; empty for a good form."""
    part, shaper = schemas.part(schema), Shaper(kept=schemas.shapes)
    if broken := [*_broken_references(part)]:
        return tuple(broken)
    found: dict[str, Reason] = {}
    for visit in every_place(shaper, part):
        for reason in _reasons(visit):
            found.setdefault(pointer(visit.path), reason)
    return tuple(found.items())


def _reasons(visit: Visit) -> Iterator[Reason]:
    shape = visit.shape
    widget = str(shape.get("x-widget", ""))
    if widget not in WIDGETS:
        yield Reason("form.undrawable-widget", {"widget": widget})
    if shape.get("x-sealed") and any(isinstance(token, int) or token == "*" for token in visit.path):
        yield Reason("form.sealed-in-list")
    for pattern in _broken_patterns(shape):
        yield Reason("form.undrawable-pattern", {"pattern": pattern})
    if not _alternatives(shape) and any(True for _ in shape.every("type")) and not shape.types:
        yield Reason("form.undrawable-nothing", {"types": ", ".join(_asked(shape))})


def _broken_patterns(shape: Shape) -> Iterator[str]:
    patterns = [str(each) for _, each in shape.every("pattern")]
    patterns += [str(name) for _, each in shape.every("patternProperties") for name in each]
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            yield pattern


def _asked(shape: Shape) -> Iterator[str]:
    for _, each in shape.every("type"):
        yield each if isinstance(each, str) else " / ".join(each)


def _alternatives(shape: Shape) -> bool:
    """Whether the parts come from alternatives, of which only one holds at a time."""
    return any(any(shape.every(word)) for word in ("oneOf", "anyOf", "if", "dependentSchemas", "dependencies"))


def _broken_references(part: Part, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str, Reason]]:
    """References inside the form's own text that lead nowhere, at their place in the schema."""
    reference = part.schema.get("$ref")
    if isinstance(reference, str):
        try:
            part.resolver.lookup(reference)
        except Unresolvable:
            yield pointer((*where, "$ref")), Reason("form.undrawable-reference", {"reference": reference})
    for word, each in part.schema.items():
        nested = each.items() if isinstance(each, Mapping) and word in _NAMED else enumerate(each) if isinstance(each, list) else ()
        for key, schema in nested:
            if isinstance(schema, Mapping):
                yield from _broken_references(inner(part, schema), (*where, word, key))
        if isinstance(each, Mapping) and word in _SINGLE:
            yield from _broken_references(inner(part, each), (*where, word))


_NAMED = ("properties", "$defs", "definitions", "dependentSchemas", "patternProperties")
_SINGLE = ("if", "then", "else", "items", "not", "contains", "additionalProperties")
