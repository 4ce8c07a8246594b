"""Who holds the power: delegations first, then the law's instruments, then the law's own division by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.units import Level, Unit
from wardflow.errors import AuthorityUnknown


@dataclass(frozen=True, slots=True)
class Authority:
    """An instrument gives the power for a procedure: to one unit, or without a unit to every unit of the level.

    `paper` is the register's number of a delegation and `delegator` who gave the power; a law has neither.
    """

    procedure: str
    level: str
    unit: str | None
    instrument: str
    valid_from: date
    valid_to: date | None = None
    paper: int = 0
    delegator: str = ""

    def holds_on(self, on: date) -> bool:
        """True when the instrument is in force that day; its last day is included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Competence:
    """The unit that decides, the paper it decides by (empty when the law's own division applies), and why."""

    unit: str
    instrument: str
    reason: Reason
    paper: int = 0


class Powers:
    """All powers by procedure, then by unit, so that a hundred communes named one by one cost no more than one."""

    def __init__(self, rows: Iterable[Authority], units: Mapping[str, Unit]) -> None:
        self._units = units
        self._own: dict[str, dict[str, list[Authority]]] = {}
        self._wide: dict[str, list[Authority]] = {}
        for row in rows:
            unit = units.get(row.unit) if row.unit else None
            if unit is not None and unit.level == Level.COMMUNE:
                self._own.setdefault(row.procedure, {}).setdefault(unit.id, []).append(row)
            elif unit is not None or row.unit is None:
                self._wide.setdefault(row.procedure, []).append(row)

    def competence(self, procedure: str, level: str, line: Sequence[Unit], on: date) -> Competence:
        """The competent unit for a place, given the line of units above that place; AuthorityUnknown for none."""
        fitting = [row for row in self._fitting(procedure, line) if row.holds_on(on)]
        chosen = _chosen(fitting, line)
        if chosen is None:
            unit = _of_level(line, level, procedure)
            return Competence(unit.id, "", Reason("authority.by-level", {**unit.facts(), "level": str(level)}))
        unit = self._units[chosen.unit] if chosen.unit else _of_level(line, chosen.level, procedure)
        facts = {"instrument": chosen.instrument, "since": chosen.valid_from.isoformat()}
        if not chosen.paper:
            return Competence(unit.id, chosen.instrument, Reason("authority.by-instrument", {**unit.facts(), **facts}))
        given = self._units[chosen.delegator].facts("delegator") if chosen.delegator in self._units else {}
        by = Reason("authority.by-delegation", {**unit.facts(), **facts, **given, "paper": chosen.paper})
        return Competence(unit.id, chosen.instrument, by, chosen.paper)

    def _fitting(self, procedure: str, line: Sequence[Unit]) -> Iterable[Authority]:
        own = self._own.get(procedure)
        if own is not None:
            for unit in line:
                yield from own.get(unit.id, ())
        levels = {unit.level for unit in line}
        for row in self._wide.get(procedure, ()):
            # a delegation to every commune says nothing of a place that lies in none; a law's gap is a fault to be said
            if row.paper and (row.unit is None and row.level not in levels):
                continue
            giver = self._units.get(row.delegator)
            if giver is None or giver.level != Level.COMMUNE or giver in line:    # a commune gives away its own alone
                yield row


def _chosen(rows: Sequence[Authority], line: Sequence[Unit]) -> Authority | None:
    """The delegation whose delegate gave the power to nobody else, the closest to the place, the latest; else the law."""
    passed_on = {row.delegator for row in rows if row.paper}
    kept = [row for row in rows if not (row.paper and row.unit in passed_on)] or rows
    ids = {unit.id for unit in line if unit.level == Level.COMMUNE}
    return max(kept, key=lambda row: (row.paper > 0, _closeness(row, ids), row.valid_from, row.instrument), default=None)


def _closeness(row: Authority, line: Collection[str]) -> int:
    """The place's own unit is closest; a law names one unit of the city to take it out of a level, a delegation beside it."""
    if row.unit is None:
        return 2 if row.paper else 1
    if row.unit in line:
        return 3
    return 1 if row.paper else 2


def _of_level(line: Sequence[Unit], level: str, procedure: str) -> Unit:
    """The unit of that level above a place: its highest one, since offices stand on the level of their authority."""
    fitting = [unit for unit in line if unit.level == level]
    if not fitting:
        raise AuthorityUnknown(procedure=procedure, place=line[0].id if line else "")
    return fitting[-1]
