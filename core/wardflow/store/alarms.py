"""The alarms that will move cases, read in the order they fire."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from wardflow.cases.alarm_ports import TakenUp
from wardflow.cases.records import AlarmRow, Task
from wardflow.store import rows
from wardflow.store.database import Database
from wardflow.store.instants import moment, stamp

_TAKE_UP = (
    f"SELECT {', '.join('c.' + name for name in rows.CASE)}, a.alarm, a.node, a.fire_at, "
    "(SELECT number FROM revision WHERE name = 'register') FROM alarm a JOIN cases c ON c.id = a.case_id WHERE a.case_id IN "
)
_TASKS = f"SELECT {', '.join(rows.TASK)} FROM task WHERE status = 'open' AND case_id IN "


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

    def taken_up(self, alarms: Collection[tuple[int, str]]) -> Sequence[TakenUp]:
        """Those of the alarms that still stand, each with its case, in one query."""
        cases = sorted({case_id for case_id, _ in alarms})
        with self._database.reading() as cursor:
            found = cursor.rows(f"{_TAKE_UP}({', '.join('?' * len(cases))}) ORDER BY c.id", tuple(cases)) if cases else []
        cut = len(rows.CASE)
        return [
            TakenUp(rows.case(row[:cut]), AlarmRow(row[cut], str(row[cut + 1]), moment(row[cut + 2])), row[-1] or 0)
            for row in found if (int(row[0]), row[cut]) in alarms
        ]

    def open_tasks(self, cases: Sequence[int]) -> Mapping[int, Sequence[Task]]:
        """The open tasks of each of these cases."""
        found: dict[int, list[Task]] = {case_id: [] for case_id in cases}
        if cases:
            with self._database.reading() as cursor:
                for row in cursor.rows(f"{_TASKS}({', '.join('?' * len(cases))}) ORDER BY case_id, task", tuple(cases)):
                    found[int(row[0])].append(rows.task(row))
        return found
