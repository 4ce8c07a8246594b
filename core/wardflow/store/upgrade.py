"""Migrations: forward only, run by `wardflow upgrade`, by a restore and by the demo."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from wardflow.store.database import Database

NEWEST = "head"


def upgrade(database: Database) -> None:
    """Brings the tables of a database to the newest version."""
    with database.engine.begin() as connection:
        upgrade_on(connection, NEWEST)


def upgrade_on(connection: Connection, version: str) -> None:
    """The same up to a version, as part of the transaction that runs on a connection."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, version)


def newest() -> str:
    """The version of the tables that this platform works with."""
    return str(ScriptDirectory.from_config(_configuration()).get_current_head())


def knows(version: str) -> bool:
    """True for a version of the tables that this platform can bring to its own."""
    known = ScriptDirectory.from_config(_configuration()).walk_revisions()
    return version in {revision.revision for revision in known}


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return configuration
