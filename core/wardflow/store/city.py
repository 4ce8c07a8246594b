"""The register and the calendar: written in rows, read as one snapshot, changed under one rising revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wardflow.domain.calendar import Day
from wardflow.domain.calendar_layers import Layers, Scope
from wardflow.domain.calendar_layers import Row as LayerRow
from wardflow.domain.names import folded
from wardflow.domain.register import Absence, Authority, Holding, Person, Register, Unit
from wardflow.errors import UnitUnknown
from wardflow.store.calendar_layers import drop_row, read_layers, set_row
from wardflow.store.database import Database, Row
from wardflow.store.instants import dumps, loads
from wardflow.store.numbering import take
from wardflow.store.revision import raise_revision, read_revision

_DAY = (
    "INSERT INTO calendar_day (day, kind, name, name_en, hours) VALUES (?, ?, ?, ?, ?) ON CONFLICT (day) DO UPDATE "
    "SET kind = excluded.kind, name = excluded.name, name_en = excluded.name_en, hours = excluded.hours"
)
_UNIT = "INSERT INTO unit (id, name, name_en, kind, level, parent, number, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_PERSON = "INSERT INTO person (id, name, folded_name) VALUES (?, ?, ?)"
_HOLDING = "INSERT INTO holding (person_id, role, unit_id) VALUES (?, ?, ?)"
_AUTHORITY = (
    "INSERT INTO authority (procedure, level, unit_id, instrument, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?)"
)


class CityStore:
    """The register and the calendar of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revision(self) -> int:
        """The number that changes whenever the register, the calendar or the packs do."""
        with self._database.reading() as cursor:
            return read_revision(cursor)

    def register(self) -> Register:
        """The register as it stands."""
        with self._database.reading() as cursor:
            units = cursor.rows("SELECT id, name, name_en, kind, level, parent FROM unit ORDER BY id")
            people = cursor.rows("SELECT id, name FROM person ORDER BY id")
            holdings = cursor.rows("SELECT person_id, role, unit_id FROM holding ORDER BY unit_id, role, person_id")
            powers = cursor.rows(
                "SELECT procedure, level, unit_id, instrument, valid_from, valid_to FROM authority ORDER BY id"
            )
            absences = cursor.rows("SELECT person_id, first, last, substitute FROM absence ORDER BY person_id, first")
            return Register(
                read_revision(cursor),
                tuple(Unit(*row) for row in units),
                tuple(Person(*row) for row in people),
                tuple(Holding(*row) for row in holdings),
                tuple(_authority(row) for row in powers),
                tuple(Absence(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), row[3]) for row in absences),
            )

    def unit_facts(self, unit: str) -> Mapping[str, Any]:
        """What else is known of a unit, such as its population."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT facts FROM unit WHERE id = ?", (unit,))
        return (loads(found[0]) or {}) if found else {}

    def unit_number(self, unit: str) -> int:
        """The number that stands for a unit in codes; it never changes."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT number FROM unit WHERE id = ?", (unit,))
        if found is None:
            raise UnitUnknown(unit=unit)
        return int(found[0])

    def days(self) -> Mapping[date, Day]:
        """The calendar's exceptions."""
        with self._database.reading() as cursor:
            found = cursor.rows("SELECT day, kind, name, name_en, hours FROM calendar_day ORDER BY day")
        return {
            date.fromisoformat(row[0]): Day.from_json(
                {"kind": row[1], "name": row[2], "name_en": row[3], "hours": loads(row[4])}
            )
            for row in found
        }

    def layers(self) -> Layers:
        """What units, fields and steps change of the calendar."""
        with self._database.reading() as cursor:
            return read_layers(cursor)

    def set_layer_row(self, scope: Scope, at: date | int, row: LayerRow) -> None:
        """Writes one row of a layer: a day with its exception, or a weekday with its hours."""
        with self._database.writing() as cursor:
            set_row(cursor, scope, at, row)
            raise_revision(cursor)

    def drop_layer_row(self, scope: Scope, at: date | int) -> None:
        """Takes one row of a layer away."""
        with self._database.writing() as cursor:
            drop_row(cursor, scope, at)
            raise_revision(cursor)

    def set_day(self, day: date, exception: Day | None) -> None:
        """Writes one exception of the calendar, or with None removes it."""
        with self._database.writing() as cursor:
            if exception is None:
                cursor.run("DELETE FROM calendar_day WHERE day = ?", (day.isoformat(),))
            else:
                cursor.run(_DAY, _day_values(day, exception))
            raise_revision(cursor)

    def save(
        self,
        units: Iterable[Unit] = (),
        people: Iterable[Person] = (),
        holdings: Iterable[Holding] = (),
        authorities: Iterable[Authority] = (),
        days: Mapping[date, Day] | None = None,
        unit_facts: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Adds rows of the register and the calendar in one transaction."""
        known = unit_facts or {}
        with self._database.writing() as cursor:
            cursor.run_many(
                _UNIT,
                [
                    (u.id, u.name, u.name_en, u.kind, str(u.level), u.parent, take(cursor, "unit"), dumps(dict(known.get(u.id, {}))))
                    for u in units
                ],
            )
            cursor.run_many(_PERSON, [(p.id, p.name, folded(p.name)) for p in people])
            cursor.run_many(_HOLDING, [(h.person, h.role, h.unit) for h in holdings])
            cursor.run_many(_AUTHORITY, [_authority_values(row) for row in authorities])
            cursor.run_many(_DAY, [_day_values(day, row) for day, row in (days or {}).items()])
            raise_revision(cursor)


def _authority(row: Row) -> Authority:
    since, until = date.fromisoformat(row[4]), None if row[5] is None else date.fromisoformat(row[5])
    return Authority(row[0], row[1], row[2], row[3], since, until)


def _authority_values(row: Authority) -> Sequence[Any]:
    until = row.valid_to.isoformat() if row.valid_to else None
    return row.procedure, str(row.level), row.unit, row.instrument, row.valid_from.isoformat(), until


def _day_values(day: date, row: Day) -> Sequence[Any]:
    stored = row.to_json()
    hours = stored.get("hours")
    return day.isoformat(), str(row.kind), row.name, row.name_en, None if hours is None else dumps(hours)
