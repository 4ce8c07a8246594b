"""Hidden controls that keep apart what a browser posts alike: an empty list and none, null and an empty text."""

from __future__ import annotations

from wardflow.forms.field import Field
from wardflow.forms.values import ABSENT, same


def marks_of(painted: Field) -> tuple[tuple[str, str], ...]:
    """Hidden controls that tell an empty list from none at all, and keep an order people did not choose from a list."""
    name, value = f"_blank.{painted.name}", painted.value
    if isinstance(value, list) or (painted.kind in ("list", "many", "files") and painted.required and value is ABSENT):
        marks: tuple[tuple[str, str], ...] = ((name, "array" if isinstance(value, list) else "none"),)
        if painted.kind == "many" and isinstance(value, list):
            shown = [option.text for option in painted.options if option.chosen]
            wanted = [option.text for each in value for option in painted.options if same(option.value, each)]
            if shown != wanted:
                marks += tuple((f"_order.{painted.name}", text) for text in wanted)
        return marks
    return ((name, "null"),) if value is None and painted.kind in ("list", "tuple", "many", "files") else ()
