"""A form on a page: what a post means, the fields to draw, and the objections no field on the page can carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import g, request
from wardflow import forms
from wardflow.cases.fielded import NOTHING_SAID, Said
from wardflow.domain.reasons import Objection

from wardflow_web.fielded import shown
from wardflow_web.language import wording

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form with what is in it."""

    schema: Mapping[str, Any]
    schemas: forms.Schemas
    value: Any
    choices: Mapping[str, int] = field(default_factory=dict)
    objections: Sequence[Objection] = ()
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    pairs: Pairs = field(default_factory=list)
    said: Said = NOTHING_SAID
    """what the rules of the field say; `inside` is where their form stands in this one"""
    inside: str = ""

    def read_only(self) -> tuple[forms.Field, ...]:
        """What was filled in, to be read: nothing on it can be changed."""
        return self.fields(read_only=True)

    def fields(self, *, read_only: bool = False) -> tuple[forms.Field, ...]:
        """The fields that show, in the reader's language."""
        drawn = forms.fields(
            self.schema,
            self.value,
            schemas=self.schemas,
            language=g.language,
            objections=self.objections,
            choices=self.choices,
            lists=self.lists,
            read_only=read_only,
        )
        drawn = tuple(_choosable(each) for each in drawn)
        return shown(drawn, self.said, wording(), self.inside) if self.said is not NOTHING_SAID else drawn

    def unplaced(self, drawn: Sequence[forms.Field]) -> list[Objection]:
        """Objections to something that shows nowhere: the summary must say them, or nobody would know."""
        shown = {each.pointer for each in forms.every_field(drawn)}
        return [objection for objection in self.objections if objection.pointer not in shown]


def _choosable(drawn: forms.Field) -> forms.Field:
    """The field, as a list where the page knows the entries: a clerk picks a colleague and never types an id."""
    drawn = replace(drawn, items=tuple(_choosable(each) for each in drawn.items))
    return replace(drawn, kind="select") if drawn.kind == "text" and drawn.options else drawn


def posted() -> Pairs:
    """What the browser sent, in order."""
    return list(request.form.items(multi=True))


def filled(
    schema: Mapping[str, Any],
    schemas: forms.Schemas,
    pairs: Pairs,
    base: Any,
    lists: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> Filling:
    """The form as it was sent, a pressed list button included."""
    value, choices = forms.from_post(schema, pairs, schemas=schemas, base=base), forms.choices_of(pairs)
    for name, text in pairs:
        if name in forms.BUTTONS:
            value = forms.edit_list(schema, value, name, text, schemas=schemas, choices=choices)
            choices = forms.edited_choices(choices, name, text)
    return Filling(schema, schemas, value, choices, lists=lists or {}, pairs=pairs)


def list_button(pairs: Pairs) -> bool:
    """True when a button that adds or takes away a row was pressed."""
    return any(name in forms.BUTTONS for name, _text in pairs)
