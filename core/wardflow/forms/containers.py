"""Fields that hold others: groups, lists, fixed places, entries people name themselves, and the choice between alternatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wardflow.forms import kinds, words
from wardflow.forms.deciding import deciders
from wardflow.forms.field import Field, Option, Place
from wardflow.forms.marking import marks_of
from wardflow.forms.naming import entries, entry_parts, names_open, sample_parts
from wardflow.forms.paths import html_id, html_name
from wardflow.forms.registry import Part, inner
from wardflow.forms.shape import Shape
from wardflow.forms.values import ABSENT, get

if TYPE_CHECKING:
    from wardflow.forms.fields import Painter

_DEEPEST = 12
_MOST_EMPTY = 10
_IN_A_CELL = ("text", "number", "integer", "money", "date", "time", "email", "select", "checkbox")


def group(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """A group with the fields that show in it; one that contains itself is begun with a button."""
    schemas = frozenset(id(part.schema) for part in shape.parts)
    again = bool(schemas & place.above) or len(place.path) > _DEEPEST
    if again and painted.value is ABSENT:
        return replace(painted, kind="later")
    live = place.live | deciders(painter.shaper, shape.parts, place.path)
    within = replace(place, above=place.above | schemas, live=live)
    items = tuple(
        painter.paint(parts, get(painted.value, (name,)), within.inside(name, name in shape.required))
        for name, parts in shape.properties.items()
        if not _hidden(parts)
    )
    if shape.properties and names_open(shape):
        items = (*items, _besides(painter, shape, painted, within))
    grown = replace(painted, items=items)
    return replace(grown, marks=_group_marks(grown, place))


def _group_marks(grown: Field, place: Place) -> tuple[tuple[str, str], ...]:
    if place.read_only:
        return ()
    name = f"_blank.{grown.name}"
    if grown.value is None:
        return ((name, "null"),)
    if grown.value is ABSENT and place.required and place.path:
        return ((name, "none"),)
    begun = place.path and isinstance(grown.value, dict)
    return ((name, "object"),) if begun and (isinstance(place.path[-1], int) or not (grown.items and grown.said)) else ()


def named(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """An object of which people name all entries."""
    filled = _with_entries(painter, shape, painted, place)
    return replace(filled, marks=(*filled.marks, *_group_marks(filled, place)))


def _besides(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """The entries people name themselves, below those the schema lists."""
    label = words.word(_names(painter, shape), "title", painter.language) or words.small("entries", painter.language)
    plain = replace(painted, kind="map", label=label, hint="", id=f"{painted.id}--more", objections=(), facts={}, required=False)
    return _with_entries(painter, shape, plain, place)


def _with_entries(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """The map with a field for each entry; `key_name` in its facts is the control that holds the entry's name."""
    known, names = painter.shaper.every_part(shape.parts).properties, _names(painter, shape)
    items = []
    for name, each in entries(shape, painted.value, known):
        entry = painter.paint(entry_parts(shape, name), each, place.inside(name, True))
        chosen = painter.from_outside(names, name, f"{painted.pointer}/*")
        called = next((option.label for option in chosen if option.chosen), name)
        facts = {**entry.facts, "key": name, "key_name": f"_key.{html_name((*place.path, name))}", "key_options": chosen,
                 "key_label": words.word(names, "title", painter.language)}  # fmt: skip
        items.append(replace(entry, label=called or entry.label, facts=facts))
    said = words.word(painter.shaper.every_part(sample_parts(shape)), "title", painter.language)
    facts = {"row": said or words.small("entry", painter.language), **painted.facts}
    marks = () if place.read_only else ((f"_names.{painted.name}", "1"),)
    return replace(painted, items=tuple(items), facts=facts, marks=marks)


def _names(painter: Painter, shape: Shape) -> Shape:
    """What the schema says of the names of entries: a title, or the list they are chosen from."""
    parts = tuple(inner(part, each) for part, each in painter.shaper.every_part(shape.parts).every("propertyNames"))
    return Shape(parts)


def rows(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """A list with a field for each row; one that must be there, or is, offers as many empty rows as it needs at least."""
    value = painted.value if isinstance(painted.value, list) else []
    begun = not place.read_only and (place.required or isinstance(painted.value, list))
    empty = min(int(shape.get("minItems") or 0), _MOST_EMPTY) - len(value) if begun else 0
    given = [*value, *[ABSENT] * max(0, empty)]
    parts = kinds.row_parts(shape)
    offered = replace(place, above=place.above | frozenset(id(part.schema) for part in shape.parts))
    items = tuple(
        painter.paint(parts, each, place.inside(at, True)) if at < len(value) else _offered(painter.paint(parts, each, offered.inside(at, False)))
        for at, each in enumerate(given)
    )
    facts = {"row": _row_word(painter, parts), **painted.facts, "columns": _columns(items, shape)}
    return replace(painted, items=items, facts=facts, marks=marks_of(painted))


def _offered(row: Field) -> Field:
    """The empty row with the mark that it stands on the page: it is a row of the list as soon as there is a list."""
    if row.kind == "choice":
        return replace(row, items=tuple(_offered(each) for each in row.items))
    return replace(row, marks=(*row.marks, (f"_blank.{row.name}", "none"))) if row.kind in ("group", "map") else row


def _row_word(painter: Painter, parts: tuple[Part, ...]) -> str:
    """What one row is called; where rows are of several kinds, none of the kinds gives its name."""
    shape = painter.shaper.every_part(parts)
    several = any(True for word in ("oneOf", "anyOf") for _ in shape.every(word))
    said = words.word(Shape(parts) if several else shape, "title", painter.language)
    return said or words.small("row", painter.language)


def places(painter: Painter, shape: Shape, painted: Field, place: Place) -> Field:
    """A row of fixed places, each with its own meaning, and the rows that may follow them."""
    value = painted.value if isinstance(painted.value, list) else []
    needed = int(shape.get("minItems") or 0)
    shown = max(kinds.fixed_places(shape), len(value))
    items = []
    for at in range(shown):
        parts = kinds.row_parts(shape, at)
        item = painter.paint(parts, get(value, (at,)), place.inside(at, at < needed))
        said = words.word(painter.shaper.every_part(parts), "title", painter.language) if at < kinds.fixed_places(shape) else ""
        items.append(replace(item, label=said or item.label))
    facts = {"row": words.small("row", painter.language), **painted.facts, "fixed": kinds.fixed_places(shape),
             "more": kinds.more_places(shape)}  # fmt: skip
    return replace(painted, items=tuple(items), facts=facts, marks=marks_of(painted))


def choice(painter: Painter, shape: Shape, painted: Field) -> Field:
    """The questions which of the alternatives is meant, one in the other, and the field of the one taken."""
    inner = replace(painted, objections=())
    for chooser in reversed(shape.choosers):
        names = words.branch_names(painter.shaper, chooser.branches, painter.language)
        options = tuple(Option(str(at), name, at, at == chooser.picked) for at, name in enumerate(names))
        hint = "" if inner.kind == "choice" else _hint(painter, chooser.branches[chooser.picked])
        inner = replace(inner, label=names[chooser.picked], hint=hint)
        name = html_name(chooser.path)
        inner = replace(
            inner, kind="choice", name=f"_choice.{name}", id=html_id(name) + "--choice", options=options, items=(inner,), marks=(),
            live=True, label=painted.label, hint="", facts={}, objections=(),
        )  # fmt: skip
    return replace(inner, objections=painted.objections, hint=painted.hint)


def _hint(painter: Painter, branch: Part) -> str:
    return words.word(painter.shaper.every_part((branch,)), "description", painter.language)


def _hidden(parts: tuple[Part, ...]) -> bool:
    return any(part.schema.get("x-widget") == "hidden" for part in parts)


def _columns(items: Sequence[Field], shape: Shape) -> tuple[str, ...]:
    """The headings when the rows fit a table: few plain controls, the same in every row."""
    inner = items[0].items if items and all(row.kind == "group" for row in items) else ()
    plain = all(each.kind in _IN_A_CELL and not each.live for row in items for each in row.items)
    alike = all([each.path[-1] for each in row.items] == [each.path[-1] for each in inner] for row in items)
    if not inner or not plain or not alike or (len(inner) > 4 and shape.get("x-widget") != "table"):
        return ()
    return tuple(_heading(each) for each in inner)


def _heading(each: Field) -> str:
    return f"{each.label} ({each.facts['unit']})" if each.facts.get("unit") else each.label


Inside = Callable[["Painter", Shape, Field, Place], Field]
INSIDE: Mapping[str, Inside] = {"group": group, "map": named, "list": rows, "tuple": places}
