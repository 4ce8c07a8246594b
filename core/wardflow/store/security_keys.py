"""Security keys and recovery codes: public keys in the open, codes as keyed hashes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from wardflow.cases.key_ports import SecurityKey
from wardflow.store.database import Database
from wardflow.store.instants import moment, moment_or_none, stamp

_OF = "SELECT id, person_id, name, public_key, uses, made_at, used_at FROM security_key WHERE person_id = ? ORDER BY made_at, id"
_ADD = "INSERT INTO security_key (id, person_id, name, public_key, uses, made_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
# a key that counts nothing says 0 always
_USED = "UPDATE security_key SET uses = ?, used_at = ? WHERE id = ? AND (uses < ? OR (uses = 0 AND ? = 0))"


class SecurityKeyTable:
    """The keys of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, person: str) -> Sequence[SecurityKey]:
        """A person's keys, oldest first."""
        with self._database.reading() as cursor:
            return [
                SecurityKey(row[0], row[1], row[2], row[3], int(row[4]), moment(row[5]), moment_or_none(row[6]))
                for row in cursor.rows(_OF, (person,))
            ]

    def add(self, key: SecurityKey) -> bool:
        """False where somebody has the key already."""
        with self._database.writing() as cursor:
            return bool(cursor.run(_ADD, (key.id, key.person, key.name, key.public_key, key.uses, stamp(key.made_at))))

    def used(self, key: SecurityKey, uses: int, at: datetime) -> bool:
        """False where the key was used meanwhile with this count or a higher one."""
        with self._database.writing() as cursor:
            return bool(cursor.run(_USED, (uses, stamp(at), key.id, uses, uses)))

    def remove(self, person: str, id: str) -> bool:
        """False where the person has no such key."""
        with self._database.writing() as cursor:
            return bool(cursor.run("DELETE FROM security_key WHERE person_id = ? AND id = ?", (person, id)))

    def keep_codes(self, person: str, codes: Collection[str]) -> None:
        """Keeps these codes, as hashes, in the place of all before."""
        with self._database.writing() as cursor:
            cursor.run("DELETE FROM recovery_code WHERE person_id = ?", (person,))
            cursor.run_many("INSERT INTO recovery_code (person_id, code) VALUES (?, ?)", [(person, code) for code in codes])

    def spend_code(self, person: str, code: str) -> bool:
        """True for a code that was there; it is gone then."""
        with self._database.writing() as cursor:
            return bool(cursor.run("DELETE FROM recovery_code WHERE person_id = ? AND code = ?", (person, code)))

    def codes_left(self, person: str) -> int:
        """How many codes a person still has."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT COUNT(*) FROM recovery_code WHERE person_id = ?", (person,))
        return int(found[0]) if found else 0
