"""Local accounts: passwords kept as argon2 hashes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wardflow.store.database import Database
from wardflow.store.instants import moment, stamp

_HASHER = PasswordHasher()
# checked when the name is unknown, so that a wrong name takes as long as a wrong password
_NOBODY = _HASHER.hash("nobody has this password")


class AccountStore:
    """The accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def person_of(self, login: str, password: str) -> str | None:
        """The person behind a name and a password; None when they do not match."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT person_id, password_hash FROM account WHERE login = ?", (login.strip().lower(),))
        try:
            _HASHER.verify(found[1] if found else _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return None
        return str(found[0]) if found else None

    def set(self, login: str, person: str, password: str) -> None:
        """Writes an account, new or known."""
        sql = (
            "INSERT INTO account (login, person_id, password_hash) VALUES (?, ?, ?) ON CONFLICT (login) "
            "DO UPDATE SET person_id = excluded.person_id, password_hash = excluded.password_hash"
        )
        with self._database.writing() as cursor:
            cursor.run(sql, (login.strip().lower(), person, _HASHER.hash(password)))

    def person_of_identity(self, issuer: str, subject: str, login: str | None) -> str | None:
        """The person a provider's subject stands for; the first time it is bound to the account with that login.

        None where nobody has the login, or where its person is bound to another subject: a name given anew opens nothing.
        """
        sql = "SELECT person_id FROM identity WHERE issuer = ? AND subject = ?"
        bind = (
            "INSERT INTO identity (issuer, subject, person_id) SELECT ?, ?, person_id FROM account WHERE login = ? "
            "ON CONFLICT DO NOTHING"
        )
        with self._database.writing() as cursor:
            found = cursor.row(sql, (issuer, subject))
            if found is None and login:
                cursor.run(bind, (issuer, subject, login.strip().lower()))
                found = cursor.row(sql, (issuer, subject))
        return str(found[0]) if found else None

    def signed_out(self, person: str) -> datetime | None:
        """The moment before which no session of a person counts any more."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT at FROM signed_out WHERE person_id = ?", (person,))
        return None if found is None else moment(found[0])

    def sign_out(self, person: str, at: datetime) -> None:
        """Ends every session of a person that began before."""
        sql = "INSERT INTO signed_out (person_id, at) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET at = excluded.at"
        with self._database.writing() as cursor:
            cursor.run(sql, (person, stamp(at)))

    def logins(self) -> Iterable[tuple[str, str]]:
        """Every account as (login, person)."""
        with self._database.reading() as cursor:
            return [(row[0], row[1]) for row in cursor.rows("SELECT login, person_id FROM account ORDER BY login")]
