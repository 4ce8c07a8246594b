"""Writes everything kept into one file while the installation runs: the database of one moment, then the papers.

Papers are kept by content and never changed, and each was on the disk before the row that names it, so papers copied
after the database are all there. The secret is not in the file.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from wardflow.errors import BackupThere
from wardflow.store.database import Cursor, Database
from wardflow.store.instants import stamp
from wardflow.store.manifest import NAME, SCHEMA, Manifest, chains_of, counts_of, tables_of, version_of

DATABASE = "database.db"
DIGEST = re.compile(r"[0-9a-f]{64}")


def write_backup(database: Database, blobs: Path, file: Path, at: datetime) -> Manifest:
    """What the new file holds; an interrupted backup leaves no file."""
    if file.exists():
        raise BackupThere(file=file)
    with _draft_of(file) as draft, ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        found = _from_sqlite(database, archive, draft) if database.is_sqlite else _from_postgresql(database, archive)
        schema, counts, chains = found
        kept = _papers(archive, blobs)
        manifest = Manifest(database.url.get_backend_name(), schema, stamp(at), counts, chains, kept)
        archive.writestr(NAME, manifest.to_json())
    return manifest


@contextmanager
def _draft_of(file: Path) -> Iterator[Path]:
    """Written beside its place and moved there when whole and on the disk; readable by its owner alone."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


Found = tuple[str, dict[str, int], str]
"""The version of the tables, their counts, the digest of the audit chains."""


def _from_sqlite(database: Database, archive: ZipFile, draft: Path) -> Found:
    copy = draft.with_name(draft.name + ".db")
    try:
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with database.reading() as source, closing(sqlite3.connect(copy)) as target:
            source.driver.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")    # one file, no log beside it
            found = _found(Cursor(target.cursor(), str, None), "sqlite")
        archive.write(copy, DATABASE)
    finally:
        copy.unlink(missing_ok=True)
    return found


def _from_postgresql(database: Database, archive: ZipFile) -> Found:
    with database.unmoving() as cursor:
        found = _found(cursor, "postgresql")
        for table in tables_of(cursor, "postgresql"):
            if table == SCHEMA:
                continue
            copy = f'COPY "{table}" ({columns_of(cursor, table)}) TO STDOUT'
            with archive.open(f"tables/{table}", "w", force_zip64=True) as out, cursor.driver.copy(copy) as parts:
                for part in parts:
                    out.write(part)
        return found


def columns_of(cursor: Cursor, table: str) -> str:
    """The columns of a PostgreSQL table as COPY names them, in an order that does not depend on its history."""
    sql = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? ORDER BY 1"
    return ", ".join(f'"{row[0]}"' for row in cursor.rows(sql, (table,)))


def _found(cursor: Cursor, kind: str) -> Found:
    tables = tables_of(cursor, kind)
    return version_of(cursor, kind), dict(counts_of(cursor, tables)), chains_of(cursor)


def _papers(archive: ZipFile, blobs: Path) -> int:
    kept = 0
    for place in sorted(blobs.glob("[0-9a-f][0-9a-f]/*")):
        if DIGEST.fullmatch(place.name):
            archive.write(place, f"blobs/{place.name}", ZIP_STORED)    # papers are compressed already
            kept += 1
    return kept
