"""What somebody hands in, and where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.records import SealedValue
from wardflow.cases.secrecy import above, kept_from, value_at
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.channels import AT_COUNTER, Way
from wardflow.domain.register import Competence, Register
from wardflow.domain.routing import Places
from wardflow.packs import Procedure

SENDER = "applicant"
"""The reference under which a case whose sender is sealed keeps what was typed about them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody hands in: whose matter, the form, the papers, where it is received and where its result goes."""

    procedure: str
    applicant: Mapping[str, Any]
    form: Mapping[str, Any]
    components: Mapping[str, Any]
    receiving: str
    returning: str = ""
    support: str = ""
    applicant_person: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    """what another system hands in beside the form, under names of its own"""
    reference: str = ""
    """what another system calls the case"""
    parent: int | None = None
    """the case of which it is made"""
    stranger: bool = False
    """handed in by somebody who only typed who they are: they are nobody the city knows already"""
    way: Way = AT_COUNTER


class PlaceRule(StrEnum):
    """What decides which unit is competent: where the case is received, or a place that its form names."""

    RECEIVING = "receiving"
    FORM = "form"


def place_rule(procedure: Procedure) -> PlaceRule:
    """How a procedure finds its place."""
    return PlaceRule.FORM if procedure.place.startswith("/") else PlaceRule.RECEIVING


def competence_of(opening: Opening, matter: Matter, snapshot: Snapshot, now: datetime) -> Competence:
    """The unit that decides what is handed in now."""
    today = snapshot.calendar.local(now).date()
    data = {"form": opening.form, "applicant": opening.applicant}
    return decided_by(matter.procedure, data, opening.receiving, snapshot.register, today)


def decided_by(
    procedure: Procedure, data: Mapping[str, Any], receiving: str, register: Register, on: date
) -> Competence:
    """The unit that decides a procedure on a day: by the place of the object or the residence that the record points to.

    Only a record that points to none is decided where it is received; a unit that a confidential case is kept from never decides it.
    """
    place = receiving
    if place_rule(procedure) is PlaceRule.FORM:
        place = str(value_at(data, procedure.place) or place)
    found = register.authority(procedure.code, procedure.level, place, on)
    return above(found, kept_from(data.get("form") or {}, procedure, register), register, procedure.code)


def places_of(opening: Opening, matter: Matter, register: Register, competence: Competence) -> Places:
    """The places of the case to be."""
    places = Places(
        receiving=register.unit(opening.receiving).id, returning=opening.returning or opening.receiving,
        support=opening.support or opening.receiving, applicant_unit=opening.receiving,
        kept_from=kept_from(opening.form, matter.procedure, register),
    )
    return places_when_decided(places, matter.procedure, register, competence)


def places_when_decided(places: Places, procedure: Procedure, register: Register, competence: Competence) -> Places:
    """The places with the unit that decides and its office for this procedure; an authority without one does it itself."""
    offices = (unit.id for unit in register.children(competence.unit) if procedure.office in (unit.kind, unit.id))
    return replace(places, authority=competence.unit, office=next(offices, competence.unit))


def beginning(opening: Opening, matter: Matter, places: Places, form: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with which a case begins; `form` is what was filled in, without what is sealed."""
    return {
        **opening.variables,
        "procedure": matter.procedure.code, "applicant": dict(opening.applicant), "form": form,
        "components": dict(opening.components), "places": places.to_json(), "options": dict(matter.options),
    }


def finders(places: Places, register: Register) -> tuple[str, ...]:
    """The units whose people may look for a case: who decides, and who received it or returns it elsewhere.

    A unit below the one that decides is not named again: its people look where that one looks.
    """
    elsewhere = (unit for unit in (places.receiving, places.returning) if unit and register.unit(unit).parent != places.authority)
    return tuple(dict.fromkeys((places.authority, *elsewhere)))


def without_sender(opening: Opening, matter: Matter) -> tuple[Opening, tuple[SealedValue, ...]]:
    """The opening with nothing left of its sender, and what was typed about them as a sealed value.

    Only for procedures whose record says `sealed_for`, the roles that may open it; others are handed back as they are.
    """
    if not matter.procedure.sealed_for:
        return opening, ()
    typed = {name: value for name, value in {**opening.applicant, **opening.way.facts()}.items() if value}
    sealed = (SealedValue(SENDER, matter.procedure.sealed_for, typed),) if typed else ()
    return replace(opening, applicant={}, applicant_person=None, way=Way(opening.way.channel)), sealed
