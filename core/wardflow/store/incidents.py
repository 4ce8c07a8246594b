"""Incidents: what stopped in a case and waits for a person."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.cases.records import Case, Incident
from wardflow.store import rows
from wardflow.store.database import Database, Row
from wardflow.store.instants import loads, moment

COLUMNS = ("seq", "place", "code", "node", "facts", "at")


class IncidentTable:
    """The incidents of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_case(self, case_id: int) -> tuple[Incident, ...]:
        """Those of a case that nobody has closed, oldest first."""
        sql = f"SELECT {', '.join(COLUMNS)} FROM incident WHERE case_id = ? AND closed_at IS NULL ORDER BY seq, place"
        with self._database.reading() as cursor:
            return tuple(incident(row) for row in cursor.rows(sql, (case_id,)))

    def unclosed(self, authorities: Sequence[str], limit: int = 1000) -> Sequence[tuple[Incident, Case]]:
        """Those of the running cases that some units decide, oldest first."""
        if not authorities:
            return []
        sql = (
            f"SELECT {', '.join('i.' + name for name in COLUMNS)}, {', '.join('c.' + name for name in rows.CASE)} "
            "FROM incident i JOIN cases c ON c.id = i.case_id WHERE i.closed_at IS NULL AND c.status = 'open' "
            f"AND c.authority IN ({', '.join('?' * len(authorities))}) ORDER BY i.at, i.case_id, i.seq, i.place LIMIT ?"
        )
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (*authorities, limit))
        cut = len(COLUMNS)
        return [(incident(row[:cut]), rows.case(row[cut:])) for row in found]


def incident(row: Row) -> Incident:
    """The incident of a row in the order of COLUMNS."""
    return Incident(seq=row[0], place=row[1], code=row[2], node=row[3], facts=loads(row[4]), at=moment(row[5]))
