"""What the installation adopted of its plugins, and the chained log of who changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardflow.adopted import Adopted, OwnTable, OwnValue, Switch
from wardflow.cases.plugin_ports import PluginEntry
from wardflow.domain.audit import chained
from wardflow.store.database import Cursor, Database
from wardflow.store.instants import dumps, loads, moment, stamp
from wardflow.store.revision import raise_revision

_SWITCH = (
    "INSERT INTO plugin_switch (plugin, unit_id, is_on) VALUES (?, ?, ?) "
    "ON CONFLICT (plugin, unit_id) DO UPDATE SET is_on = excluded.is_on"
)
_VALUE = (
    'INSERT INTO plugin_value (key, unit_id, value, valid_from, valid_to, basis, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) '
    "ON CONFLICT (key, unit_id, valid_from) DO UPDATE SET value = excluded.value, valid_to = excluded.valid_to, "
    'basis = excluded.basis, "by" = excluded."by", at = excluded.at'
)
_TABLE = (
    'INSERT INTO plugin_table (table_id, unit_id, digest, valid_from, valid_to, basis, "by", at) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (table_id, unit_id, valid_from) DO UPDATE SET digest = excluded.digest, "
    'valid_to = excluded.valid_to, basis = excluded.basis, "by" = excluded."by", at = excluded.at'
)
_FILE = "INSERT INTO decision_file (digest, table_id, model) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
_ENTRY = 'INSERT INTO plugin_entry (seq, at, "by", kind, facts, hash) VALUES (?, ?, ?, ?, ?, ?)'
_TALLY = (
    "INSERT INTO rule_tally (rule, day, said, times) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (rule, day, said) DO UPDATE SET times = rule_tally.times + excluded.times"
)
_CASES = "SELECT procedure, pack, count(*) FROM cases WHERE status = 'open' GROUP BY procedure, pack ORDER BY procedure, pack"


@dataclass(frozen=True, slots=True)
class _Log:
    by: str
    at: datetime


class AdoptionStore:
    """The adoption of one database; every change is logged and raises the revision in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Adopted:
        """All of it as it stands."""
        with self._database.reading() as cursor:
            switches = cursor.rows("SELECT plugin, unit_id, is_on FROM plugin_switch ORDER BY plugin, unit_id")
            values = cursor.rows(
                'SELECT key, unit_id, value, valid_from, valid_to, basis, "by", at FROM plugin_value ORDER BY key, unit_id, valid_from'
            )
            tables = cursor.rows(
                'SELECT table_id, unit_id, digest, valid_from, valid_to, basis, "by", at FROM plugin_table '
                "ORDER BY table_id, unit_id, valid_from"
            )
            files = cursor.rows("SELECT digest, model FROM decision_file")
        return Adopted(
            tuple(Switch(row[0], row[1], bool(row[2])) for row in switches),
            tuple(OwnValue(row[0], row[1], loads(row[2]), *_days(row), row[5], row[6], moment(row[7])) for row in values),
            tuple(OwnTable(row[0], row[1], row[2], *_days(row), row[5], row[6], moment(row[7])) for row in tables),
            {row[0]: bytes(row[1]) for row in files},
        )

    def switch(self, row: Switch, by: str, at: datetime, reason: str) -> None:
        """Switches a plugin on or off in a unit."""
        facts = {"plugin": row.plugin, "unit": row.unit, "on": row.on, "reason": reason}
        with self._database.writing() as cursor:
            cursor.run(_SWITCH, (row.plugin, row.unit, int(row.on)))
            self._log(cursor, _Log(by, at), "switched", facts)

    def set_value(self, row: OwnValue) -> None:
        """Sets a threshold from its first day on."""
        facts = {"key": row.key, "unit": row.unit, "value": row.value, **_told(row)}
        with self._database.writing() as cursor:
            until = row.valid_to.isoformat() if row.valid_to else None
            cursor.run(
                _VALUE,
                (row.key, row.unit, dumps(row.value), row.valid_from.isoformat(), until, row.basis, row.by, stamp(row.at)),
            )
            self._log(cursor, _Log(row.by, row.at), "value_set", facts)

    def set_table(self, row: OwnTable, model: bytes) -> None:
        """Puts a decision table in the place of a plugin's from its first day on."""
        facts = {"table": row.table, "unit": row.unit, "digest": row.digest, **_told(row)}
        with self._database.writing() as cursor:
            cursor.run(_FILE, (row.digest, row.table, model))
            until = row.valid_to.isoformat() if row.valid_to else None
            cursor.run(
                _TABLE,
                (row.table, row.unit, row.digest, row.valid_from.isoformat(), until, row.basis, row.by, stamp(row.at)),
            )
            self._log(cursor, _Log(row.by, row.at), "table_set", facts)

    def keep_files(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        """Keeps the decision tables that cases are pinned to, by digest, each with the id of its table."""
        with self._database.writing() as cursor:
            cursor.run_many(_FILE, [(digest, table, model) for digest, (table, model) in sorted(files.items())])
            raise_revision(cursor)

    def log(self, kind: str, facts: Mapping[str, Any], by: str, at: datetime) -> None:
        """Notes what was done to a plugin as a whole, such as an upgrade."""
        with self._database.writing() as cursor:
            self._log(cursor, _Log(by, at), kind, facts)

    def entries(self, limit: int = 100) -> tuple[PluginEntry, ...]:
        """The newest lines of the log."""
        sql = 'SELECT seq, at, "by", kind, facts FROM plugin_entry ORDER BY seq DESC LIMIT ?'
        with self._database.reading() as cursor:
            return tuple(PluginEntry(row[0], moment(row[1]), row[2], row[3], loads(row[4])) for row in cursor.rows(sql, (limit,)))

    def add_tally(self, counted: Mapping[tuple[str, str], int], day: date) -> None:
        """Adds how often rules objected or failed on a day."""
        with self._database.writing() as cursor:
            cursor.run_many(_TALLY, [(rule, day.isoformat(), said, times) for (rule, said), times in sorted(counted.items())])

    def tally(self) -> Mapping[tuple[str, str], int]:
        """How often each rule ever objected or failed."""
        with self._database.reading() as cursor:
            found = cursor.rows("SELECT rule, said, sum(times) FROM rule_tally GROUP BY rule, said")
        return {(row[0], row[1]): int(row[2]) for row in found}

    def running(self) -> Sequence[tuple[str, str, int]]:
        """The procedures that open cases run, each with the version of its pack and how many they are."""
        with self._database.reading() as cursor:
            return [(row[0], row[1], int(row[2])) for row in cursor.rows(_CASES)]

    def _log(self, cursor: Cursor, who: _Log, kind: str, facts: Mapping[str, Any]) -> None:
        last = cursor.row("SELECT seq, hash FROM plugin_entry ORDER BY seq DESC LIMIT 1")
        seq, previous = (int(last[0]) + 1, str(last[1])) if last else (1, "")
        entry = {"seq": seq, "at": stamp(who.at), "by": who.by, "kind": kind, "facts": dict(facts)}
        cursor.run(_ENTRY, (seq, stamp(who.at), who.by, kind, dumps(dict(facts)), chained(previous, entry)))
        raise_revision(cursor)


def _days(row: Sequence[Any]) -> tuple[date, date | None]:
    return date.fromisoformat(row[3]), date.fromisoformat(row[4]) if row[4] else None


def _told(row: OwnValue | OwnTable) -> dict[str, Any]:
    until = row.valid_to.isoformat() if row.valid_to else None
    return {"valid_from": row.valid_from.isoformat(), "valid_to": until, "basis": row.basis}
