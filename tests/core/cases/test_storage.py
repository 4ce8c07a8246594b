"""A full disk, a database that can only be read, one that is away: it is said plainly, nothing is half done, and it goes on by itself."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import event
from wardflow import app
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.inspection import Inspector
from wardflow.errors import StorageAway, StorageFull, StorageReadOnly, StorageTrouble
from wardflow.jobs import Backoff, run_worker
from wardflow.store.database import Database

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
"""


@contextmanager
def pragma(town: Town, words: str) -> Iterator[None]:
    """While SQLite is told something on every connection."""
    database = town.platform.store.database

    def tell(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA {words}")

    event.listen(database.engine, "connect", tell)
    database.close()
    yield
    event.remove(database.engine, "connect", tell)
    database.close()


@contextmanager
def setting(town: Town, change: str, back: str) -> Iterator[None]:
    """While PostgreSQL has a setting on every new connection, which an operator changes and later changes back."""
    operator = Database(town.platform.settings.database_url)
    with operator.writing() as cursor:
        cursor.run(change)
    town.platform.store.database.close()
    yield
    with operator.writing() as cursor:
        cursor.run(back)
    operator.close()


def full(town: Town) -> Any:
    """While there is no room."""
    database = town.platform.store.database
    if database.is_sqlite:
        with database.reading() as cursor:
            pages = cursor.rows("PRAGMA page_count")[0][0]
        return pragma(town, f"max_page_count = {pages}")
    with database.writing() as cursor:
        cursor.run(FULL)
    trigger = "CREATE TRIGGER full_disk BEFORE INSERT ON entry EXECUTE FUNCTION full_disk()"
    return setting(town, trigger, "DROP TRIGGER full_disk ON entry")


def read_only(town: Town) -> Any:
    """While the database can only be read."""
    database = town.platform.store.database
    if database.is_sqlite:
        return pragma(town, "query_only = ON")
    name = database.url.database
    change = f"ALTER DATABASE {name} SET default_transaction_read_only ="
    return setting(town, f"{change} on", f"{change} off")


def fill_up(town: Town) -> StorageTrouble:
    """What is told once nothing more can be kept."""
    with pytest.raises(StorageTrouble) as told:
        for _ in range(500):
            town.open(answer={"complete": True}, purpose="Sửa nhà " * 200)
    return told.value


def whole(town: Town) -> bool:
    return list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


@pytest.mark.parametrize(("state", "error"), [(full, StorageFull), (read_only, StorageReadOnly)])
def test_an_act_that_cannot_be_kept_says_so_leaves_nothing_half_done_and_works_again_later(
    town: Town, state: Callable[[Town], Any], error: type[StorageTrouble]
) -> None:
    case = town.open(answer={"complete": True}).case_id
    with state(town):
        assert isinstance(fill_up(town), error)
        assert set(town.tasks(case)) == {"review"}    # what is there can be read
        assert whole(town)

    town.do("reviewer", case, "review", opinion="good")
    town.open(answer={"complete": True})
    assert whole(town)


def test_workers_wait_for_the_database_and_go_on_with_every_alarm_and_job(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.call_outside()
    case = town.open(answer={"complete": True}).case_id
    store, stop = town.platform.store, Event()
    place = app.workplace(town.platform, store)
    place.handlers["outside"] = lambda job: {"tax": 1}    # type: ignore[index]    # a dictionary underneath
    worker = Thread(target=run_worker, args=(place, stop, 0.01), kwargs={"backoff": Backoff(first=Backoff().first / 100)})
    with read_only(town), caplog.at_level(logging.ERROR):
        worker.start()
        for _ in range(1000):
            if "StorageReadOnly" in caplog.text:
                break
            stop.wait(0.01)
        assert store.jobs.stats() == {"waiting": 1}
    for _ in range(1000):
        if store.jobs.stats() == {"done": 1}:
            break
        stop.wait(0.01)
    stop.set()
    worker.join(30)

    assert "StorageReadOnly" in caplog.text
    assert set(town.tasks(case)) == {"review"}


def test_a_server_that_is_away_is_told_as_such(town: Town) -> None:
    if town.platform.store.database.is_sqlite:
        pytest.skip("SQLite has no server that could be away")
    other = town.platform.settings.but(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    platform = app.build(other, plugins=town.platform.plugins)
    with pytest.raises(StorageAway):
        platform.store.cases.load(1)
    platform.store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few pages."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_paper_that_finds_no_room_is_not_attached_and_leaves_nothing_behind(town: Town, small_disk: Path) -> None:
    from wardflow.documents import Blobs

    case, blobs = town.open().case_id, Blobs(small_disk)
    object.__setattr__(town.platform, "blobs", blobs)
    clerk = town.actor("clerk")
    with pytest.raises(StorageFull):
        attach_document(town.platform, clerk, case, take_in(town.platform, "to.pdf", PDF.replace(b"1 0 obj", b"% " + b"x" * 100_000 + b"\n1 0 obj")))

    assert [file for file in small_disk.rglob("*") if file.is_file()] == []
    attach_document(town.platform, clerk, case, take_in(town.platform, "nhỏ.pdf", PDF))
    assert whole(town)
