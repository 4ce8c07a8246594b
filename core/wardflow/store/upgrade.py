"""Migrations: forward only, run by `wardflow upgrade` and by the demo."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from wardflow.store.database import Database


def upgrade(database: Database) -> None:
    """Brings the tables of a database to the newest version."""
    with database.engine.begin() as connection:
        command.upgrade(_configuration(connection), "head")


def _configuration(connection: object) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
