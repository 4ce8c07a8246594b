"""Where the matters of cases are, and from whom confidential cases are kept: written when a case is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.records import Case
from wardflow.cases.spots import Heat, Spot, Tally
from wardflow.store import rows
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import moment, moment_or_none, stamp

_SPOT = ("procedure", "area", "kind", "latitude", "longitude", "persons", "loud")
_KEEP = f"INSERT INTO spot (case_id, at, {', '.join(_SPOT)}) VALUES (?, ?, {', '.join('?' * len(_SPOT))})"
_KEPT_FROM = "INSERT INTO kept_from (case_id, who) VALUES (?, ?) ON CONFLICT DO NOTHING"
_OF = f"SELECT {', '.join(_SPOT)} FROM spot WHERE case_id = ?"
_LIKE = (
    f"SELECT {', '.join('s.' + name for name in _SPOT)}, {', '.join('c.' + name for name in rows.CASE)} FROM spot o "
    "JOIN spot s ON s.area = o.area AND s.kind = o.kind AND s.case_id <> o.case_id JOIN cases c ON c.id = s.case_id "
    "WHERE o.case_id = ? AND s.at >= ? AND s.at <= ? AND c.status = 'open' AND c.stopped_at IS NULL "
    "AND s.case_id NOT IN (SELECT case_id FROM kept_from) ORDER BY s.at, s.case_id LIMIT 200"
)
_HEAT = (
    "SELECT s.area, s.procedure, s.kind, count(*), sum(s.persons), sum(CASE WHEN c.status = 'open' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN s.loud THEN 1 ELSE 0 END), max(s.at) "
    "FROM spot s JOIN cases c ON c.id = s.case_id WHERE {0}s.procedure IN ({1}) AND s.at >= ? AND s.case_id NOT IN (SELECT case_id FROM kept_from) "
    "GROUP BY s.area, s.procedure, s.kind ORDER BY 4 DESC, 1, 2, 3"
)

_TALLY = (
    "SELECT s.area, s.kind, c.business_state, count(*), sum(CASE WHEN c.status = 'open' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN c.status = 'open' AND c.stopped_at IS NULL AND c.due < ? THEN 1 ELSE 0 END), "
    "sum(CASE WHEN c.stopped_at <= c.due_original THEN 1 ELSE 0 END), sum(CASE WHEN c.stopped_at > c.due_original THEN 1 ELSE 0 END), "
    "min(CASE WHEN c.status = 'open' AND c.stopped_at IS NULL THEN c.due END) "
    "FROM spot s JOIN cases c ON c.id = s.case_id WHERE {0}s.procedure IN ({1}) AND s.case_id NOT IN (SELECT case_id FROM kept_from) "
    "GROUP BY s.area, s.kind, c.business_state ORDER BY s.area, s.kind, c.business_state"
)


class SpotTable:
    """The spots of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, case_id: int) -> Spot | None:
        """The spot of a case; None where its procedure keeps none."""
        with self._database.reading() as cursor:
            found = cursor.row(_OF, (case_id,))
        return None if found is None else Spot(*found)

    def like(self, case_id: int, since: datetime, until: datetime) -> Sequence[tuple[Spot, Case]]:
        """The other cases still being dealt with of the same area and kind that came in between two moments, oldest first."""
        cut = len(_SPOT)
        with self._database.reading() as cursor:
            found = cursor.rows(_LIKE, (case_id, stamp(since), stamp(until)))
        return [(Spot(*row[:cut]), rows.case(row[cut:])) for row in found]

    def heat(self, areas: Sequence[str], procedures: Sequence[str], since: datetime) -> Sequence[Heat]:
        """What came in since a moment, by area, procedure and kind: the most first."""
        with self._database.reading() as cursor:
            found = cursor.rows(_where(_HEAT, areas, procedures), (*areas, *procedures, stamp(since)))
        return [Heat(row[0], row[1], row[2], int(row[3]), int(row[4]), int(row[5]), int(row[6]), moment(row[7])) for row in found]

    def tally(self, areas: Sequence[str], procedures: Sequence[str], now: datetime) -> Sequence[Tally]:
        """How the cases of some procedures stand, by area, kind and state."""
        with self._database.reading() as cursor:
            found = cursor.rows(_where(_TALLY, areas, procedures), (stamp(now), *areas, *procedures))
        return [_tally(row) for row in found]


def _tally(row: Row) -> Tally:
    count, running, overdue, in_time, late = (int(value or 0) for value in row[3:8])
    return Tally(row[0], row[1], row[2], count, running, overdue, in_time, late, moment_or_none(row[8]))


def _where(sql: str, areas: Sequence[str], procedures: Sequence[str]) -> str:
    within = f"s.area IN ({', '.join('?' * len(areas))}) AND " if areas else ""
    return sql.format(within, ", ".join("?" * len(procedures)))


def keep(cursor: Cursor, case: Case, spot: Spot | None) -> None:
    """Writes where a new case's matter is, and from whom it is kept; nothing for most cases."""
    hide(cursor, case)
    if spot is not None:
        said = (spot.procedure, spot.area, spot.kind, spot.latitude, spot.longitude, spot.persons, spot.loud)
        cursor.run(_KEEP, (case.id, stamp(case.opened_at), *said))


def hide(cursor: Cursor, case: Case) -> None:
    """Writes from whom a case is kept."""
    cursor.run_many(_KEPT_FROM, [(case.id, who) for who in case.places.kept_from])
