"""The public catalogue: every procedure that may be filed today, with all that its record says and the law wants public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.opening import PlaceRule, place_rule
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter import preview
from wardflow.cases.reads.counter_views import FeeRow
from wardflow.cases.reads.packs import StepRow, steps_of
from wardflow.cases.reads.shared import procedure_words, unit_words
from wardflow.cases.reads.views import ClockView, Place, Words
from wardflow.cases.services import fee_lines
from wardflow.domain.names import folded, in_order
from wardflow.domain.reasons import Reason
from wardflow.errors import AuthorityUnknown, ProcedureUnknown
from wardflow.forms import Schemas
from wardflow.packs import Component, Online

HOTLINE = "1022"
"""The city's number, where a record names none of its own."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One procedure in the list: what it is called, where it belongs, how long it takes, what a reader finds it by."""

    code: str
    name: Words
    field: Words
    limit: str
    level: str
    online: str
    """how much of it is done online: full, part, or info where one only reads about it"""
    filed: bool
    """it may be filed here without going anywhere"""
    open: bool = False
    """anybody may, who says nothing of themselves"""


@dataclass(frozen=True, slots=True)
class Needed:
    """One paper to hand in, and whether as original, certified copy, plain copy or data."""

    name: Words
    kind: str
    required: bool
    source: Words
    """the database in which the office looks it up itself"""
    reused: bool
    """one that was handed in before need not be brought again"""


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """What a fee is counted by, how high it may go, and who pays nothing."""

    name: Words
    unit: Words
    cap: int | None
    exemption: Words


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """Everything the page of a procedure shows."""

    row: CatalogueRow
    components: tuple[Needed, ...]
    fees: tuple[FeeRow, ...]
    result: Words
    legal_basis: tuple[str, ...]
    cutoff: str
    """the hour from which a filing counts from the next working day; empty without one"""
    anywhere: bool
    """it may be handed in at any point of the city"""
    place: PlaceRule
    """what decides who is competent: the point where it is received, or the place on the form"""
    schema: Mapping[str, Any] | None
    schemas: Schemas
    steps: tuple[StepRow, ...]
    valid_from: date | None
    valid_to: date | None
    conditions: Words
    """on what the time limit depends"""
    result_kind: Words
    result_validity: Words
    """how long the result holds"""
    fee_terms: tuple[FeeTerms, ...]
    tables: tuple[str, ...]
    """the decision tables that its process asks"""
    hotline: str
    online: Online | None
    """who may file it here"""
    assumed: tuple[str, ...]
    """keys of the record that nobody has read in a text yet"""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides for one place of the city, why, and when it would be due if it were accepted now."""

    authority: Place
    clock: ClockView
    officers: tuple[str, ...] = ()
    """who receives dossiers there: the law wants them named"""


def catalogue(platform: Platform, text: str = "") -> tuple[CatalogueRow, ...]:
    """The procedures that hold every word of `text`, without tone marks, by name; all of them for no text."""
    words = folded(text).split()
    found = [matter for matter in _in_force(platform).values() if _holds(matter, words)]
    return tuple(sorted(map(_row, found), key=lambda row: in_order(row.name.vi)))


def catalogue_entry(platform: Platform, code: str) -> CatalogueEntry:
    """One procedure; ProcedureUnknown where nothing runs it today."""
    matter = _public(platform, code)
    procedure, record = matter.procedure, matter.procedure.record
    return CatalogueEntry(
        row=_row(matter),
        components=tuple(map(_needed, procedure.components, record.get("components", ()))),
        fees=_fees(platform, matter),
        result=_words(record, "result"), legal_basis=procedure.legal_basis,
        cutoff=f"{procedure.cutoff:%H:%M}" if procedure.cutoff else "",
        anywhere=bool(record.get("non_boundary", False)), place=place_rule(procedure),
        schema=matter.opening_schema, schemas=matter.schemas,
        steps=steps_of(matter.pack, matter.definition, procedure.process),
        valid_from=procedure.valid_from, valid_to=procedure.valid_to, conditions=_words(record, "time_conditions"),
        result_kind=_words(record, "result_kind"), result_validity=_words(record, "result_validity"),
        fee_terms=tuple(_terms(row) for row in record.get("fees", ()) if {"unit", "cap", "exemption"} & set(row)),
        tables=tuple(dict.fromkeys(filter(None, (node.decision for node in matter.definition.nodes.values())))),
        hotline=str(record.get("hotline", HOTLINE)), online=procedure.online, assumed=tuple(record.get("assumed", ())),
    )


def decider(platform: Platform, code: str, place: str) -> Decider | None:
    """Who decides where the matter lies at `place`; None where nobody does or there is no such place."""
    snapshot, matter = platform.snapshot(), _public(platform, code)
    try:
        competence = snapshot.register.authority(code, matter.procedure.level, place, _today(platform))
    except AuthorityUnknown:
        return None
    authority = Place("authority", unit_words(snapshot, competence.unit), competence.reason)
    officers = {
        snapshot.name_of(holding.person) for unit in snapshot.register.children(place) for holding in snapshot.register.held_in(unit.id)
        if holding.role in matter.pack.openers
    }
    return Decider(authority, preview(platform, matter, snapshot, competence.unit), tuple(sorted(officers)))


def _in_force(platform: Platform) -> Mapping[str, Matter]:
    """What the public may file: a matter between offices, or one that a message alone begins, stands in no public list."""
    offered = platform.library.procedures(_today(platform))
    return {code: matter for code, matter in offered.items() if matter.procedure.record.get("public", True) and not matter.by_message}


def _public(platform: Platform, code: str) -> Matter:
    matter = platform.library.procedure(code, _today(platform))    # which says what took the place of one that is over
    if code not in _in_force(platform):
        raise ProcedureUnknown(procedure=code)
    return matter


def _today(platform: Platform) -> date:
    return platform.snapshot().calendar.local(platform.now()).date()


def _holds(matter: Matter, words: list[str]) -> bool:
    record = matter.procedure
    said = (record.code, record.name, record.name_en, *_words(record.record, "field").both)
    text = folded(" ".join(said))
    return all(word in text for word in words)


def _row(matter: Matter) -> CatalogueRow:
    procedure, record = matter.procedure, matter.procedure.record
    return CatalogueRow(
        procedure.code, procedure_words(matter), _words(record, "field"), str(procedure.time_limit), procedure.level,
        str(record.get("online_level", "info")), procedure.online is not None, procedure.online is Online.OPEN,
    )


def _needed(part: Component, row: Mapping[str, Any]) -> Needed:
    return Needed(Words(part.name, part.name_en), part.kind, part.required, _words(row, "source"), bool(row.get("reuse", False)))


def _terms(row: Mapping[str, Any]) -> FeeTerms:
    return FeeTerms(_words(row, "name"), _words(row, "unit"), row.get("cap"), _words(row, "exemption"))


def _words(record: Mapping[str, Any], key: str) -> Words:
    return Words(str(record.get(key, "")), str(record.get(f"{key}_en", "")))


def _fees(platform: Platform, matter: Matter) -> tuple[FeeRow, ...]:
    """What is known before anything is filled in; what depends on the form has no amount yet."""
    lines = fee_lines(platform, matter, {"form": {}})
    return tuple(FeeRow(Reason.from_json(line["name"]), line["amount"], line["basis"]) for line in lines)
