"""The words a schema brings along: titles and hints in the reader's language, and a name where there is none."""

from __future__ import annotations

import re
from typing import Any

from wardflow.forms.registry import Schema
from wardflow.forms.shape import Shape
from wardflow.forms.values import Path

ROW = {"vi": "Dòng", "en": "Row"}
CHOICE = {"vi": "Cách", "en": "Option"}
SMALL = {
    "vi": {"yes": "Có", "no": "Không", "sealed": "Đã niêm phong", "form": "Biểu mẫu"},
    "en": {"yes": "Yes", "no": "No", "sealed": "Sealed", "form": "Form"},
}


def translated(schema: Schema, word: str, language: str) -> Any:
    """The schema's own word in the language, else in Vietnamese."""
    if language != "vi":
        other = schema.get("x-i18n", {}).get(language, {})
        if other.get(word):
            return other[word]
    return schema.get(word)


def word(shape: Shape, keyword: str, language: str) -> str:
    """What the nearest part that has the word says."""
    for part in shape.parts:
        if said := translated(part.schema, keyword, language):
            return str(said)
    return ""


def label(shape: Shape, path: Path, language: str) -> str:
    """The title; without one, a readable form of the property's name."""
    said = word(shape, "title", language)
    last = path[-1] if path else ""
    if isinstance(last, int):
        return f"{said or ROW.get(language, ROW['vi'])} {last + 1}"
    return said or readable(last) or SMALL.get(language, SMALL["vi"])["form"]


def readable(name: str) -> str:
    """`street_address` and `streetAddress` as "Street address"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-]+", " ", name).strip()
    return spaced[:1].upper() + spaced[1:].lower() if spaced else name
