"""Brings a backup back into an installation that holds nothing yet: all of it, checked, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Connection

from wardflow.errors import BackupDamaged, BackupUnreadable, RestoreRefused
from wardflow.store.backup import DATABASE, DIGEST, columns_of
from wardflow.store.database import Cursor, Database
from wardflow.store.manifest import SCHEMA, Manifest, chains_of, counts_of, manifest_of, tables_of
from wardflow.store.upgrade import NEWEST, knows, upgrade, upgrade_on
from wardflow.store.verify import broken_chains

PIECE = 1 << 20


def restore_backup(url: str, blobs: Path, file: Path) -> Manifest:
    """What came back; RestoreRefused where something is kept already, BackupDamaged where not everything came back."""
    with _opened(file) as archive:
        manifest = manifest_of(file, archive)
        database = Database(url)
        try:
            _refuse_over_data(database, blobs, manifest)
            with _papers_back(archive, blobs, manifest) as settle:
                back = _into_sqlite if database.is_sqlite else _into_postgresql
                back(database, archive, manifest, settle)
        finally:
            database.close()
    return manifest
