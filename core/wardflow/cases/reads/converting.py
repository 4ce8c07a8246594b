"""What a case may become, and the form of the new matter with everything typed already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow import forms
from wardflow.cases.acting import nearby, take_up
from wardflow.cases.conversions import carried, conversion_of, conversions, sender_of
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words
from wardflow.cases.reads.views import Words
from wardflow.cases.start_process import matter_of
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.permissions import known_to, may, require


@dataclass(frozen=True, slots=True)
class ConvertView:
    """The page on which a case becomes another matter; `sealed` says that its sender goes along unseen, `hides` that it is named no more."""

    code: str
    case_id: int
    to: str
    procedure: Words
    title: Words
    schema: Mapping[str, Any]
    schemas: forms.Schemas
    value: Mapping[str, Any]
    sealed: bool
    hides: bool


def may_become(platform: Platform, actor: Actor, code: str) -> tuple[tuple[str, Words], ...]:
    """The procedures by which a case may go on, for who may say so; those that are not in force today are left out."""
    held = take_up(platform, platform.store.cases.id_of(code))
    listed = conversions(held.matter.procedure)
    if not listed or not may(actor, "convert_case", nearby(platform, held)):
        return ()
    offered = platform.library.procedures(platform.snapshot().calendar.day_of(platform.now()))
    return tuple((each.to, procedure_words(offered[each.to])) for each in listed if each.to in offered)


def converting(platform: Platform, actor: Actor, code: str, to: str) -> ConvertView:
    """The form of the new matter; ConversionUnknown where the case becomes no such thing, NotAllowed for who may not."""
    held = take_up(platform, platform.store.cases.id_of(code))
    question = nearby(platform, held)
    known_to(actor, question)
    require(actor, "convert_case", question)
    conversion = conversion_of(held.matter.procedure, to)
    matter = matter_of(platform, to, platform.snapshot().calendar.day_of(platform.now()))
    data, schema = peek(held.case.state).data, _unsent(matter.opening_schema or {})
    value = {**(forms.defaults(schema, schemas=matter.schemas) or {}), **carried(conversion, data)}
    return ConvertView(
        held.case.code, held.case.id, to, procedure_words(held.matter), procedure_words(matter), schema, matter.schemas, value,
        forms.is_sealed(sender_of(conversion, data)), matter.procedure.confidential,
    )


def _unsent(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form without its sealed sender: who that is goes along with the case, and nobody types it again."""
    if "x-sealed" not in schema.get("properties", {}).get("sender", {}):
        return schema
    properties = {name: part for name, part in schema["properties"].items() if name != "sender"}
    order = [name for name in schema.get("x-order", properties) if name != "sender"]
    return {**schema, "properties": properties, "x-order": order, "required": [name for name in schema.get("required", ()) if name != "sender"]}
