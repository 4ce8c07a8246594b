"""A backup is made while people work, comes back whole into an empty place, and never over data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from wardflow import app
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.inspection import Inspector
from wardflow.cases.open_sealed import open_sealed
from wardflow.errors import BackupDamaged, BackupThere, BackupUnreadable, RestoreRefused
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow.store.backup import write_backup
from wardflow.store.restore import restore_backup

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def busy(town: Town) -> Town:
    """A town with a paper, a sealed value, an alarm and an ended case."""
    case = town.open(answer={"complete": True}, secret="chỉ người ký biết", purpose="Sửa nhà \\N cũ\tvà mới").case_id
    attach_document(town.platform, town.actor("clerk"), case, take_in(town.platform, "đơn.pdf", PDF))
    signed = town.open(answer={"complete": True}).case_id
    town.do("reviewer", signed, "review", opinion="good")
    town.do("signer", signed, "sign", opinion="good")
    return town


@pytest.fixture
def empty(databases: Any, database_kind: str) -> Iterator[str]:
    """Where a backup may come back."""
    address = databases.empty(database_kind)
    yield address
    databases.drop(address)


def backup(town: Town, file: Path) -> Any:
    return write_backup(town.platform.store.database, town.platform.settings.blobs, file, town.moment.now)


def again(town: Town, address: str, data: Path) -> Town:
    """The same town over what came back, with the secret of before."""
    settings = Settings().but(data=data, database_url=address)
    (data / "secret").write_bytes((town.platform.settings.data / "secret").read_bytes())
    return replace(town, platform=app.build(settings, now=town.moment, plugins=Plugins.load(sources=())))


def spoilt(file: Path, change: Any) -> Path:
    """A copy of a backup in which one entry was changed or left out."""
    other = file.with_name("spoilt.wfb")
    with ZipFile(file) as source, ZipFile(other, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return other


def test_what_comes_back_is_whole_and_work_goes_on(busy: Town, empty: str, tmp_path: Path) -> None:
    backup(busy, tmp_path / "monday.wfb")
    (tmp_path / "new").mkdir()
    restore_backup(empty, tmp_path / "new" / "blobs", tmp_path / "monday.wfb")
    town = again(busy, empty, tmp_path / "new")

    inspector = Inspector(town.platform)
    assert list(inspector.faults(town.platform.store.inspection)) == []
    assert (inspector.looked["case"], inspector.looked["paper"], inspector.looked["sealed"]) == (2, 1, 1)
    assert town.case(1) == busy.case(1)
    assert open_sealed(town.platform, town.actor("signer"), 1, "form/secret", "Cần để ký") == "chỉ người ký biết"
    town.do("reviewer", 1, "review", opinion="good")
    opened = town.open(answer={"complete": True})
    assert (opened.case_id, opened.code[-4:]) == (3, "0003")
    town.platform.store.close()


def test_what_is_being_written_meanwhile_waits_for_nobody_and_is_not_in_it(busy: Town, empty: str, tmp_path: Path) -> None:
    with busy.platform.store.database.writing() as cursor:
        cursor.run("DELETE FROM alarm")
        made = backup(busy, tmp_path / "monday.wfb")

    assert made.counts["alarm"] == 1
    assert restore_backup(empty, tmp_path / "new", tmp_path / "monday.wfb").counts["alarm"] == 1


def test_the_secret_is_not_in_the_backup(busy: Town, tmp_path: Path) -> None:
    backup(busy, tmp_path / "monday.wfb")
    secret = (busy.platform.settings.data / "secret").read_bytes().strip()

    with ZipFile(tmp_path / "monday.wfb") as archive:
        assert not any(secret in archive.read(name) for name in archive.namelist())


def test_a_backup_is_never_written_over_another_and_a_failed_one_leaves_nothing(busy: Town, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    backup(busy, shelf / "monday.wfb")
    with pytest.raises(BackupThere):
        backup(busy, shelf / "monday.wfb")

    (busy.platform.settings.blobs / "aa").mkdir()
    (busy.platform.settings.blobs / "aa" / ("a" * 64)).symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        backup(busy, shelf / "tuesday.wfb")
    assert [file.name for file in shelf.iterdir()] == ["monday.wfb"]


def test_nothing_comes_back_over_data(busy: Town, empty: str, tmp_path: Path) -> None:
    file = tmp_path / "monday.wfb"
    backup(busy, file)
    with pytest.raises(RestoreRefused):
        restore_backup(busy.platform.settings.database, tmp_path / "new", file)
    with pytest.raises(RestoreRefused):
        restore_backup(empty, busy.platform.settings.blobs, file)
    assert not (tmp_path / "new").exists()
    assert list(Inspector(busy.platform).faults(busy.platform.store.inspection)) == []


def test_a_backup_of_the_other_kind_of_database_is_refused(busy: Town, databases: Any, database_kind: str, tmp_path: Path) -> None:
    backup(busy, tmp_path / "monday.wfb")
    other = databases.empty("postgresql" if database_kind == "sqlite" else "sqlite")
    with pytest.raises(RestoreRefused, match="settings name"):
        restore_backup(other, tmp_path / "new", tmp_path / "monday.wfb")
    databases.drop(other)


@pytest.mark.parametrize(
    ("part", "was", "becomes"),
    [
        ("manifest.json", b'"cases":2', b'"cases":3'),
        ("manifest.json", b'"chains":"', b'"chains":"0'),
        ("manifest.json", b'"blobs":1', b'"blobs":2'),
        ("blobs/", b"PDF-1.7", b"PDF-1.6"),
        ("tables/entry|database.db", b"task_done", b"task_gone"),
    ],
)
def test_what_is_not_as_it_was_is_not_restored(
    busy: Town, empty: str, tmp_path: Path, part: str, was: bytes, becomes: bytes
) -> None:
    backup(busy, tmp_path / "monday.wfb")
    parts = tuple(part.split("|"))
    file = spoilt(
        tmp_path / "monday.wfb",
        lambda name, content: content.replace(was, becomes) if name.startswith(parts) else content,
    )

    with pytest.raises(BackupDamaged):
        restore_backup(empty, tmp_path / "new", file)
    assert not (tmp_path / "new").exists()
    restore_backup(empty, tmp_path / "new", tmp_path / "monday.wfb")    # nothing was left in the way


def test_what_is_no_whole_backup_is_said_so(busy: Town, empty: str, tmp_path: Path) -> None:
    whole = tmp_path / "monday.wfb"
    backup(busy, whole)
    cut = tmp_path / "cut.wfb"
    cut.write_bytes(whole.read_bytes()[:-200])
    newer = spoilt(whole, lambda name, content: content.replace(b'"format":1', b'"format":2'))
    for file in (cut, newer, spoilt(whole, lambda name, content: None if name == "manifest.json" else content)):
        with pytest.raises(BackupUnreadable):
            restore_backup(empty, tmp_path / "new", file)


def test_a_backup_of_newer_tables_is_refused(busy: Town, empty: str, tmp_path: Path) -> None:
    backup(busy, tmp_path / "monday.wfb")
    newer = spoilt(tmp_path / "monday.wfb", lambda name, content: content.replace(b'"schema":"0', b'"schema":"9'))
    with pytest.raises(RestoreRefused, match="newer version"):
        restore_backup(empty, tmp_path / "new", newer)


def test_a_backup_of_the_tables_of_before_is_brought_to_those_of_today(
    databases: Any, database_kind: str, empty: str, tmp_path: Path
) -> None:
    from wardflow.store.upgrade import upgrade_on

    old = databases.empty(database_kind)
    store = Store(old, b"a secret for tests, 32 bytes long")
    with store.database.engine.begin() as connection:
        upgrade_on(connection, "0001")
    made = write_backup(store.database, tmp_path / "blobs", tmp_path / "old.wfb", app.present())
    store.close()
    databases.drop(old)

    assert made.schema == "0001"
    restore_backup(empty, tmp_path / "new", tmp_path / "old.wfb")
    restored = Store(empty, b"a secret for tests, 32 bytes long")
    restored.upgrade()
    with restored.inspection.moment() as moment:
        assert list(moment.cases()) == []
    restored.close()
