"""How every deciding unit keeps its dates.

A case whose clock has not started, or is paused, has no due date and counts as in time: nobody is late with it.
A confidential case is counted nowhere: what is counted of a unit is shown to everybody. A matter is finished when its clock stops: handing over the result and asking how it was are no part of the limit.
"""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.ports import Timeliness
from wardflow.store.database import Database
from wardflow.store.instants import stamp

_COUNT = """
SELECT authority,
       sum(CASE WHEN finished IS NULL AND (due IS NULL OR due >= ?) THEN 1 ELSE 0 END),
       sum(CASE WHEN finished IS NULL AND due < ? THEN 1 ELSE 0 END),
       sum(CASE WHEN finished IS NOT NULL AND (due IS NULL OR finished <= due) THEN 1 ELSE 0 END),
       sum(CASE WHEN finished IS NOT NULL AND finished > due THEN 1 ELSE 0 END)
FROM (SELECT authority, due, coalesce(stopped_at, ended_at) AS finished FROM cases
      WHERE id NOT IN (SELECT case_id FROM kept_from)) AS counted
GROUP BY authority ORDER BY authority
"""


def timeliness(database: Database, now: datetime) -> tuple[Timeliness, ...]:
    """One row a unit, by its id."""
    moment = stamp(now)
    with database.reading() as cursor:
        return tuple(Timeliness(row[0], *map(int, row[1:])) for row in cursor.rows(_COUNT, (moment, moment)))
