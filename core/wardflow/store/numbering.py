"""Numbers without gap or double: taken inside the transaction that uses them."""

from __future__ import annotations

from wardflow.store.database import Cursor

TAKE = (
    "INSERT INTO numbering (series, last) VALUES (?, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = numbering.last + 1 RETURNING last"
)


def take(cursor: Cursor, series: str) -> int:
    """The next number of a series, from 1; a rollback gives it back, so none is lost."""
    row = cursor.row(TAKE, (series,))
    assert row is not None    # an upsert with RETURNING always answers
    return int(row[0])
