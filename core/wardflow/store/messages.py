"""Messages on their way: kept until their receiver listens or their time is over, delivered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wardflow.cases.exchange import ANYBODY, Message, MessageState, Subscription, fitting
from wardflow.store.database import Database, Row
from wardflow.store.exchange import (
    KEEP,
    LISTEN,
    MESSAGE,
    SPREAD,
    SUBSCRIPTION,
    message_values,
    spread_values,
    subscription_values,
)
from wardflow.store.instants import loads, moment, stamp
from wardflow.store.sealed import Seal

_READ = f"SELECT {', '.join('m.' + name for name in MESSAGE)} FROM message m "
_OPEN = "state IN ('new', 'waiting')"
# one that a person may send again keeps what it says until it is forgotten; a signal that was for nobody is over
_EXPIRE = (
    "UPDATE message SET state = 'expired', value = CASE WHEN kind = 'signal' AND width = 0 THEN NULL ELSE value END, expires_at = ? "
    f"WHERE {_OPEN} AND expires_at <= ?"
)
_FORGET = "DELETE FROM message WHERE state IN ('delivered', 'expired', 'discarded') AND expires_at <= ?"
_FRESH = f"SELECT {', '.join(SUBSCRIPTION[:-1])} FROM subscription WHERE fresh = ? ORDER BY since LIMIT ?"
_LOOKED = "UPDATE subscription SET fresh = ? WHERE case_id = ? AND listener = ? AND since = ?"


class MessageTable:
    """The messages and listeners of one database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        """What comes from outside has not been judged by any form yet, so it lies here closed with the seal."""
        self._database, self._seal, self._remembered = database, seal, False

    def find(self, id: str) -> Message | None:
        """A message."""
        with self._database.reading() as cursor:
            found = cursor.row(_READ + "WHERE m.id = ?", (id,))
        return None if found is None else _message(found, self._seal)

    def sent_once(self, key: str) -> tuple[Message, str | None] | None:
        """The message an earlier call with the same key sent, and the code of the case it reached."""
        sql = _READ.replace(" FROM", ", c.code FROM") + "LEFT JOIN cases c ON c.id = m.case_id WHERE m.sent_once = ?"
        with self._database.reading() as cursor:
            found = cursor.row(sql, (key,))
        return None if found is None else (_message(found[:-1], self._seal), found[-1])

    def keep(self, message: Message) -> None:
        """Keeps a message; a key that was used already is refused by the database."""
        with self._database.writing() as cursor:
            cursor.run(KEEP, message_values(message, said=self._closed(message)))

    def spread(self, signal: Message, begins: Sequence[Message] = ()) -> int:
        """Addresses a signal to every case that listens now, says how many those are, and keeps what it begins."""
        with self._database.writing() as cursor:
            if signal.sent_once is not None:    # the row that remembers the key
                cursor.run(KEEP, message_values(signal))
            cursor.run_many(KEEP, [message_values(each, said=self._closed(each)) for each in begins])
            return cursor.run(SPREAD, spread_values(signal, 0, self._closed(signal)))

    def _closed(self, message: Message) -> str:
        return self._seal.close(dict(message.value)).decode("ascii")

    def receivers(self, message: Message, after: tuple[str, int] = ("", 0), limit: int = 50) -> Sequence[tuple[str, int]]:
        """The cases that may listen for a message, as (since, case), those that have listened longest first."""
        hashes = fitting(message.keys) if message.kind == "message" else (ANYBODY,)
        one = "" if message.target is None else "AND case_id = ? "
        sql = (
            f"SELECT min(since), case_id FROM subscription WHERE kind = ? AND name = ? AND keys_hash IN ({', '.join('?' * len(hashes))}) "
            f"{one}GROUP BY case_id HAVING min(since) > ? OR (min(since) = ? AND case_id > ?) ORDER BY 1, 2 LIMIT ?"
        )
        given = () if message.target is None else (message.target,)
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (message.kind, message.name, *hashes, *given, after[0], after[0], after[1], limit))
        return [(str(row[0]), int(row[1])) for row in found]

    def fresh(self, limit: int) -> Sequence[str]:
        """Messages whose receiver nobody has looked for yet, oldest first."""
        with self._database.reading() as cursor:
            return [row[0] for row in cursor.rows("SELECT id FROM message WHERE state = 'new' ORDER BY at, id LIMIT ?", (limit,))]

    def waits(self, id: str) -> None:
        """Nobody listens for the message now; a signal that its case no longer waits for is over."""
        ended = "CASE kind WHEN 'signal' THEN 'expired' ELSE 'waiting' END"
        with self._database.writing() as cursor:
            cursor.run(f"UPDATE message SET state = {ended} WHERE id = ? AND state = 'new'", (id,))

    def over(self, id: str) -> None:
        """The message has done its work: others carry it on."""
        with self._database.writing() as cursor:
            cursor.run(f"UPDATE message SET state = 'expired', value = NULL WHERE id = ? AND {_OPEN}", (id,))

    def again(self, id: str) -> None:
        """Its receiver is looked for again."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE message SET state = 'new' WHERE id = ? AND state = 'waiting'", (id,))

    def newly_listening(self, limit: int) -> Sequence[Subscription]:
        """Listeners for which nobody has looked among the waiting messages yet."""
        with self._database.reading() as cursor:
            found = cursor.rows(_FRESH, (True, limit))
        return [Subscription(row[0], row[1], row[2], row[3], row[4], row[5], moment(row[6])) for row in found]

    def waiting_for(self, listener: Subscription, after: tuple[str, str] = ("", ""), limit: int = 50) -> Sequence[tuple[str, str]]:
        """Messages that may be for a listener, as (at, id), oldest first: with just its keys, and with more."""
        fits = "" if listener.keys_hash == ANYBODY else "AND (keys_hash = ? OR width > 1) "
        given = () if listener.keys_hash == ANYBODY else (listener.keys_hash,)
        sql = (
            f"SELECT at, id FROM message WHERE kind = 'message' AND name = ? AND {_OPEN} {fits}"
            "AND (target IS NULL OR target = ?) AND (at > ? OR (at = ? AND id > ?)) ORDER BY at, id LIMIT ?"
        )
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (listener.name, *given, listener.case_id, after[0], *after, limit))
        return [(row[0], row[1]) for row in found]

    def looked(self, listeners: Sequence[Subscription]) -> None:
        """Somebody has looked among the waiting messages for these."""
        with self._database.writing() as cursor:
            cursor.run_many(_LOOKED, sorted((False, row.case_id, row.listener, stamp(row.since)) for row in listeners))    # in the order in which acts write them

    def expire(self, now: datetime, forget_at: datetime) -> int:
        """Ends what has waited too long, forgets what was ended long ago, and says how many ended."""
        with self._database.reading() as cursor:
            if cursor.row("SELECT 1 FROM message WHERE expires_at <= ? LIMIT 1", (stamp(now),)) is None:
                return 0
        with self._database.writing() as cursor:
            cursor.run(_FORGET, (stamp(now),))
            return cursor.run(_EXPIRE, (stamp(forget_at), stamp(now)))

    def remembered(self) -> bool:
        """True when the listeners of every running case stand in the table."""
        if not self._remembered:
            with self._database.reading() as cursor:
                self._remembered = cursor.row("SELECT 1 FROM revision WHERE name = 'listeners'") is not None
        return self._remembered

    def running(self, after: int, limit: int) -> Sequence[int]:
        """The numbers of running cases above one, in order."""
        sql = "SELECT id FROM cases WHERE status = 'open' AND id > ? ORDER BY id LIMIT ?"
        with self._database.reading() as cursor:
            return [int(row[0]) for row in cursor.rows(sql, (after, limit))]

    def remember(self, case_id: int, version: int, rows: Sequence[Subscription]) -> bool:
        """Writes the listeners of a case; False when it has moved since that version."""
        with self._database.writing() as cursor:
            # the row is held until the listeners are written, so that no act can come between
            if not cursor.run("UPDATE cases SET version = version WHERE id = ? AND version = ?", (case_id, version)):
                return False
            cursor.run_many(LISTEN, [subscription_values(case_id, row) for row in rows])
        return True

    def all_remembered(self) -> None:
        """Nothing is left to remember."""
        with self._database.writing() as cursor:
            cursor.run("INSERT INTO revision (name, number) VALUES ('listeners', 1) ON CONFLICT (name) DO NOTHING")

    def is_duplicate(self, error: Exception) -> bool:
        """True for the complaint that an idempotency key stands already."""
        return self._database.is_duplicate(error)

    def case_of(self, reference: str) -> Sequence[int]:
        """The cases with a code, or a reference that another system gave them."""
        sql = "SELECT id FROM cases WHERE code = ? UNION SELECT case_id FROM case_reference WHERE reference = ? ORDER BY 1"
        with self._database.reading() as cursor:
            return [int(row[0]) for row in cursor.rows(sql, (reference, reference))]


def _message(row: Row, seal: Seal) -> Message:
    found = dict(zip(MESSAGE, row, strict=True))
    return Message(
        id=found["id"], kind=found["kind"], name=found["name"], keys=loads(found["keys"]), value=_said(found["value"], seal),
        sender=found["sender"], at=moment(found["at"]), expires_at=moment(found["expires_at"]),
        state=MessageState(found["state"]), target=found["target"], source=found["source"], case_id=found["case_id"],
        sent_once=found["sent_once"], told=found["told"],
    )


def _said(value: str | None, seal: Seal) -> Mapping[str, Any]:
    """What a message says; only JSON begins with a brace, a sealed text never does."""
    if value is None:
        return {}
    found: Mapping[str, Any] = loads(value) if value.startswith("{") else seal.open(value.encode("ascii"))
    return found
