"""The words a schema brings along: titles and hints in the reader's language, and a name where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wardflow.forms.registry import Part, Schema
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import Path

SMALL = {
    "vi": {"yes": "Có", "no": "Không", "sealed": "Đã niêm phong", "form": "Biểu mẫu", "row": "Dòng", "entry": "Mục",
           "entries": "Mục khác", "choice": "Cách", "string": "Chữ", "number": "Số", "integer": "Số nguyên",
           "boolean": "Có hoặc không", "object": "Các mục có tên", "array": "Danh sách", "null": "Không có gì"},
    "en": {"yes": "Yes", "no": "No", "sealed": "Sealed", "form": "Form", "row": "Row", "entry": "Entry",
           "entries": "Other entries", "choice": "Option", "string": "Text", "number": "Number", "integer": "Whole number",
           "boolean": "Yes or no", "object": "Named entries", "array": "List", "null": "Nothing"},
}  # fmt: skip
_NAMED_AFTER = 3


def small(word: str, language: str) -> str:
    """One of the few words the form itself needs."""
    return SMALL.get(language, SMALL["vi"])[word]


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
        return f"{said or small('row', language)} {last + 1}"
    return said or readable(last) or small("form", language)


def readable(name: str) -> str:
    """`street_address` and `streetAddress` as "Street address"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-]+", " ", name).strip()
    return spaced[:1].upper() + spaced[1:].lower() if spaced else name


def branch_names(shaper: Shaper, branches: Sequence[Part], language: str) -> tuple[str, ...]:
    """How each alternative is called, never two alike: its title, else what it refers to, what is in it, or its kind."""
    names: list[str] = []
    for at, branch in enumerate(branches):
        name = _branch_name(shaper.every_part((branch,)), branch, language) or f"{small('choice', language)} {at + 1}"
        names.append(name if name not in names else f"{name} ({at + 1})")
    return tuple(names)


def _branch_name(shape: Shape, branch: Part, language: str) -> str:
    if said := word(shape, "title", language):
        return said
    reference = str(branch.schema.get("$ref", "")).rstrip("#/").split("/")[-1]
    if reference and not reference.isdigit():
        return readable(reference)
    if inside := list(shape.properties.items())[:_NAMED_AFTER]:
        return ", ".join(word(Shape(parts), "title", language) or readable(name) for name, parts in inside)
    if listed := shape.get("enum"):
        return ", ".join(str(each) for each in listed[:_NAMED_AFTER]) + (", …" if len(listed) > _NAMED_AFTER else "")
    kinds = sorted(shape.types - ({"integer"} if "number" in shape.types else set()))
    return " / ".join(small(kind, language) for kind in kinds)
