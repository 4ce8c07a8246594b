"""A paper takes its number in the statement that writes it, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from wardflow.cases.records import Document
from wardflow.store import Store
from wardflow.store.numbering import take, write_numbered

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url, b"a secret for tests, 32 bytes long")
    yield opened
    opened.close()


def paper(document: str, number: str) -> Document:
    return Document(7, document, "slip", "Phiếu", number, "check", AT, "clerk", "application/pdf", 0, None, {"slip": "receipt"})


def numbers(store: Store) -> list[str]:
    with store.database.reading() as cursor:
        return [row[0] for row in cursor.rows("SELECT number FROM document ORDER BY document")]


def test_papers_of_a_series_follow_one_another_and_others_stay_as_they_are(store: Store) -> None:
    with store.database.writing() as cursor:
        write_numbered(cursor, [
            (7, paper("a", "{number:03d}/TN"), "TN:2026"), (7, paper("b", "12/ĐƠN"), None), (7, paper("c", "{number:03d}/TN"), "TN:2026"),
        ])
    with store.database.writing() as cursor:
        assert take(cursor, "TN:2026") == 3
        write_numbered(cursor, [(7, paper("d", "Số {number}"), "TN:2026")])

    assert numbers(store) == ["001/TN", "12/ĐƠN", "002/TN", "Số 4"]


def test_a_number_with_more_digits_than_its_place_is_written_whole(store: Store) -> None:
    with store.database.writing() as cursor:
        cursor.run("INSERT INTO numbering (series, last) VALUES ('TN:2026', 99999)")
        write_numbered(cursor, [(7, paper("a", "{number:03d}/TN"), "TN:2026")])

    assert numbers(store) == ["100000/TN"]


def test_what_is_rolled_back_gives_its_number_back(store: Store) -> None:
    class Broken(Exception):
        """What goes wrong after the paper."""

    with pytest.raises(Broken), store.database.writing() as cursor:
        write_numbered(cursor, [(7, paper("a", "{number}"), "TN:2026")])
        raise Broken
    with store.database.writing() as cursor:
        write_numbered(cursor, [(7, paper("b", "{number}"), "TN:2026")])

    assert numbers(store) == ["1"]


def test_a_later_revision_may_rebuild_the_table_of_papers(store: Store) -> None:
    with store.database.engine.begin() as connection:
        if store.database.is_sqlite:
            connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")    # as migrations/env.py does
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("document", recreate="auto") as table:
            table.alter_column("name", type_=sa.String(400), existing_type=sa.Text(), existing_nullable=False)
    with store.database.writing() as cursor:
        write_numbered(cursor, [(7, paper("a", "{number}"), "TN:2026")])

    assert numbers(store) == ["1"]
