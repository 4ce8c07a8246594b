"""What is being taken in at the counter: one sheet made of the applicant, the form, the papers, the first steps and the way it came in.

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
from wardflow.cases.back_entry import longest
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter_views import CounterView, NextStep
from wardflow.domain.channels import Way
from wardflow.domain.names import in_order
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Objection, Reason
from wardflow.domain.register import Unit
from wardflow.errors import AuthorityUnknown

NEVER_HANDED_IN = "data"
CAME_TO_COUNTER = {"channel": "counter", "back": "desk"}
"""The way most cases come in, so that a clerk says nothing about it."""
AFTERWARDS = ("late", "received_on", "received_time", "late_why")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one procedure with what is on it."""

    view: CounterView
    schema: Mapping[str, Any]
    schemas: forms.Schemas
    opening: Opening
    explained: Mapping[str, tuple[Reason, str]] = field(default_factory=dict)
    """Why each computed value is what it is, with the legal basis, by pointer."""
    after: NextStep | None = None
    """the step that the same counter does right after the first one"""

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
    return _shipped("applicant.json")


@cache
def way_schema(*, afterwards: bool) -> Mapping[str, Any]:
    """What is asked about how a case came in; where nothing may be entered afterwards, not when it really did."""
    schema = _shipped("way.json")
    if afterwards:
        return schema
    kept = {name: part for name, part in schema["properties"].items() if name not in AFTERWARDS}
    rules = [rule for rule in schema["allOf"] if "late" not in rule["if"]["properties"]]
    return {**schema, "properties": kept, "allOf": rules}


def _shipped(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((files("wardflow_web") / name).read_text("utf-8"))
    return schema


def opening_of(procedure: str, value: Mapping[str, Any], receiving: str) -> Opening:
    """What would be handed in, of what is on the sheet so far; a paper that was scanned was handed in."""
    scans = [name for name, kept in (value.get("scans") or {}).items() if isinstance(kept, Mapping)]
    told = value.get("way") or {}
    return Opening(
        procedure=procedure,
        applicant=value.get("applicant") or {},
        form=value.get("form") or {},
        components={str(part): "given" for part in (*(value.get("components") or ()), *scans)},
        receiving=receiving,
        returning=str(value.get("returning") or receiving),
        way=Way.of(str(told.get("channel") or "counter"), told),
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
    first = value.get("first")
    after = reads.next_step(platform, opening, first) if view.first_schema and first else None
    explained = {f"/form{computed.pointer}": (computed.reason, computed.basis) for computed in view.said.computed}
    parts = {"sheet-form": view.schema, "sheet-first": view.first_schema, "sheet-next": after.schema if after else None}
    schemas = forms.Schemas({**view.schemas.documents, **{name: part for name, part in parts.items() if part}})
    return Sheet(view, _schema(platform, view, after, receiving, procedure), schemas, opening, explained, after)


def _schema(platform: Platform, view: CounterView, after: NextStep | None, receiving: str, procedure: str) -> Mapping[str, Any]:
    properties: dict[str, Any] = {"applicant": applicant_schema()}
    if view.schema:
        properties["form"] = {"$ref": "sheet-form", **titled("2. Tờ khai", "2. Form")}
    if view.components:
        properties["components"] = _components(view)
        properties["scans"] = _scans(platform, procedure)
    if view.first_schema:
        properties["first"] = _step("sheet-first", 4, view.first_title.vi, view.first_title.en)
    if after:
        properties["next"] = _step("sheet-next", 5, after.title.vi, after.title.en)
    properties["way"] = way_schema(afterwards=longest(_matter(platform, procedure)) is not None)
    properties["returning"] = _returning(platform.register().units, receiving)
    required = [name for name in ("applicant", "form", "first", "returning") if name in properties]
    return {"type": "object", "properties": properties, "required": required}


def _matter(platform: Platform, procedure: str) -> Matter:
    return platform.library.procedure(procedure, platform.snapshot().calendar.day_of(platform.now()))


def _step(reference: str, place: int, vietnamese: str, english: str) -> dict[str, Any]:
    return {"$ref": reference, **titled(f"{place}. {vietnamese}", f"{place}. {english}")}


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


def _scans(platform: Platform, procedure: str) -> Mapping[str, Any]:
    """A scan or a photo of each paper; what an office looks up itself is not scanned."""
    asked = [part for part in _matter(platform, procedure).procedure.components if part.kind != NEVER_HANDED_IN]
    properties = {part.id: {"$ref": "attachment", "x-capture": "environment", **titled(part.name, part.name_en)} for part in asked}
    said = titled("Bản quét hoặc ảnh chụp", "Scan or photo")
    said["description"] = "Có tệp thì giấy ấy được đánh dấu là đã có."
    said["x-i18n"]["en"]["description"] = "A paper with a file counts as handed in."
    return {"type": "object", "properties": properties, **said}


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
