"""Numbers of those who wait at a counter: a line a counter and day, so each day begins with 1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from wardflow.cases.counter_records import QueueNumber, QueueState
from wardflow.store.database import Database, Row
from wardflow.store.instants import moment, stamp

_COLUMNS = "unit, day, number, state, taken_at, called_at, place, called_by"
# two who press at once are given two numbers: the later one finds the place taken and asks again
_TAKE = (
    "INSERT INTO queue_number (unit, day, number, state, taken_at, place) "
    "SELECT ?, ?, COALESCE(MAX(number), 0) + 1, 'waiting', ?, '' FROM queue_number WHERE unit = ? AND day = ? "
    f"ON CONFLICT DO NOTHING RETURNING {_COLUMNS}"
)
_CALL = (
    "UPDATE queue_number SET state = 'called', called_at = ?, place = ?, called_by = ? WHERE unit = ? AND day = ? AND state = 'waiting' "
    "AND number = (SELECT MIN(number) FROM queue_number WHERE unit = ? AND day = ? AND state = 'waiting') "
    f"RETURNING {_COLUMNS}"
)
_WAITS = "SELECT 1 FROM queue_number WHERE unit = ? AND day = ? AND state = 'waiting'"
_END = "UPDATE queue_number SET state = ?, ended_at = ? WHERE unit = ? AND day = ? AND number = ? AND state = 'called'"


class QueueTable:
    """The lines of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, unit: str, day: date, at: datetime) -> QueueNumber:
        """The next number of the day."""
        while True:
            with self._database.writing() as cursor:
                row = cursor.row(_TAKE, (unit, day.isoformat(), stamp(at), unit, day.isoformat()))
            if row is not None:
                return _number(row)

    def call(self, unit: str, day: date, place: str, by: str, at: datetime) -> QueueNumber | None:
        """The number that has waited longest, called to a desk; None when nobody waits. Two who call at once get two."""
        line = (unit, day.isoformat())
        while True:
            with self._database.writing() as cursor:
                row = cursor.row(_CALL, (stamp(at), place, by, *line, *line))
                if row is not None:
                    return _number(row)
                if cursor.row(_WAITS, line) is None:
                    return None

    def end(self, unit: str, day: date, number: int, state: QueueState, at: datetime) -> None:
        """Ends a number that was called."""
        with self._database.writing() as cursor:
            cursor.run(_END, (str(state), stamp(at), unit, day.isoformat(), number))

    def of_day(self, unit: str, day: date) -> Sequence[QueueNumber]:
        """Every number of a day, in order."""
        sql = f"SELECT {_COLUMNS} FROM queue_number WHERE unit = ? AND day = ? ORDER BY number"
        with self._database.reading() as cursor:
            return [_number(row) for row in cursor.rows(sql, (unit, day.isoformat()))]


def _number(row: Row) -> QueueNumber:
    called = moment(row[5]) if row[5] else None
    return QueueNumber(row[0], date.fromisoformat(row[1]), int(row[2]), QueueState(row[3]), moment(row[4]), called, row[6], row[7])
