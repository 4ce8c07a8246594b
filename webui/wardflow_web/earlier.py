"""What is filled in beforehand from what somebody declared earlier: kept with where it came from, marked as long as it is unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.platform import Platform
from wardflow.cases.reads import Earlier
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason

Sources = Mapping[str, Mapping[str, Any]]
"""by pointer: the value, and the case and the day it was declared; no case means the record of the account"""
KEPT_OF_APPLICANT = ("phone", "email", "address")


def source(value: Any, said: Earlier | None, platform: Platform) -> Mapping[str, Any]:
    """Where a value came from, as a draft keeps it."""
    day = said.on.astimezone(platform.settings.zone).date().isoformat() if said else ""
    return {"value": value, "code": said.code if said else "", "on": day}


def marks(value: Mapping[str, Any], sources: Sources) -> dict[str, Reason]:
    """What stands beside each value that still is what it was filled with."""
    return {pointer: _mark(said) for pointer, said in sources.items() if forms.get(value, _path(pointer)) == said["value"]}


def without(value: Mapping[str, Any], sources: Sources) -> Mapping[str, Any]:
    """The sheet without what was filled in beforehand and is unchanged."""
    left: Any = value
    for pointer in marks(value, sources):
        left = _dropped(left, _path(pointer))
    return dict(left)


def own_sheet(platform: Platform, actor: Actor, code: str, begun: Mapping[str, Any]) -> tuple[Mapping[str, Any], Sources]:
    """What a sheet of one's own begins with, and where each value came from; `begun` is what it holds anyway."""
    matter = platform.library.procedure(code, platform.snapshot().calendar.day_of(platform.now()))
    own = reads.own_data(platform, actor, matter, begun.get("form") or {})
    value: Any = begun
    sources: dict[str, Mapping[str, Any]] = {}
    for path, text, said in (*_who(own), *((("form", *path), said.value, said) for path, said in own.form.items())):
        value = forms.put(value, path, text)
        sources[forms.pointer(path)] = source(text, said, platform)
    return dict(value), sources


def _who(own: reads.Own) -> list[tuple[tuple[str, ...], Any, Earlier | None]]:
    known = own.applicant
    if known is None:
        return []
    told = {"full_name": known.full_name, "id_number": known.id_number, **{name: known.facts.get(name) for name in KEPT_OF_APPLICANT}}
    return [(("applicant", name), text, None) for name, text in told.items() if text]


def _mark(said: Mapping[str, Any]) -> Reason:
    if not said["code"]:
        return Reason("counter.from-account")
    return Reason("counter.from-earlier", {"code": said["code"], "day": said["on"]})


def _path(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.split("/")[1:])


def _dropped(value: Any, path: tuple[str, ...]) -> Any:
    if not isinstance(value, Mapping) or path[0] not in value:
        return value
    if len(path) == 1:
        return {name: part for name, part in value.items() if name != path[0]}
    return {**value, path[0]: _dropped(value[path[0]], path[1:])}
