"""Who holds the power: instruments first, then the law's own division by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.units import Level, Unit
from wardflow.errors import AuthorityUnknown


@dataclass(frozen=True, slots=True)
class Authority:
    """An instrument gives the power for a procedure: to one unit, or without a unit to every unit of the level."""

    procedure: str
    level: str
    unit: str | None
    instrument: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        """True when the instrument is in force that day; its last day is included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Competence:
    """The unit that decides, the paper it decides by (empty when the law's own division applies), and why."""

    unit: str
    instrument: str
    reason: Reason


def competence(
    rows: Sequence[Authority], level: str, line: Sequence[Unit], units: Mapping[str, Unit], procedure: str
) -> Competence:
    """The competent unit for a place, given the instruments in force and the line of units above that place."""
    ranked = [(rank, row) for row in rows if (rank := _fits(row, line, units))]
    if not ranked:
        unit = _of_level(line, level, procedure)
        return Competence(unit.id, "", Reason("authority.by-level", {**unit.facts(), "level": str(level)}))
    _, row = max(ranked, key=lambda pair: (pair[0], pair[1].valid_from, pair[1].instrument))
    unit = units[row.unit] if row.unit else _of_level(line, row.level, procedure)
    since = {"instrument": row.instrument, "since": row.valid_from.isoformat()}
    return Competence(unit.id, row.instrument, Reason("authority.by-instrument", {**unit.facts(), **since}))


def _fits(row: Authority, line: Sequence[Unit], units: Mapping[str, Unit]) -> int:
    """How closely the instrument fits the place: the place's own unit 3, a unit of the city 2, a whole level 1."""
    if row.unit is None:
        return 1
    if any(unit.id == row.unit and unit.level == Level.COMMUNE for unit in line):
        return 3
    return 2 if row.unit in units and units[row.unit].level != Level.COMMUNE else 0


def _of_level(line: Sequence[Unit], level: str, procedure: str) -> Unit:
    """The unit of that level above a place: its highest one, since offices stand on the level of their authority."""
    fitting = [unit for unit in line if unit.level == level]
    if not fitting:
        raise AuthorityUnknown(procedure=procedure, place=line[0].id if line else "")
    return fitting[-1]
