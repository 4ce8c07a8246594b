"""The log of the register: every change in a chain of hashes, and how far the tasks it moves have been looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wardflow.cases.records import RegisterEntry
from wardflow.domain import audit
from wardflow.domain.reach import Reach
from wardflow.domain.register import Register
from wardflow.errors import RegisterMoved
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads, moment, moment_or_none, stamp, stamp_or_none
from wardflow.store.register import write_changes
from wardflow.store.revision import raise_revision, read_revision

COLUMNS = ("seq", "at", "by", "kind", "facts", "reach", "hash", "moved", "looks", "done_at")
_INSERT = f"INSERT INTO register_entry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_READ = f"SELECT {', '.join(COLUMNS)} FROM register_entry"


class RegisterLog:
    """The changes of the register of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, before: Register, after: Register, entry: RegisterEntry) -> RegisterEntry:
        """The entry with its place and hash, written with the change; RegisterMoved where another change came first."""
        with self._database.writing() as cursor:
            raise_revision(cursor)    # takes the row that every other change waits for
            if read_revision(cursor) != before.revision + 1:
                raise RegisterMoved()
            write_changes(cursor, before, after)
            return self._add(cursor, entry)

    def turn(self, entry: RegisterEntry, day: str) -> RegisterEntry | None:
        """The entry of a day that begins; None when another worker was first, or when it is no later than the last one."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE revision SET number = number WHERE name = 'register'")
            last = cursor.row(f"{_READ} WHERE kind = 'day' ORDER BY seq DESC LIMIT 1")
            if last is not None and str(_entry(last).facts["day"]) >= day:
                return None
            return self._add(cursor, entry)

    def last_day(self) -> RegisterEntry | None:
        """The entry of the last day that began."""
        with self._database.reading() as cursor:
            found = cursor.row(f"{_READ} WHERE kind = 'day' ORDER BY seq DESC LIMIT 1")
        return None if found is None else _entry(found)

    def entry(self, seq: int) -> RegisterEntry | None:
        """The change with a number."""
        with self._database.reading() as cursor:
            found = cursor.row(f"{_READ} WHERE seq = ?", (seq,))
        return None if found is None else _entry(found)

    def undone(self) -> Sequence[RegisterEntry]:
        """The changes whose tasks have not all been looked at, oldest first."""
        with self._database.reading() as cursor:
            return [_entry(row) for row in cursor.rows(f"{_READ} WHERE done_at IS NULL ORDER BY seq")]

    def newest(self, limit: int) -> Sequence[RegisterEntry]:
        """The newest changes; days that began by themselves are among them only where they moved something."""
        sql = f"{_READ} WHERE kind <> 'day' OR moved > 0 ORDER BY seq DESC LIMIT ?"
        with self._database.reading() as cursor:
            return [_entry(row) for row in cursor.rows(sql, (limit,))]

    def moved(self, seq: int, count: int) -> None:
        """Remembers that so many more tasks moved."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE register_entry SET moved = moved + ? WHERE seq = ?", (count, seq))

    def passed(self, seq: int, done_at: datetime | None) -> None:
        """Remembers that every case was looked at, and with a moment that no further look is needed."""
        sql = "UPDATE register_entry SET looks = looks + 1, done_at = ? WHERE seq = ?"
        with self._database.writing() as cursor:
            cursor.run(sql, (stamp_or_none(done_at), seq))

    def _add(self, cursor: Cursor, entry: RegisterEntry) -> RegisterEntry:
        last = cursor.row("SELECT seq, hash FROM register_entry ORDER BY seq DESC LIMIT 1")
        seq, before = (int(last[0]), str(last[1])) if last else (0, "")
        placed = RegisterEntry(seq + 1, entry.at, entry.by, entry.kind, entry.facts, entry.reach)
        hashed = audit.chained(before, audited(placed))
        cursor.run(
            _INSERT,
            (placed.seq, stamp(placed.at), placed.by, placed.kind, dumps(dict(placed.facts)), dumps(placed.reach.to_json()),
             hashed, 0, 0, None),
        )
        return RegisterEntry(placed.seq, placed.at, placed.by, placed.kind, placed.facts, placed.reach, hashed)


def checked(cursor: Cursor) -> tuple[int, int | None]:
    """How many changes there are, and the number of the first that is missing or whose hash does not follow."""
    entries = [_entry(row) for row in cursor.rows(f"{_READ} ORDER BY seq")]
    missing = next((number for number, entry in enumerate(entries, start=1) if entry.seq != number), None)
    place = audit.verify((audited(entry), entry.hash) for entry in entries)
    broken = None if place is None else entries[place].seq
    return len(entries), missing if broken is None or (missing is not None and missing < broken) else broken


def audited(entry: RegisterEntry) -> Mapping[str, Any]:
    """What the chain hashes of a change."""
    return {
        "seq": entry.seq, "at": stamp(entry.at), "by": entry.by, "kind": entry.kind, "facts": dict(entry.facts),
        "reach": entry.reach.to_json(),
    }


def _entry(row: Row) -> RegisterEntry:
    seq, at, by, kind, facts, reach, hashed, moved, looks, done_at = row
    return RegisterEntry(
        seq, moment(at), by, kind, loads(facts), Reach.from_json(loads(reach)), hashed, moved, looks, moment_or_none(done_at)
    )
