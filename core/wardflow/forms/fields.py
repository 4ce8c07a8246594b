"""The form as a list of fields: what a page, a phone and a printed slip all draw."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wardflow.domain.reasons import Objection
from wardflow.forms import kinds, texts, words
from wardflow.forms.containers import INSIDE, choice
from wardflow.forms.facts import facts_of
from wardflow.forms.field import Field, Option, Place, answered
from wardflow.forms.marking import marks_of
from wardflow.forms.paths import html_id, html_name, pointer
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import ABSENT, is_sealed, same


def fields(
    schema: Mapping[str, Any],
    value: Any,
    *,
    schemas: Schemas = NO_SCHEMAS,
    language: str = "vi",
    objections: Iterable[Objection] = (),
    choices: Mapping[str, int] | None = None,
    lists: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    read_only: bool = False,
) -> tuple[Field, ...]:
    """The fields that show for this value, in the order of the form, with what was typed and what is wrong with it.

    `choices` are alternatives picked by hand (see `choices_of`); `lists` are entries that a widget takes from outside
    the schema, (value, label) by the name of the widget or by the field's pointer. A form that is `read_only` is there
    to be read: what nobody answered is left out.
    """
    if not schema:
        return ()
    said: dict[str, tuple[Objection, ...]] = {}
    for objection in objections:
        said[objection.pointer] = (*said.get(objection.pointer, ()), objection)
    painter = Painter(Shaper(choices=choices or {}, kept=schemas.shapes), language, said, lists or {})
    root = painter.paint((schemas.part(schema),), value, Place((), required=True, read_only=read_only))
    drawn = root.items if root.kind == "group" else (root,)
    return answered(drawn) if read_only else drawn


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
        if kind in INSIDE:
            inner = replace(place, read_only=painted.read_only)
            painted = INSIDE[kind](self, shape, painted, inner)
        elif not painted.read_only:
            painted = replace(painted, marks=marks_of(painted) or _stored(painted, shape.types))
        return choice(self, shape, painted) if shape.choosers else painted

    def _plain(self, shape: Shape, kind: str, value: Any, place: Place) -> Field:
        """The field without what is in it."""
        name, where = html_name(place.path), pointer(place.path)
        return Field(
            path=place.path,
            pointer=where,
            name=name,
            id=html_id(name),
            kind=kind,
            label=words.label(shape.own, place.path, self.language),
            hint=words.word(shape.own, "description", self.language),
            required=place.required,
            value=value,
            text="" if kind in INSIDE else texts.show(kind, value),
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
            return self.from_outside(shape, value, where)
        if kind == "many":
            shape = self.shaper.every_part(kinds.row_parts(shape))
        elif shape.types == {"boolean"}:
            small = words.SMALL.get(self.language, words.SMALL["vi"])
            return tuple(Option(text, small[word], said, value is said) for text, word, said in _YES_NO)
        listed = kinds.choosable(self.shaper, shape) or [(shape.parts[0], None)]
        chosen = value if kind == "many" and isinstance(value, list) else [value]
        return tuple(
            Option(text, kinds.option_label(part, each, self.language), each, any(same(each, one) for one in chosen),
                   words.translated(part.schema, "description", self.language) or "" if "const" in part.schema else "")
            for text, (part, each) in zip(kinds.option_texts([each for _, each in listed]), listed, strict=True)
        )  # fmt: skip

    def from_outside(self, shape: Shape, value: Any, where: str) -> tuple[Option, ...]:
        """What can be chosen from a list that the page provides; nothing where the shape names none."""
        named = str(shape.get("x-list") or shape.get("x-widget", ""))
        # a unit of some kinds only is chosen from the lists of those kinds, where the page provides them
        kinds_of = [self.lists[name] for kind in shape.get("x-unit-kind", ()) if (name := f"{named}.{kind}") in self.lists]
        listed = self.lists.get(where, [entry for each in kinds_of for entry in each] or self.lists.get(named, ()))
        return tuple(Option(text, label, text, text == value) for text, label in listed)


_YES_NO = (("true", "yes", True), ("false", "no", False))


def _stored(painted: Field, types: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The value itself, where its text alone would not bring it back: null, an empty text, blanks at the ends."""
    value = painted.value
    if value is ABSENT or painted.kind in ("checkbox", "const", "file", "later") or any(each.chosen for each in painted.options):
        return ()
    back = texts.read(painted.kind, painted.text, types) if painted.text.strip() else ABSENT
    if same(back, value) and not painted.options and not texts.changed_on_the_way(painted.kind, painted.text):
        return ()
    return ((f"_stored.{painted.name}", json.dumps(value)),)
