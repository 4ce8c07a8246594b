"""What an earlier version kept is there after an upgrade, and the tables are then what the platform expects."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from wardflow.errors import TablesOther
from wardflow.store import Store
from wardflow.store.migration_tables import metadata
from wardflow.store.upgrade import upgrade_on

_BEFORE = "INSERT INTO incident (case_id, seq, code, node, facts, at, closed_at) VALUES (7, 2, 'routing.nobody', ?, '{}', ?, ?)"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url, b"a secret for tests, 32 bytes long")
    yield opened
    opened.close()


def at_version(store: Store, version: str) -> None:
    with store.database.engine.begin() as connection:
        upgrade_on(connection, version)


def test_incidents_of_the_first_line_are_kept_and_get_their_places(store: Store) -> None:
    at_version(store, "0001")
    with store.database.writing() as cursor:
        for node, closed in (("sign", None), ("review", None), ("check", "2026-09-05T00:00:00.000Z")):
            cursor.run(_BEFORE, (node, "2026-09-04T00:00:00.000Z", closed))
    store.upgrade()

    assert [(row.key, row.node) for row in store.incidents.of_case(7)] == [("2.1", "review"), ("2.2", "sign")]


@pytest.mark.parametrize("version", [None, "0001"])
def test_tables_of_before_are_not_looked_at_but_said_to_need_an_upgrade(store: Store, version: str | None) -> None:
    if version:
        at_version(store, version)
    with pytest.raises(TablesOther, match="wardflow upgrade"), store.inspection.moment():
        pass


def test_an_upgraded_database_has_the_tables_of_a_new_one(store: Store) -> None:
    at_version(store, "0001")
    store.upgrade()

    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "schema_version"})
        assert compare_metadata(context, metadata) == []
