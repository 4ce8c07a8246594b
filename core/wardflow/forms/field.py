"""One control of a form, ready to be drawn: no template has to know JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wardflow.domain.reasons import Objection
from wardflow.forms.values import ABSENT, Path


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from; `text` is what the browser posts, `value` what the form keeps."""

    text: str
    label: str
    value: Any
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A control, a group of controls, or a list of rows.

    `value` is what the form holds (ABSENT when nothing), `text` what the control shows: exactly what was typed where
    that could not be understood. `marks` are hidden controls that keep an empty answer apart from none at all.
    """

    path: Path
    pointer: str
    name: str
    id: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    value: Any = ABSENT
    text: str = ""
    options: tuple[Option, ...] = ()
    items: tuple[Field, ...] = ()
    read_only: bool = False
    sealed: str = ""
    objections: tuple[Objection, ...] = ()
    live: bool = False
    widget: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def invalid(self) -> bool:
        """Whether something said about it blocks."""
        return any(objection.blocks for objection in self.objections)

    @property
    def said(self) -> bool:
        """Whether a person has put something here: constants and unticked boxes do not count."""
        if self.items:
            return any(item.said for item in self.items)
        return self.kind != "const" and not any(self.value is nothing for nothing in (ABSENT, None, False))

    def leaves(self) -> Iterator[Field]:
        """The controls in it, itself if it is one, in the order of the page."""
        if self.kind not in ("group", "map", "list", "tuple", "choice"):
            yield self
        for item in self.items:
            yield from item.leaves()


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


def every_field(fields: Iterable[Field]) -> Iterator[Field]:
    """All fields, groups and lists before what is in them."""
    for each in fields:
        yield each
        yield from every_field(each.items)


def unplaced(fields: Iterable[Field], objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """The objections that no field of the form shows, for the top of the page."""
    shown = {each.pointer for each in every_field(fields)}
    return tuple(objection for objection in objections if objection.pointer not in shown)


def answered(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields with an answer, and the groups and lists that hold one."""
    # the cells of a table stay, or what is left would stand under other headings
    found = (replace(each, items=answered(each.items)) if each.items and not each.facts.get("columns") else each for each in fields)
    return tuple(each for each in found if each.items or (each.kind not in _HOLDERS and _given(each)))


def _given(each: Field) -> bool:
    return each.value is not ABSENT and each.value is not None


_HOLDERS = ("group", "map", "list", "tuple", "choice", "later")
