"""Files kept by their content: a file is named by its SHA-256, so the same file is kept once and none is ever changed."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from wardflow.errors import BlobDamaged, BlobMissing, StorageAway, StorageFull, StorageReadOnly, StorageTrouble

DIGEST = re.compile(r"[0-9a-f]{64}")
TROUBLE: Mapping[int, type[StorageTrouble]] = {
    errno.ENOSPC: StorageFull, errno.EDQUOT: StorageFull, errno.EROFS: StorageReadOnly, errno.EACCES: StorageReadOnly,
}


class Blobs:
    """The files under one folder, fanned out by the first two letters of their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """The digest under which the content is kept from now on, also after a loss of power; StorageTrouble where it cannot be."""
        digest = hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        if not place.exists():
            try:
                self._write(place, content)
            except OSError as error:
                raise TROUBLE.get(error.errno or 0, StorageAway)() from error
        return digest

    def get(self, sha256: str) -> bytes:
        """The content as it was put: `BlobMissing` when there is none, `BlobDamaged` when the disk lost it."""
        try:
            content = self._place(sha256).read_bytes()
        except FileNotFoundError as missing:
            raise BlobMissing(digest=sha256) from missing
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(digest=sha256)
        return content

    def __contains__(self, sha256: str) -> bool:
        return self._place(sha256).exists()

    def _place(self, digest: str) -> Path:
        # The digest becomes part of a path, and it may have come from outside.
        if not DIGEST.fullmatch(digest):
            raise BlobMissing(digest=digest)
        return self._folder / digest[:2] / digest

    def _write(self, place: Path, content: bytes) -> None:
        fresh = [folder for folder in (place.parent, self._folder) if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        for folder in (place.parent, *(new.parent for new in fresh)):
            _settle(folder)


def _settle(folder: Path) -> None:
    # A rename is on the disk only once its folder is, and so is a new folder.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
