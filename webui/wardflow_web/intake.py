"""What is being taken in at the counter: one sheet made of the applicant, the form, the papers and the first check.

The parts become one JSON Schema, so that the form code of every other page draws, reads, checks and keeps them too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter_views import CounterView
from wardflow.domain.names import in_order
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Objection, Reason
from wardflow.domain.register import Unit
from wardflow.errors import AuthorityUnknown

NEVER_HANDED_IN = "data"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one procedure with what is on it."""

    view: CounterView
    schema: Mapping[str, Any]
    schemas: forms.Schemas
    opening: Opening
    explained: Mapping[str, tuple[Reason, str]] = field(default_factory=dict)
    """Why each computed value is what it is, with the legal basis, by pointer."""

    def objections(self) -> tuple[Objection, ...]:
        """What the rules of the field say while the form is typed, and which required papers are not there yet."""
        said = tuple(replace(objection, pointer=f"/form{objection.pointer}") for objection in self.view.said.objections)
        missing = [part for part in self.view.components if part[2] and part[0] not in self.opening.components]
        if not missing:
            return said
        names = {"names": [words.vi for _, words, _ in missing], "names_en": [words.en for _, words, _ in missing]}
        return (*said, Objection("/components", Reason("counter.papers-missing", names), blocks=False))


@cache
def applicant_schema() -> Mapping[str, Any]:
    """What is asked of an applicant, whatever the procedure."""
    schema: dict[str, Any] = json.loads((files("wardflow_web") / "applicant.json").read_text("utf-8"))
    return schema


def opening_of(procedure: str, value: Mapping[str, Any], receiving: str) -> Opening:
    """What would be handed in, of what is on the sheet so far."""
    return Opening(
        procedure=procedure,
        applicant=value.get("applicant") or {},
        form=value.get("form") or {},
        components={str(part): "given" for part in value.get("components") or ()},
        receiving=receiving,
        returning=str(value.get("returning") or receiving),
    )


def sheet(platform: Platform, procedure: str, value: Mapping[str, Any], receiving: str) -> Sheet:
    """The sheet of a procedure, its computed fields filled in."""
    form = value.get("form")
    if isinstance(form, Mapping):
        value = {**value, "form": reads.completed(platform, opening_of(procedure, value, receiving))}
    opening = opening_of(procedure, value, receiving)
    try:
        view = reads.counter(platform, opening)
    except AuthorityUnknown:  # the place on the form is none yet; the form check says so at its field
        view = reads.counter(platform, replace(opening, form={}))
    explained = {f"/form{computed.pointer}": (computed.reason, computed.basis) for computed in view.said.computed}
    parts = {"sheet-form": view.schema, "sheet-first": view.first_schema}
    schemas = forms.Schemas({**view.schemas.documents, **{name: part for name, part in parts.items() if part}})
    return Sheet(view, _schema(view, platform.register().units, receiving), schemas, opening, explained)


def _schema(view: CounterView, units: Sequence[Unit], receiving: str) -> Mapping[str, Any]:
    properties: dict[str, Any] = {"applicant": applicant_schema()}
    if view.schema:
        properties["form"] = {"$ref": "sheet-form", **titled("2. Tờ khai", "2. Form")}
    if view.components:
        properties["components"] = _components(view)
    if view.first_schema:
        properties["first"] = {
            "$ref": "sheet-first",
            **titled(f"4. {view.first_title.vi}", f"4. {view.first_title.en}"),
        }
    properties["returning"] = _returning(units, receiving)
    required = [name for name in ("applicant", "form", "first", "returning") if name in properties]
    return {"type": "object", "properties": properties, "required": required}


def titled(vietnamese: str, english: str) -> dict[str, Any]:
    """A schema's title in both languages."""
    return {"title": vietnamese, "x-i18n": {"en": {"title": english}}}


def _components(view: CounterView) -> Mapping[str, Any]:
    papers = [
        {"const": id, "title": name.vi, "x-i18n": {"en": {"title": name.en}}} for id, name, _required in view.components
    ]
    row = {"type": "string", "oneOf": papers}
    return {
        "type": "array",
        "uniqueItems": True,
        "items": row,
        **titled("3. Thành phần hồ sơ đã có", "3. Papers handed in"),
    }


def _returning(units: Sequence[Unit], receiving: str) -> Mapping[str, Any]:
    kind = next(unit.kind for unit in units if unit.id == receiving)
    points = sorted((unit for unit in units if unit.kind == kind), key=lambda unit: in_order(unit.name))
    labels = {unit.id: unit.name for unit in points}
    english = {unit.id: unit.name_en or unit.name for unit in points}
    title = titled("Nơi trả kết quả", "Result returned at")
    title["x-i18n"]["en"]["enum"] = english
    return {"type": "string", "enum": list(labels), "x-enum": labels, **title}


def receiving_unit(platform: Platform, actor: Actor) -> str | None:
    """The counter a person receives at: the first unit in which they hold a role that opens cases."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    openers = {role for matter in platform.library.procedures(today).values() for role in matter.pack.openers}
    return next((held.unit for held in actor.holdings if held.role in openers), None)
