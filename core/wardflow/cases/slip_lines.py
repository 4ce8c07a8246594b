"""What a slip says of a case in the words of its pack: answers of steps as lines, sentences with answers in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wardflow import forms
from wardflow.cases.acting import Held
from wardflow.packs import Slip

OPENING = "form"
"""The name under which a case keeps what it opened with."""
_PLACE = re.compile(r"\{(\w+(?:\.\w+)*)\}")


def said(held: Held, slip: Slip, data: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of documents/README.md that the slip's row in pack.toml fills; what it leaves out is not there."""
    words: dict[str, Any] = {"title": slip.title}
    if slip.subject:
        words["subject"] = _filled(held, slip.subject, data)
    if slip.lines:
        words["lines"] = [{"name": row.label, "value": _text(held, row)} for name in slip.lines for row in _rows(held, name, data)]
    if slip.articles:
        words["articles"] = [text for each in slip.articles if (text := _filled(held, each, data))]
    if slip.reasons:
        words["reasons"] = [{"text": text} for each in slip.reasons if (text := _filled(held, each, data))]
    return words


def cells(held: Held, slip: Slip, data: Mapping[str, Any], language: str = "vi") -> tuple[str, ...]:
    """What the list of a decision over several cases says of one of them."""
    return tuple(", ".join(_text(held, row) for row in _rows(held, name, data, language)) for name in slip.annex)


def headings(held: Held, slip: Slip, language: str = "vi") -> tuple[str, ...]:
    """What stands above the columns of that list: the labels of the fields."""
    return tuple(_label(held, name, language) for name in slip.annex)


def _label(held: Held, name: str, language: str) -> str:
    step, _, inner = name.partition(".")
    schema: Any = _schema(held, step) or {}
    for part in filter(None, inner.split(".")):
        schema = schema.get("properties", {}).get(part, {})
    english = schema.get("x-i18n", {}).get(language, {})
    return str(english.get("title") or schema.get("title") or name)


def _filled(held: Held, text: str, data: Mapping[str, Any]) -> str:
    """The sentence with its answers; nothing when none of its answers was given."""
    asked = _PLACE.findall(text)
    found = {name: ", ".join(_text(held, row) for row in _rows(held, name, data)) for name in asked}
    if asked and not any(found.values()):
        return ""
    return _PLACE.sub(lambda match: found[match.group(1)], text)


def _rows(held: Held, name: str, data: Mapping[str, Any], language: str = "vi") -> tuple[forms.Row, ...]:
    """The answers of a step, or of one property of it, in the order of its form."""
    step, _, inner = name.partition(".")
    schema, value = _schema(held, step), data.get(step)
    if schema is None or not isinstance(value, Mapping):
        return ()
    rows = forms.summary(schema, value, schemas=held.matter.schemas, language=language)
    pointer = "/" + inner.replace(".", "/")
    return tuple(row for row in rows if not row.heading and (not inner or f"{row.pointer}/".startswith(f"{pointer}/")))


def _schema(held: Held, step: str) -> Mapping[str, Any] | None:
    if step == OPENING:
        return held.matter.opening_schema
    if step in held.matter.pack.messages:
        return held.matter.schema(held.matter.pack.messages[step].form)
    nodes = held.matter.definition.nodes.values()
    path = next((node.attributes.get("form") for node in nodes if node.element == step), None)
    return held.matter.schema(path)


def _text(held: Held, row: forms.Row) -> str:
    """The answer in words; a unit by its name."""
    try:
        return held.snapshot.register.unit(row.value).name if isinstance(row.value, str) else row.text
    except LookupError:
        return row.text
