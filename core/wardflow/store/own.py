"""The tables that plugins own: made by their own migrations with a version table each, read by rules, written by commands."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from wardflow.store.database import Database
from wardflow.store.manifest import SCHEMA
from wardflow.store.revision import raise_revision

REMEMBERED = 4096
"""answers to queries of rules held in a process"""


class OwnTables:
    """What plugins keep in one database; `revision` tells when somebody may have written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.revision: Callable[[], int] = lambda: 0
        self._held: OrderedDict[tuple[Any, ...], Sequence[tuple[Any, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def migrate(self, plugin: str, folder: Path, version: str = "head") -> None:
        """Brings a plugin's tables to a version, in one transaction."""
        with self._database.engine.begin() as connection:
            migrate_on(connection, plugin, folder, version)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """The rows of a query; an answer is remembered while nobody writes, so that a rule asked again costs no statement."""
        key = (self.revision(), sql, *parameters)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        with self._database.reading() as cursor:
            found = tuple(cursor.rows(sql, tuple(parameters)))
        with self._lock:
            self._held[key] = found
            while len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return found

    def fresh(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """The rows of a query as they stand now: acts write into books of plugins without telling the memory of `rows`."""
        with self._database.reading() as cursor:
            return tuple(cursor.rows(sql, tuple(parameters)))

    def write(self, *statements: tuple[str, Sequence[Sequence[Any]]]) -> None:
        """Runs each statement once for each of its rows of parameters, all in one transaction."""
        with self._database.writing() as cursor:
            for sql, rows in statements:
                cursor.run_many(sql, [tuple(row) for row in rows])
            raise_revision(cursor)
        with self._lock:
            self._held.clear()


def migrate_on(connection: Connection, plugin: str, folder: Path, version: str = "head") -> None:
    """The same as part of the transaction that runs on a connection."""
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.set_main_option("path_separator", "newline")
    configuration.set_main_option("version_locations", str(folder))
    configuration.attributes["connection"] = connection
    configuration.attributes["version_table"] = f"{SCHEMA}_{plugin}"
    command.upgrade(configuration, version)
