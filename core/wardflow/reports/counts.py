"""How many cases of some procedures stand where: what figures of departments are worked out of.

The year is that in which a case was filed, by UTC: in the first hours of a new year the last one is still counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.offers import CaseCount
from wardflow.store.database import Database

_COUNT = """
SELECT procedure, authority, substr(opened_at, 1, 4), business_state, outcome, count(*)
FROM cases WHERE procedure IN ({marks})
GROUP BY procedure, authority, substr(opened_at, 1, 4), business_state, outcome
ORDER BY 1, 2, 3, 4, 5
"""


def case_counts(database: Database, procedures: Sequence[str]) -> tuple[CaseCount, ...]:
    """One row for each procedure, deciding unit, year, state and outcome."""
    if not procedures:
        return ()
    sql = _COUNT.format(marks=", ".join("?" * len(procedures)))
    with database.reading() as cursor:
        return tuple(
            CaseCount(row[0], row[1], int(row[2]), row[3] or "", row[4] or "", int(row[5])) for row in cursor.rows(sql, tuple(procedures))
        )
