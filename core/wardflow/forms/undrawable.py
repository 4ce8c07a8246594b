"""What a schema asks for that no field can be drawn for, found before a form is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referencing.exceptions import Unresolvable

from wardflow.domain.reasons import Reason
from wardflow.forms import kinds
from wardflow.forms.paths import pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas, inner
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.showing import Visit, every_place
from wardflow.forms.values import ABSENT

WIDGETS = frozenset({
    "", "textarea", "radio", "money", "unit", "person", "components", "file", "hidden", "const", "table", "checkboxes", "phone",
    "identity", "map-point",
})  # fmt: skip


def undrawable(schema: Mapping[str, Any], *, schemas: Schemas = NO_SCHEMAS) -> tuple[tuple[str, Reason], ...]:
    """Each place of a value (JSON pointer, rows numbered 0) that cannot be drawn, and why; empty for a good form."""
    part, shaper = schemas.part(schema), Shaper()
    if broken := [*_broken_references(part)]:
        return tuple(broken)
    found: dict[str, Reason] = {}
    for visit in every_place(shaper, part):
        for reason in _reasons(shaper, visit):
            found.setdefault(pointer(visit.path), reason)
    return tuple(found.items())


def _reasons(shaper: Shaper, visit: Visit) -> Iterator[Reason]:
    shape = visit.shape
    kind = kinds.kind_of(shaper, shape, ABSENT, required=False)
    widget = str(shape.get("x-widget", ""))
    if widget not in WIDGETS:
        yield Reason("form.undrawable-widget", {"widget": widget})
    if shape.get("x-sealed") and any(isinstance(token, int) for token in visit.path):
        yield Reason("form.sealed-in-list")
    if any(shape.every("patternProperties")):
        yield Reason("form.undrawable-pattern-names")
    if kind == "json" and not _alternatives(shape):
        yield _unclear(shape)
    if _nameless(shaper, shape):
        yield Reason("form.undrawable-branches")


def _unclear(shape: Shape) -> Reason:
    types = shape.types - {"null"}
    if not types:
        return Reason("form.undrawable-any")
    if types == {"array"}:
        return Reason("form.undrawable-items")
    if types == {"object"}:
        return Reason("form.undrawable-map")
    return Reason("form.undrawable-mixed", {"types": ", ".join(sorted(types))})


def _alternatives(shape: Shape) -> bool:
    return any(any(shape.every(word)) for word in ("oneOf", "anyOf"))


def _nameless(shaper: Shaper, shape: Shape) -> bool:
    """Whether a person would have to choose between alternatives that have no names."""
    for part in shape.parts:
        chooser = next(iter(shaper.shape((part,), ABSENT, ()).choosers), None)
        if chooser and not all(shaper.every_part((branch,)).get("title") for branch in chooser.branches):
            return True
    return False


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
