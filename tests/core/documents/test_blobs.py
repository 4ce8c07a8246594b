"""The store of files by content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from wardflow.documents import Blobs
from wardflow.errors import BlobDamaged, BlobMissing, StorageFull


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def test_a_file_is_read_as_it_was_put(blobs: Blobs) -> None:
    digest = blobs.put("Đơn đề nghị".encode())

    assert blobs.get(digest).decode() == "Đơn đề nghị"
    assert digest in blobs


def test_the_same_content_is_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    assert blobs.put(b"same") == blobs.put(b"same") == hashlib.sha256(b"same").hexdigest()
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_nothing_half_written_stays_when_the_disk_refuses(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageFull):
        blobs.put(b"content")

    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_file_that_was_never_put_is_missing(blobs: Blobs) -> None:
    with pytest.raises(BlobMissing):
        blobs.get("0" * 64)


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_digest_never_becomes_a_path(blobs: Blobs, digest: str) -> None:
    with pytest.raises(BlobMissing):
        blobs.get(digest)


def test_a_file_the_disk_damaged_is_not_handed_out(blobs: Blobs, tmp_path: Path) -> None:
    digest = blobs.put(b"as signed")
    (tmp_path / "blobs" / digest[:2] / digest).write_bytes(b"as changed")

    with pytest.raises(BlobDamaged):
        blobs.get(digest)
