"""Notices that wait to be sent: a row an act wrote is the outbox, so a notice is sent when its act is kept, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.records import Case, Notice
from wardflow.store import rows
from wardflow.store.database import Database
from wardflow.store.instants import stamp

_UNSENT = (
    f"SELECT {', '.join('n.' + name for name in rows.NOTICE)}, {', '.join('c.' + name for name in rows.CASE)} "
    "FROM notice n JOIN cases c ON c.id = n.case_id "
    "WHERE n.sent_at IS NULL AND n.address IS NOT NULL ORDER BY n.at, n.case_id, n.seq LIMIT ?"
)


class NoticeTable:
    """The notices of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unsent(self, limit: int) -> Sequence[tuple[Notice, Case]]:
        """The oldest notices with an address that have not been sent."""
        cut = len(rows.NOTICE)
        with self._database.reading() as cursor:
            return [(rows.notice(row[:cut]), rows.case(row[cut:])) for row in cursor.rows(_UNSENT, (limit,))]

    def sent(self, case_id: int, seq: int, at: datetime) -> None:
        """Remembers that a notice was handed over."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE notice SET sent_at = ? WHERE case_id = ? AND seq = ?", (stamp(at), case_id, seq))
