"""What is being typed at the counter, kept until it becomes a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wardflow.store.database import Database
from wardflow.store.instants import loads, moment, stamp
from wardflow.store.sealed import Seal

_KEEP = (
    "INSERT INTO intake (id, person_id, saved_at, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, value = excluded.value "
    "WHERE intake.person_id = excluded.person_id"
)


class IntakeStore:
    """The unfinished intakes of one database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        """What is being typed has not been judged by any form yet, so it lies here closed with the seal."""
        self._database, self._seal = database, seal

    def save(self, intake: str, person: str, value: Mapping[str, Any], at: datetime) -> None:
        """Keeps the draft; somebody else's draft is never written over."""
        with self._database.writing() as cursor:
            cursor.run(_KEEP, (intake, person, stamp(at), self._seal.close(dict(value)).decode("ascii")))

    def load(self, intake: str, person: str) -> Mapping[str, Any] | None:
        """The draft, for the person who typed it."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT value FROM intake WHERE id = ? AND person_id = ?", (intake, person))
        if found is None:
            return None
        return self._opened(str(found[0]))

    def of(self, person: str) -> list[tuple[str, datetime, Mapping[str, Any]]]:
        """Everything a person has not finished, newest first."""
        sql = "SELECT id, saved_at, value FROM intake WHERE person_id = ? ORDER BY saved_at DESC"
        with self._database.reading() as cursor:
            return [(row[0], moment(row[1]), self._opened(str(row[2]))) for row in cursor.rows(sql, (person,))]

    def drop(self, intake: str) -> None:
        """Forgets the draft."""
        with self._database.writing() as cursor:
            cursor.run("DELETE FROM intake WHERE id = ?", (intake,))

    def _opened(self, kept: str) -> Mapping[str, Any]:
        # only what was kept before drafts were sealed begins with a brace
        value: Mapping[str, Any] = loads(kept) if kept.startswith("{") else self._seal.open(kept.encode("ascii"))
        return value
