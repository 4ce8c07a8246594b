"""The accounts of other systems: a token each, kept as a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.exchange import ServiceAccount
from wardflow.exchange_errors import AccountThere, AccountUnknown
from wardflow.store.database import Database, Row
from wardflow.store.instants import dumps, loads, moment, moment_or_none, stamp, stamp_or_none

COLUMNS = "name, unit, grants, created_at, expires_at"


class ServiceAccountTable:
    """The service accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_token(self, token: str, now: datetime) -> ServiceAccount | None:
        """The account a token belongs to; None for one that is unknown, revoked or expired."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {COLUMNS} FROM service_account WHERE token_hash = ?", (_hash(token),))
        account = None if found is None else _account(found)
        return None if account is None or (account.expires_at and account.expires_at <= now) else account

    def add(self, account: ServiceAccount, token: str) -> None:
        """Writes an account with its token; AccountThere for a name that is in use."""
        sql = f"INSERT INTO service_account ({COLUMNS}, token_hash) VALUES (?, ?, ?, ?, ?, ?)"
        row = (
            account.name, account.unit, dumps(sorted(account.grants)), stamp(account.created_at),
            stamp_or_none(account.expires_at), _hash(token),
        )
        try:
            with self._database.writing() as cursor:
                cursor.run(sql, row)
        except Exception as error:
            if self._database.is_duplicate(error):
                raise AccountThere(name=account.name) from error
            raise

    def remove(self, name: str) -> None:
        """Revokes an account; AccountUnknown where there is none."""
        with self._database.writing() as cursor:
            if not cursor.run("DELETE FROM service_account WHERE name = ?", (name,)):
                raise AccountUnknown(name=name)

    def all(self) -> Sequence[ServiceAccount]:
        """Every account, by name."""
        with self._database.reading() as cursor:
            return [_account(row) for row in cursor.rows(f"SELECT {COLUMNS} FROM service_account ORDER BY name")]


def _account(row: Row) -> ServiceAccount:
    return ServiceAccount(row[0], row[1], frozenset(loads(row[2])), moment(row[3]), moment_or_none(row[4]))


def _hash(token: str) -> str:
    """A plain hash is enough: a token is 256 bits of chance, which nobody guesses however fast the hash is."""
    return hashlib.sha256(token.encode()).hexdigest()
