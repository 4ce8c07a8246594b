"""Where and of what kind the matter of a case is: by it reports of the same thing are found, and many of a kind in one area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from wardflow.cases.records import Case
from wardflow.cases.secrecy import value_at
from wardflow.domain.routing import Places
from wardflow.packs import Procedure


@dataclass(frozen=True, slots=True)
class Spot:
    """The area of a matter, its kind, its place in degrees (WGS 84) where that is known, and how many persons it concerns."""

    procedure: str
    area: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    persons: int = 1
    loud: bool = False
    """whether newspapers or television speak of it"""


@dataclass(frozen=True, slots=True)
class Heat:
    """How many matters of one procedure and kind came in from one area, for how many persons, and how many are open."""

    area: str
    procedure: str
    kind: str
    count: int
    persons: int
    open: int
    loud: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How the cases of one area, kind and business state stand: all, open, overdue, finished in time or late, and the next due date."""

    area: str
    kind: str
    state: str
    count: int
    open: int
    overdue: int
    in_time: int
    late: int
    next_due: datetime | None


class Spots(Protocol):
    """Where the matters of cases are."""

    def of(self, case_id: int) -> Spot | None:
        """The spot of a case; None where its procedure keeps none."""

    def like(self, case_id: int, since: datetime, until: datetime) -> Sequence[tuple[Spot, Case]]:
        """The other cases still being dealt with of the same area and kind that came in between two moments, oldest first; confidential ones never."""

    def heat(self, areas: Sequence[str], procedures: Sequence[str], since: datetime) -> Sequence[Heat]:
        """What came in since a moment, by area, procedure and kind; confidential cases never. No areas means all."""

    def tally(self, areas: Sequence[str], procedures: Sequence[str], now: datetime) -> Sequence[Tally]:
        """How the cases of some procedures stand, by area, kind and state; confidential ones never. No areas means all."""


def spot_of(form: Mapping[str, Any], procedure: Procedure, places: Places) -> Spot | None:
    """The spot of a case to be: the record's table [spot] names where the form says `area`, `kind`, `point`, `persons` and `loud`.

    A kind without a place in the form is the procedure itself, an area without one the unit that decides. A confidential
    matter has no spot: nothing counts it.
    """
    told = procedure.record.get("spot")
    if told is None or places.kept_from:
        return None
    said = {name: value_at({"form": form}, str(told[name])) for name in ("area", "kind", "point", "persons", "loud") if name in told}
    point = said.get("point") if isinstance(said.get("point"), Mapping) else {}
    persons = said.get("persons")
    return Spot(
        procedure.code, str(said.get("area") or places.authority), _named(said.get("kind")) or procedure.code,
        _degrees(point, "latitude"), _degrees(point, "longitude"), persons if isinstance(persons, int) and persons > 0 else 1,
        said.get("loud") is True,
    )


def _named(kind: Any) -> str:
    """A kind as it is compared: what people type differs in spaces and capitals."""
    return " ".join(kind.split()).casefold() if isinstance(kind, str) else ""


def _degrees(point: Any, name: str) -> float | None:
    value = point.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
