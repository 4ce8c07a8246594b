"""Messages that wait for a receiver or found none in their time, and what people did about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.exchange import Message, MessageState, Settled
from wardflow.store.database import Database, Row
from wardflow.store.instants import loads, moment, stamp

_COLUMNS = ("id", "kind", "name", "keys", "sender", "at", "expires_at", "state", "target", "source")
# a signal for one case is over when that case no longer waits; the row that begins a case has a key
_LISTED = (
    f"SELECT {', '.join(_COLUMNS)} FROM message WHERE state IN ('new', 'waiting', 'expired') AND (kind = 'message' OR width > 0) "
    "ORDER BY at, id LIMIT ?"
)
_UNHEARD = "id = ? AND state IN ('new', 'waiting', 'expired')"
_AGAIN = f"UPDATE message SET state = 'new', expires_at = ? WHERE {_UNHEARD} AND value IS NOT NULL"
_DISCARD = f"UPDATE message SET state = 'discarded', value = NULL, expires_at = ? WHERE {_UNHEARD}"
_LOG = 'INSERT INTO message_log (message, name, act, "by", at, reason) VALUES (?, ?, ?, ?, ?, ?)'
_SETTLED = 'SELECT message, name, act, "by", at, reason FROM message_log ORDER BY seq DESC LIMIT ?'


class UnheardTable:
    """The messages of one database that nobody has received."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, limit: int) -> Sequence[Message]:
        """Those that nobody has received, the oldest first; what they say is left out."""
        with self._database.reading() as cursor:
            return [_message(row) for row in cursor.rows(_LISTED, (limit,))]

    def send_again(self, settled: Settled, expires_at: datetime) -> bool:
        """The message is as good as new until then; False when it was delivered or discarded meanwhile."""
        return self._settle(_AGAIN, expires_at, settled)

    def discard(self, settled: Settled, forget_at: datetime) -> bool:
        """The message is given up and what it said forgotten; False when it was delivered or discarded meanwhile."""
        return self._settle(_DISCARD, forget_at, settled)

    def settled(self, limit: int) -> Sequence[Settled]:
        """What people did, the newest first."""
        with self._database.reading() as cursor:
            return [Settled(row[0], row[1], row[2], row[3], moment(row[4]), row[5]) for row in cursor.rows(_SETTLED, (limit,))]

    def _settle(self, sql: str, until: datetime, settled: Settled) -> bool:
        with self._database.writing() as cursor:
            if not cursor.run(sql, (stamp(until), settled.message)):
                return False
            cursor.run(_LOG, (settled.message, settled.name, settled.act, settled.by, stamp(settled.at), settled.reason))
        return True


def _message(row: Row) -> Message:
    found = dict(zip(_COLUMNS, row, strict=True))
    return Message(
        found["id"], found["kind"], found["name"], loads(found["keys"]), {}, found["sender"], moment(found["at"]),
        moment(found["expires_at"]), MessageState(found["state"]), found["target"], found["source"],
    )
