"""The small facts a control is drawn with: bounds, units, accepted files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.forms import words
from wardflow.forms.shape import Shape

_KEYWORDS = {
    "minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "exclusive_minimum", "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "step", "minLength": "min_length", "maxLength": "max_length", "pattern": "pattern", "format": "format",
    "minItems": "min_items", "maxItems": "max_items", "maxProperties": "max_entries", "x-accept": "accept", "x-max-size": "max_size",
    "x-rows": "rows", "x-autocomplete": "autocomplete", "x-inputmode": "inputmode", "x-reuse": "reuse", "x-list": "list",
    "x-capture": "capture", "x-width": "width", "x-suggest": "suggest",
}  # fmt: skip


def facts_of(shape: Shape, kind: str, language: str) -> Mapping[str, Any]:
    """What the schema says about the control beyond label and hint."""
    facts = {name: shape.get(keyword) for keyword, name in _KEYWORDS.items() if shape.get(keyword) is not None}
    for name in ("placeholder", "add", "row", "section", "unit"):
        if said := words.word(shape, f"x-{name}", language):
            facts[name] = said
    if kind in ("file", "files"):
        facts["accept"] = tuple(facts.get("accept", ()))
    if examples := shape.get("examples"):
        facts["example"] = examples[0]
    if kind == "json":
        facts["types"] = tuple(sorted(shape.types))
    return facts
