"""What an installation adopted of its plugins: which are on where, and its own thresholds and decision tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeVar

from wardflow.offers import in_force

CITY: Final = ""
"""Stands for the whole city where a unit could be named."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A plugin is on or off in a unit and everything below it."""

    plugin: str
    unit: str
    on: bool


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A threshold as the installation itself sets it between two dates, for a unit and everything below it."""

    key: str
    unit: str
    value: Any
    valid_from: date
    valid_to: date | None
    basis: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A decision table the installation put in the place of a plugin's, by the digest of its file."""

    table: str
    unit: str
    digest: str
    valid_from: date
    valid_to: date | None
    basis: str
    by: str
    at: datetime


Row = TypeVar("Row", OwnValue, OwnTable)


@dataclass(frozen=True, slots=True)
class Adopted:
    """All of it at one revision, immutable; `files` has every decision table that a case may still be pinned to."""

    switches: tuple[Switch, ...] = ()
    values: tuple[OwnValue, ...] = ()
    tables: tuple[OwnTable, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def on(self, plugin: str, units: Sequence[str]) -> bool:
        """True where nothing says otherwise; the nearest of the units, themselves before those above, says it."""
        said = {row.unit: row.on for row in self.switches if row.plugin == plugin}
        return next((said[unit] for unit in (*units, CITY) if unit in said), True)

    def value_of(self, key: str, on: date, units: Sequence[str]) -> OwnValue | None:
        """The threshold that holds on a day in a place, or None where the plugin's own holds."""
        return _nearest((row for row in self.values if row.key == key), on, units)

    def table_of(self, table: str, on: date, units: Sequence[str]) -> OwnTable | None:
        """The decision table that holds on a day in a place, or None where the plugin's own holds."""
        return _nearest((row for row in self.tables if row.table == table), on, units)


def _nearest(rows: Iterable[Row], on: date, units: Sequence[str]) -> Row | None:
    """The row of the nearest unit, among those the one that began last, among those the one written last."""
    holding = [row for row in rows if in_force(row.valid_from, row.valid_to, on)]
    for unit in (*units, CITY):
        if here := [row for row in holding if row.unit == unit]:
            return max(here, key=lambda row: (row.valid_from, row.at))
    return None


NOTHING_ADOPTED: Final = Adopted()
