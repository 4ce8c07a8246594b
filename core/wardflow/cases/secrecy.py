"""Whom a confidential case is kept from, and which unit decides it then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence, Register
from wardflow.errors import AuthorityUnknown
from wardflow.packs import Procedure


def kept_from(form: Mapping[str, Any], procedure: Procedure, register: Register) -> tuple[str, ...]:
    """The units a confidential case is kept from, with everything below them and everybody in them, and the people it names.

    The record says `confidential = true`, or in `confidential_where` which field of the form says so; and in [kept_from] where the form names `units` and `people`. A form that names
    neither leaves the procedure's own code, which no unit is called, so that the case is confidential all the same.
    """
    where = procedure.record.get("confidential_where")
    if not procedure.confidential and (where is None or value_at({"form": form}, str(where)) is not True):
        return ()
    named = procedure.record.get("kept_from", {})
    units = {each for unit in _named(form, named.get("units", ())) for each in register.within(unit)}
    staff = {held.person for unit in units for held in register.held_in(unit)}
    return tuple(sorted({*units, *staff, *_named(form, named.get("people", ()))})) or (procedure.code,)


def above(competence: Competence, hidden: tuple[str, ...], register: Register, procedure: str) -> Competence:
    """Who decides where the unit that would is itself concerned: the nearest one above it that is not.

    Law on Denunciations 25/2018/QH14, Article 12. AuthorityUnknown where nobody is above.
    """
    if competence.unit not in hidden:
        return competence
    line = register.up(competence.unit)
    unit = next((unit for unit in line if unit.id not in hidden), None)
    if unit is None:
        raise AuthorityUnknown(procedure=procedure, place=competence.unit)
    return Competence(unit.id, competence.instrument, Reason("authority.by-superior", unit.facts()))


def value_at(value: Any, pointer: str) -> Any:
    """What stands at a JSON pointer; None where nothing does."""
    for part in pointer.split("/")[1:]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _named(form: Mapping[str, Any], pointers: Any) -> Iterator[str]:
    """The ids at some places of the form: one, a list of them, or rows that say `person`."""
    for pointer in pointers:
        found = value_at({"form": form}, str(pointer))
        for each in found if isinstance(found, list) else [found]:
            value = each.get("person") if isinstance(each, Mapping) else each
            if isinstance(value, str) and value:
                yield value
