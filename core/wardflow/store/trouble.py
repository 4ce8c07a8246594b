"""What the database's complaints mean for who asked: no room, only to be read, or not there just now."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from wardflow.errors import StorageAway, StorageFull, StorageReadOnly, StorageTrouble

_SQLITE: dict[int, type[StorageTrouble]] = {
    sqlite3.SQLITE_FULL: StorageFull, sqlite3.SQLITE_READONLY: StorageReadOnly, sqlite3.SQLITE_IOERR: StorageAway,
    sqlite3.SQLITE_BUSY: StorageAway, sqlite3.SQLITE_CANTOPEN: StorageAway,
}
_FULL = frozenset(("53100", "53200", "53400"))
"""PostgreSQL: disk full, out of memory, configuration limit exceeded."""
_READ_ONLY = "25006"


def trouble(error: Exception) -> StorageTrouble | None:
    """The trouble with the database that an error is; None for every other error.

    Nothing was written then: the transaction it came from is rolled back, or was never committed.
    """
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        kind = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)    # the low byte; the rest says more exactly where
    elif isinstance(cause, psycopg.Error):
        kind = _of_postgresql(cause)
    else:
        kind = StorageAway if isinstance(cause, NoConnection) else None
    return kind() if kind else None


def _of_postgresql(error: psycopg.Error) -> type[StorageTrouble] | None:
    code = error.sqlstate or ""
    if code in _FULL:
        return StorageFull
    if code == _READ_ONLY:
        return StorageReadOnly
    # a server that stops or starts, or a connection that broke, which has no code of its own
    lost = not code and isinstance(error, psycopg.OperationalError)
    return StorageAway if lost or code.startswith(("08", "57P")) else None
