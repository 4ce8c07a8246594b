"""The alarms that will move cases, read in the order they fire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.records import AlarmRow
from wardflow.store.database import Database
from wardflow.store.instants import moment, stamp


class AlarmTable:
    """The alarms of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        """The next due alarms as (case, alarm, fire_at), earliest first."""
        sql = "SELECT case_id, alarm, fire_at FROM alarm WHERE fire_at <= ? ORDER BY fire_at, case_id, alarm LIMIT ?"
        with self._database.reading() as cursor:
            return [(int(row[0]), row[1], moment(row[2])) for row in cursor.rows(sql, (stamp(now), limit))]

    def row(self, case_id: int, alarm: str) -> AlarmRow | None:
        """One alarm; None once it has rung or was cleared."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT node, fire_at FROM alarm WHERE case_id = ? AND alarm = ?", (case_id, alarm))
        return None if found is None else AlarmRow(alarm, str(found[0]), moment(found[1]))
    def of_case(self, case_id: int) -> Sequence[AlarmRow]:
        """The alarms of a case, earliest first."""
        sql = "SELECT alarm, node, fire_at FROM alarm WHERE case_id = ? ORDER BY fire_at, alarm"
        with self._database.reading() as cursor:
            return [AlarmRow(row[0], row[1], moment(row[2])) for row in cursor.rows(sql, (case_id,))]

    def node(self, case_id: int, alarm: str) -> str | None:
        """The node an alarm belongs to; None once it has rung or was cleared."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT node FROM alarm WHERE case_id = ? AND alarm = ?", (case_id, alarm))
        return None if found is None else str(found[0])
