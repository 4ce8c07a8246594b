"""A filled form to read: for the case page, the summary before sending, the printed slip, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardflow.forms import spelling, words
from wardflow.forms.field import Field
from wardflow.forms.fields import fields
from wardflow.forms.registry import NO_SCHEMAS, Schemas
from wardflow.forms.values import ABSENT, is_sealed


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a label and what was answered; `heading` lines name the group of the lines after them."""

    pointer: str
    label: str
    text: str
    depth: int = 0
    heading: bool = False
    kind: str = "text"
    value: Any = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that is not the same in two submissions; an empty text means it was not there."""

    pointer: str
    label: str
    before: str
    after: str


def summary(
    schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS, language: str = "vi", empty: bool = False
) -> tuple[Row, ...]:
    """The answers in the order of the form; questions without an answer only when `empty` is asked for."""
    drawn = fields(schema, value, schemas=schemas, language=language)
    return tuple(_rows(drawn, 0, language, empty))


def differences(
    schema: Mapping[str, Any], before: Any, after: Any, *, schemas: Schemas = NO_SCHEMAS, language: str = "vi",
    named: Callable[[tuple[Row, ...]], tuple[Row, ...]] = tuple,
) -> tuple[Difference, ...]:
    """What differs between two submissions of a form, line by line, in the order of the later one.

    `named` puts names where answers are ids of people and units, which no schema knows.
    """
    old = _lines(named(summary(schema, before, schemas=schemas, language=language)))
    new = _lines(named(summary(schema, after, schemas=schemas, language=language)))
    found = []
    for where in [*new, *(each for each in old if each not in new)]:
        was, now = old.get(where), new.get(where)
        texts = (was.text if was else "", now.text if now else "")
        if texts[0] != texts[1]:
            found.append(Difference(where, (now or was or _NOTHING).label, *texts))
    return tuple(found)


def _lines(rows: tuple[Row, ...]) -> dict[str, Row]:
    """The answers by their place, each called by the groups it is in too, so that two rows of a list are told apart."""
    above: list[str] = []
    lines = {}
    for row in rows:
        above = above[: row.depth]
        if row.heading:
            above.append(row.label)
        else:
            lines[row.pointer] = replace(row, label=", ".join((*above, row.label)))
    return lines


def _rows(drawn: tuple[Field, ...], depth: int, language: str, empty: bool) -> Iterator[Row]:
    for each in drawn:
        if each.kind == "choice":
            yield from _rows(each.items, depth, language, empty)
        elif each.items and each.kind != "many":
            inside = tuple(_rows(each.items, depth + 1, language, empty))
            if inside:
                yield Row(each.pointer, each.label, "", depth, heading=True, kind=each.kind)
                yield from inside
        elif (text := answer(each, language)) or empty:
            yield Row(each.pointer, each.label, text, depth, kind=each.kind, value=each.value)


def answer(each: Field, language: str = "vi") -> str:
    """What was answered, in words."""
    small = words.SMALL.get(language, words.SMALL["vi"])
    if is_sealed(each.value):
        return small["sealed"]
    if each.value is ABSENT or each.value is None or each.kind == "later":
        return ""
    if isinstance(each.value, bool):
        return small["yes"] if each.value else small["no"]
    if each.options:
        chosen = [option.label for option in each.options if option.chosen]
        return ", ".join(chosen) or each.text
    return _plain(each)


def _plain(each: Field) -> str:
    value = each.value
    if each.kind in ("file", "files"):
        files = value if isinstance(value, list) else [value]
        return ", ".join(str(file.get("name", "")) for file in files if isinstance(file, Mapping))
    if isinstance(value, (int, float)):
        shown = spelling.show_number(value, grouped=each.kind in ("money", "number") or abs(value) >= 10_000)
        unit = "₫" if each.kind == "money" else each.facts.get("unit", "")
        return f"{shown}\u00a0{unit}" if unit else shown
    if each.kind == "time":
        return each.text.removesuffix(NO_SECONDS) if each.text.count(":") > 1 else each.text
    return each.text


NO_SECONDS = ":00"
_NOTHING = Row("", "", "")
