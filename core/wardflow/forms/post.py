"""From the pairs a browser posts to the value they mean; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.forms import kinds, texts
from wardflow.forms.naming import entry_parts, names_open
from wardflow.forms.paths import pointer
from wardflow.forms.posted import Posted, sort
from wardflow.forms.registry import NO_SCHEMAS, Part, Schemas
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.values import ABSENT, SEALED, Path, get

_ROUNDS = 8
_MOST_ROWS = 2000


def from_post(
    schema: Mapping[str, Any], pairs: Iterable[tuple[str, str]], *, schemas: Schemas = NO_SCHEMAS, base: Any = ABSENT
) -> Any:
    """The value a form was sent with. What the form did not draw (read-only, hidden for now, unknown to the schema)
    is taken from `base`, the value the page was made from; names the schema does not know are left out."""
    if not schema:
        return {} if base is ABSENT else base
    found = sort(pairs)
    posted, part = found.posted, schemas.part(schema)
    reader = Reader(Shaper(choices=found.choices, kept=schemas.shapes))
    value: Any = base
    for _ in range(_ROUNDS):
        before, value = value, reader.value((part,), posted, value, (), base)
        if value == before:
            break
    if value is ABSENT:
        types = reader.shaper.every_part((part,)).types
        return {} if "object" in types else [] if "array" in types else None
    return value


def choices_of(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The alternatives picked by hand in a posted form, by pointer, for drawing it again."""
    return dict(sort(pairs).choices)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values along the shape that `known`, the value of the round before, gives the form."""

    shaper: Shaper

    def value(self, parts: tuple[Part, ...], posted: Posted, known: Any, path: Path, base: Any) -> Any:
        """The value posted at a place, or ABSENT."""
        return self._read(parts, posted, known, path, base, required=True)[0]

    def _read(
        self, parts: tuple[Part, ...], posted: Posted, known: Any, path: Path, base: Any, *, required: bool
    ) -> tuple[Any, bool]:
        """The value, and whether a person said it: constants and unticked boxes alone begin no group."""
        shape = self.shaper.shape(parts, known, path)
        value, said = self._shaped(shape, posted, known, path, base, required=required)
        return value, said or (value is not ABSENT and self.shaper.choices.get(pointer(path), 0) > 0)

    def _shaped(
        self, shape: Shape, posted: Posted, known: Any, path: Path, base: Any, *, required: bool
    ) -> tuple[Any, bool]:
        if shape.get("readOnly"):
            return base, base is not ABSENT
        if posted.blank == "sealed" and not any(text.strip() for text in posted.texts):
            return dict(SEALED), True
        kind = kinds.kind_of(self.shaper, shape, known, required=required)
        switched = pointer(path) in self.shaper.choices
        if kind in ("group", "map", "list", "tuple") and posted.texts and not posted.inside and not switched:
            return self._control(shape, "json", posted, required)
        if kind in ("group", "map"):
            value, said = self._group(shape, posted, known, path, base)
            nothing = not said and (value is ABSENT or posted.blank == "none")
            return (None, False) if nothing and required and path and _nullable(shape) else (value, said)
        if kind == "list" or kind == "tuple":
            return self._rows(shape, posted, known, path, base, fixed=kind == "tuple")
        if kind == "many":
            return self._many(shape, posted)
        if kind == "files":
            return _files(posted)
        return self._control(shape, kind, posted, required)

    def _control(self, shape: Shape, kind: str, posted: Posted, required: bool) -> tuple[Any, bool]:
        text = posted.texts[-1] if posted.texts else ""
        if posted.stored and (stored := texts.untouched(kind, posted.stored, text)) is not ABSENT:
            return stored, True
        if kind == "const" and posted.blank == "const":
            return self._chosen(shape, text, const=True), False
        if not text.strip() and not (kind == "const" and posted.texts):
            return (None, False) if required and posted.texts and _nullable(shape) else (ABSENT, False)
        if kind == "checkbox":
            return text == "true", text == "true"
        if kind in ("select", "radio", "const"):
            return self._chosen(shape, text), kind != "const"
        if kind == "file":
            return _file(text), _file(text) is not ABSENT
        return texts.read(kind, text, shape.types), True

    def _chosen(self, shape: Shape, text: str, *, const: bool = False) -> Any:
        """The value of the list that the text stands for; a constant needs no text."""
        if const:
            return next((value for _, value in kinds.choosable(self.shaper, shape)), None)
        if shape.types == {"boolean"}:
            return {"true": True, "false": False}.get(text, text)
        values = [value for _, value in kinds.choosable(self.shaper, shape)] or [None]
        return next((value for value, own in zip(values, kinds.option_texts(values), strict=True) if own == text), text)

    def _many(self, shape: Shape, posted: Posted) -> tuple[Any, bool]:
        row = self.shaper.every_part(kinds.row_parts(shape))
        ticked = [text for text in posted.texts if text]
        ordered = [text for text in posted.order if text in ticked]
        found = [self._chosen(row, text) for text in [*ordered, *(text for text in ticked if text not in ordered)]]
        return (found, True) if found or posted.blank == "array" else _nothing(posted)

    def _group(self, shape: Shape, posted: Posted, known: Any, path: Path, base: Any) -> tuple[Any, bool]:
        found: dict[str, Any] = {}
        said = posted.blank == "object"
        shown, ever = shape.properties, _with_hidden(self.shaper, shape)
        for name, parts in ever.items():
            stored = get(base, (name,))
            below = posted.inside.get(name)
            if below is None and stored is not ABSENT:
                found[name], said = stored, True
            elif below is not None:
                value, spoken = self._read(
                    shown.get(name, parts), below, get(known, (name,)), (*path, name), stored, required=name in shape.required
                )
                if value is not ABSENT:
                    found[name] = value
                said = said or spoken
        if names_open(shape):
            found.update(self._entries(shape, posted, known, path, base, ever))
        for name in base if isinstance(base, Mapping) and not posted.named else ():
            if name not in found and name not in posted.inside:
                found[name] = base[name]
        said = said or any(name not in ever for name in found)
        if posted.blank == "none" and not said:
            return found, False    # it must be there, or stands in a list: with nothing in it, or what begins nothing
        return (found, True) if said or (not path and found) else _nothing(posted)

    def _entries(
        self, shape: Shape, posted: Posted, known: Any, path: Path, base: Any, listed: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The entries people named themselves; one whose value is empty stays, or its name would have to be typed again."""
        found: dict[str, Any] = {}
        for name, below in posted.inside.items():
            if isinstance(name, str) and name not in listed:
                parts, stored = entry_parts(shape, name), get(base, (name,))
                value, _ = self._read(parts, below, get(known, (name,)), (*path, name), stored, required=True)
                found[name] = None if value is ABSENT else value
        return found

    def _rows(self, shape: Shape, posted: Posted, known: Any, path: Path, base: Any, *, fixed: bool) -> tuple[Any, bool]:
        """The rows; those a page offers empty count as soon as one says anything, or where the list must be there."""
        found: list[Any] = []
        begun = posted.blank == "array"
        for at in sorted(token for token in posted.inside if isinstance(token, int))[:_MOST_ROWS]:
            parts, below = kinds.row_parts(shape, at if fixed else -1), posted.inside[at]
            value, said = self._row(parts, below, get(known, (at,)), (*path, at), get(base, (at,)))
            if said or (below.blank == "none" and value is not ABSENT):
                found += [None] * (at - len(found) if fixed else 0)
                found.append(value)
                begun = begun or said
        if found and (begun or posted.blank == "none"):
            return found, begun
        return (found, True) if begun else _nothing(posted)

    def _row(self, parts: tuple[Part, ...], below: Posted, known: Any, path: Path, base: Any) -> tuple[Any, bool]:
        """One row, and whether it is there by what a person did."""
        needed = below.blank not in ("", "none") or bool(below.stored)
        value, said = self._read(parts, below, known, path, base, required=needed)
        if value is ABSENT and self._stands(below, path):
            return self._begun(parts, path), True
        return value, said or value is False

    def _stands(self, row: Posted, path: Path) -> bool:
        """Whether a row was on the page as one that is there, although nothing is in it yet."""
        return row.blank not in ("", "none") or row.stored == "null" or self.shaper.choices.get(pointer(path), 0) > 0

    def _begun(self, parts: tuple[Part, ...], path: Path) -> Any:
        """An empty row of the kind that was asked for."""
        kind = kinds.kind_of(self.shaper, self.shaper.shape(parts, ABSENT, path), ABSENT, required=True)
        begun: Any = {"group": {}, "map": {}, "list": [], "tuple": [], "many": [], "checkbox": False}.get(kind)
        return begun


def _with_hidden(shaper: Shaper, shape: Shape) -> dict[str, tuple[Part, ...]]:
    """What shows, then what other answers would show: it may have been typed before the answer changed."""
    shown = shape.properties
    every = shaper.every_part(shape.parts).properties
    return {**shown, **{name: parts for name, parts in every.items() if name not in shown}}


def _nothing(posted: Posted) -> tuple[Any, bool]:
    return {"null": (None, True), "none": ([], False)}.get(posted.blank, (ABSENT, False))


def _nullable(shape: Shape) -> bool:
    return bool(shape.get("x-nullable")) or "null" in shape.types


def _files(posted: Posted) -> tuple[Any, bool]:
    kept = [file for text in posted.texts if (file := _file(text)) is not ABSENT]
    return (kept, True) if kept or posted.blank == "array" else _nothing(posted)


def _file(text: str) -> Any:
    """The reference a page carries to a file already kept; whose file it is, the caller looks up."""
    found = texts.parsed(text)
    return found if isinstance(found, dict) else ABSENT


