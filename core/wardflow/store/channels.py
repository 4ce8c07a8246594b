"""How each case came in."""

from __future__ import annotations

from collections.abc import Mapping

from wardflow.cases.counter_records import CaseWay
from wardflow.cases.ports import Filing
from wardflow.domain.channels import AT_COUNTER, Channel, Way
from wardflow.store.database import Cursor, Database
from wardflow.store.instants import dumps, loads, moment, stamp

_KEEP = "INSERT INTO case_channel (case_id, channel, entered_at, facts) VALUES (?, ?, ?, ?)"
_BETWEEN = "SELECT k.case_id, k.channel FROM case_channel k JOIN cases c ON c.id = k.case_id WHERE c.code >= ? AND c.code < ?"


class ChannelTable:
    """How the cases of one database came in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, case_id: int) -> CaseWay:
        """How a case came in; one from before that was kept came over a counter."""
        with self._database.reading() as cursor:
            row = cursor.row("SELECT channel, facts, entered_at FROM case_channel WHERE case_id = ?", (case_id,))
        if row is None:
            return CaseWay(AT_COUNTER)
        return CaseWay(Way.of(row[0], loads(row[1])), moment(row[2]) if row[2] else None)

    def received(self, first: str, last: str) -> Mapping[int, Channel]:
        """The channel of each case whose code lies from one text up to another."""
        with self._database.reading() as cursor:
            return {int(row[0]): Channel(row[1]) for row in cursor.rows(_BETWEEN, (first, last))}


def keep_channel(cursor: Cursor, case_id: int, filing: Filing) -> None:
    """Remembers how a new case came in."""
    entered = stamp(filing.entered_at) if filing.entered_at else None
    cursor.run(_KEEP, (case_id, str(filing.way.channel), entered, dumps(filing.way.facts())))
