"""What somebody hands in, and where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.register import Competence, Register
from wardflow.domain.routing import Places


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


def competence_of(opening: Opening, matter: Matter, snapshot: Snapshot, now: datetime) -> Competence:
    """The unit that decides: by the place of the object, never by the receiving point."""
    today = snapshot.calendar.local(now).date()
    place = opening.receiving
    if matter.procedure.place.startswith("/"):
        place = str(_at({"form": opening.form, "applicant": opening.applicant}, matter.procedure.place) or place)
    return snapshot.register.authority(matter.procedure.code, matter.procedure.level, place, today)


def places_of(opening: Opening, matter: Matter, register: Register, competence: Competence) -> Places:
    """The places of the case to be."""
    office = next(
        (unit.id for unit in register.children(competence.unit) if matter.procedure.office in (unit.kind, unit.id)),
        competence.unit,
    )
    return Places(
        receiving=register.unit(opening.receiving).id, returning=opening.returning or opening.receiving,
        support=opening.support or opening.receiving, authority=competence.unit, office=office,
        applicant_unit=opening.receiving,
    )


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
