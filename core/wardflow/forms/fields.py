"""The form as a list of fields: what a page, a phone and a printed slip all draw."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wardflow.domain.reasons import Objection
from wardflow.forms import kinds, texts, words
from wardflow.forms.deciding import deciders
from wardflow.forms.facts import facts_of
from wardflow.forms.field import Field, Option
from wardflow.forms.paths import html_id, html_name, path_of, pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import ABSENT, Path, get, is_sealed

_DEEPEST = 12


def fields(
    schema: Mapping[str, Any],
    value: Any,
    *,
    schemas: Schemas = NO_SCHEMAS,
    language: str = "vi",
    objections: Iterable[Objection] = (),
    choices: Mapping[str, int] | None = None,
    lists: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> tuple[Field, ...]:
    """The fields that show for this value, in the order of the form, with what was typed and what is wrong with it.

    `choices` are alternatives picked by hand (see `choices_of`); `lists` are entries that a widget takes from outside
    the schema, (value, label) by the name of the widget or by the field's pointer.
    """
    if not schema:
        return ()
    by_hand = {path_of(where, value): number for where, number in (choices or {}).items()}
    said: dict[str, tuple[Objection, ...]] = {}
    for objection in objections:
        said[objection.pointer] = (*said.get(objection.pointer, ()), objection)
    painter = Painter(Shaper(choices=by_hand), language, said, lists or {})
    root = painter.paint((schemas.part(schema),), value, Place((), required=True))
    return root.items if root.kind == "group" else (root,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: its path, whether it must be filled, what encloses it."""

    path: Path
    required: bool = False
    above: frozenset[int] = frozenset()
    live: frozenset[Path] = frozenset()
    read_only: bool = False

    def inside(self, token: str | int, required: bool) -> Place:
        """The place of a field within this one."""
        return replace(self, path=(*self.path, token), required=required)


@dataclass(frozen=True, slots=True)
class Painter:
    """Turns shapes into fields."""

    shaper: Shaper
    language: str = "vi"
    said: Mapping[str, tuple[Objection, ...]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def paint(self, parts: tuple[Part, ...], value: Any, place: Place) -> Field:
        """The field for one value, with all that is in it."""
        shape = self.shaper.shape(parts, value, place.path)
        kind = kinds.kind_of(self.shaper, shape, value, required=place.required)
        painted = self._plain(shape, kind, value, place)
        if painted.sealed and is_sealed(value):
            return replace(painted, kind="sealed", value=value, marks=((f"_blank.{painted.name}", "sealed"),))
        if painted.kind == "text" and painted.options:
            painted = replace(painted, kind="select")
        if kind in _INSIDE:
            inner = replace(place, read_only=painted.read_only)
            painted = _INSIDE[kind](self, shape, painted, inner)
        elif not painted.read_only:
            painted = replace(painted, marks=_marks(painted) or _stored(painted, shape.types))
        return self._choice(shape, painted) if shape.choosers else painted

    def _plain(self, shape: Shape, kind: str, value: Any, place: Place) -> Field:
        """The field without what is in it."""
        name, where = html_name(place.path), pointer(place.path)
        return Field(
            path=place.path,
            pointer=where,
            name=name,
            id=html_id(name),
            kind=kind,
            label=words.label(shape, place.path, self.language),
            hint=words.word(shape, "description", self.language),
            required=place.required,
            value=value,
            text="" if kind in _INSIDE else texts.show(kind, value),
            options=self._options(shape, kind, value, where),
            read_only=place.read_only or bool(shape.get("readOnly")),
            sealed=str(shape.get("x-sealed", "")),
            objections=self.said.get(where, ()),
            live=place.path in place.live,
            widget=str(shape.get("x-widget", "")),
            facts=facts_of(self.shaper.every_part(kinds.row_parts(shape)) if kind == "files" else shape, kind, self.language),
        )

    def _options(self, shape: Shape, kind: str, value: Any, where: str) -> tuple[Option, ...]:
        if kind not in ("select", "radio", "many", "const"):
            return self._from_outside(shape, value, where)
        if kind == "many":
            shape = self.shaper.every_part(kinds.row_parts(shape))
        elif shape.types == {"boolean"}:
            small = words.SMALL.get(self.language, words.SMALL["vi"])
            return tuple(Option(text, small[word], said, value is said) for text, word, said in _YES_NO)
        listed = kinds.choosable(self.shaper, shape) or [(shape.parts[0], None)]
        chosen = value if kind == "many" and isinstance(value, list) else [value]
        return tuple(
            Option(text, kinds.option_label(part, each, self.language), each, any(_same(each, one) for one in chosen),
                   words.translated(part.schema, "description", self.language) or "" if "const" in part.schema else "")
            for text, (part, each) in zip(kinds.option_texts([each for _, each in listed]), listed, strict=True)
        )  # fmt: skip

    def _from_outside(self, shape: Shape, value: Any, where: str) -> tuple[Option, ...]:
        named = str(shape.get("x-list") or shape.get("x-widget", ""))
        listed = self.lists.get(where, self.lists.get(named, ()))
        return tuple(Option(text, label, text, text == value) for text, label in listed)

    def group(self, shape: Shape, painted: Field, place: Place) -> Field:
        """A group with the fields that show in it; one that contains itself is begun with a button."""
        schemas = frozenset(id(part.schema) for part in shape.parts)
        again = bool(schemas & place.above) or len(place.path) > _DEEPEST
        if again and painted.value is ABSENT:
            return replace(painted, kind="later")
        inner = replace(
            place, above=place.above | schemas, live=place.live | deciders(self.shaper, shape.parts, place.path)
        )
        items = tuple(
            self.paint(parts, get(painted.value, (name,)), inner.inside(name, name in shape.required))
            for name, parts in shape.properties.items()
            if not _hidden(parts)
        )
        grown = replace(painted, items=items)
        kept = place.path and isinstance(painted.value, dict) and not place.read_only
        if painted.value is None and not place.read_only:
            grown = replace(grown, marks=((f"_blank.{painted.name}", "null"),))
        elif kept and (isinstance(place.path[-1], int) or not grown.said):
            grown = replace(grown, marks=((f"_blank.{painted.name}", "object"),))
        return grown

    def rows(self, shape: Shape, painted: Field, place: Place) -> Field:
        """A list with a field for each row; as many empty rows as it needs at least."""
        value = painted.value if isinstance(painted.value, list) else []
        empty = min(int(shape.get("minItems") or 0), 10) - len(value) if not place.read_only else 0
        given = [*value, *[ABSENT] * max(0, empty)]
        items = tuple(
            self.paint(kinds.row_parts(shape), each, place.inside(at, at < len(value))) for at, each in enumerate(given)
        )
        blank = place.inside(len(given), False)
        sample = self.paint(kinds.row_parts(shape), ABSENT, replace(blank, above=place.above | _ids(shape)))
        row = words.word(self.shaper.every_part(kinds.row_parts(shape)), "title", self.language)
        facts = {"row": row or words.ROW.get(self.language, words.ROW["vi"]), **painted.facts,
                 "columns": _columns(sample, items, shape)}  # fmt: skip
        return replace(painted, items=items, facts=facts, marks=_marks(painted))

    def places(self, shape: Shape, painted: Field, place: Place) -> Field:
        """A row of fixed places, each with its own meaning."""
        fixed = max(len(each) for _, each in (*shape.every("prefixItems"), *shape.every("items")) if isinstance(each, list))
        value = painted.value if isinstance(painted.value, list) else []
        needed = int(shape.get("minItems") or 0)
        items = tuple(
            self.paint(kinds.row_parts(shape, at), get(value, (at,)), place.inside(at, at < needed))
            for at in range(max(fixed, len(value)))
        )
        return replace(painted, items=items, marks=_marks(painted))

    def _choice(self, shape: Shape, painted: Field) -> Field:
        """The question which of the alternatives is meant, and the field of the one taken."""
        chooser = shape.choosers[0]
        options = []
        for number, branch in enumerate(chooser.branches):
            said = words.word(self.shaper.every_part((branch,)), "title", self.language)
            label = said or f"{words.CHOICE.get(self.language, words.CHOICE['vi'])} {number + 1}"
            options.append(Option(str(number), label, number, number == chooser.picked))
        return replace(
            painted, kind="choice", name=f"_choice.{painted.name}", id=painted.id + "--choice", options=tuple(options),
            items=(replace(painted, objections=()),), marks=(), live=True,
        )  # fmt: skip


_YES_NO = (("true", "yes", True), ("false", "no", False))
_INSIDE: Mapping[str, Callable[[Painter, Shape, Field, Place], Field]] = {
    "group": Painter.group, "list": Painter.rows, "tuple": Painter.places,
}  # fmt: skip


def _marks(painted: Field) -> tuple[tuple[str, str], ...]:
    """Hidden controls that tell an empty list from none at all, and keep an order people did not choose from a list."""
    name, value = f"_blank.{painted.name}", painted.value
    if isinstance(value, list) or (painted.kind in ("list", "many", "files") and painted.required and value is ABSENT):
        marks: tuple[tuple[str, str], ...] = ((name, "array" if isinstance(value, list) else "none"),)
        if painted.kind == "many" and isinstance(value, list):
            shown = [option.text for option in painted.options if option.chosen]
            wanted = [option.text for each in value for option in painted.options if _same(option.value, each)]
            if shown != wanted:
                marks += tuple((f"_order.{painted.name}", text) for text in wanted)
        return marks
    return ((name, "null"),) if value is None and painted.kind in ("list", "tuple", "many", "files") else ()


def _stored(painted: Field, types: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The value itself, where its text alone would not bring it back: null, an empty text, blanks at the ends."""
    value = painted.value
    if value is ABSENT or painted.kind in ("checkbox", "const", "file", "later") or any(each.chosen for each in painted.options):
        return ()
    back = texts.read(painted.kind, painted.text, types) if painted.text.strip() else ABSENT
    if _same(back, value) and not painted.options and not texts.changed_on_the_way(painted.kind, painted.text):
        return ()
    return ((f"_stored.{painted.name}", json.dumps(value)),)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _hidden(parts: tuple[Part, ...]) -> bool:
    return any(part.schema.get("x-widget") == "hidden" for part in parts)


def _ids(shape: Shape) -> frozenset[int]:
    return frozenset(id(part.schema) for part in shape.parts)


def _columns(sample: Field, items: Sequence[Field], shape: Shape) -> tuple[str, ...]:
    """The headings when the rows fit a table: few plain controls, the same in every row."""
    inner = sample.items
    plain = all(each.kind in _IN_A_CELL and not each.live for each in inner)
    alike = all([each.path[-1] for each in row.items] == [each.path[-1] for each in inner] for row in items)
    if not inner or not plain or not alike or (len(inner) > 4 and shape.get("x-widget") != "table"):
        return ()
    return tuple(f"{each.label} ({each.facts['unit']})" if each.facts.get("unit") else each.label for each in inner)


_IN_A_CELL = ("text", "number", "integer", "money", "date", "time", "email", "select", "checkbox")
