"""How every deciding unit keeps its dates.

A case whose clock has not started, or is paused, has no due date and counts as in time: nobody is late with it.
"""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.ports import Timeliness
from wardflow.store.database import Database
from wardflow.store.instants import stamp

_COUNT = """
SELECT authority,
       sum(CASE WHEN status = 'open' AND (due IS NULL OR due >= ?) THEN 1 ELSE 0 END),
       sum(CASE WHEN status = 'open' AND due < ? THEN 1 ELSE 0 END),
       sum(CASE WHEN status = 'ended' AND (due IS NULL OR ended_at <= due) THEN 1 ELSE 0 END),
       sum(CASE WHEN status = 'ended' AND ended_at > due THEN 1 ELSE 0 END)
FROM cases GROUP BY authority ORDER BY authority
"""


def timeliness(database: Database, now: datetime) -> tuple[Timeliness, ...]:
    """One row a unit, by its id."""
    moment = stamp(now)
    with database.reading() as cursor:
        return tuple(Timeliness(row[0], *map(int, row[1:])) for row in cursor.rows(_COUNT, (moment, moment)))
