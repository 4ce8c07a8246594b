"""Brings a backup back into an installation that holds nothing yet: all of it, checked, or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Connection

from wardflow.errors import BackupDamaged, BackupUnreadable, RestoreRefused
from wardflow.store.backup import DATABASE, DIGEST, columns_of
from wardflow.store.database import Cursor, Database
from wardflow.store.manifest import SCHEMA, Manifest, chains_of, counts_of, manifest_of, tables_of
from wardflow.store.own import migrate_on
from wardflow.store.upgrade import NEWEST, knows, upgrade, upgrade_on
from wardflow.store.verify import broken_chains

PIECE = 1 << 20


def restore_backup(url: str, blobs: Path, file: Path, own: Mapping[str, Path] | None = None) -> Manifest:
    """What came back; RestoreRefused where something is kept already, BackupDamaged where not everything came back.

    `own` are the migrations of the plugins that own tables, by name.
    """
    with _opened(file) as archive:
        manifest = manifest_of(file, archive)
        database = Database(url)
        try:
            _refuse(database, blobs, manifest)
            back = _sqlite_back if database.is_sqlite else partial(_postgresql_back, own=own or {})
            with _papers_back(archive, blobs, manifest) as drawer, back(database, archive, manifest):
                drawer.replace(blobs)    # before the rows, so that no row ever names a paper that is not there
        except database.engine.dialect.loaded_dbapi.Error as wrong:
            raise BackupDamaged(file=file, what=f"the database refuses it, {type(wrong).__name__}") from wrong
        finally:
            database.close()
    return manifest


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(file) as archive:
            yield archive
    except (BadZipFile, EOFError, KeyError, zlib.error) as wrong:
        raise BackupUnreadable(file=file, why="it is not a whole backup") from wrong


def _refuse(database: Database, blobs: Path, manifest: Manifest) -> None:
    kind = database.url.get_backend_name()
    if kind != manifest.kind:
        raise RestoreRefused(f"The backup is of a {manifest.kind} database, and the settings name one of {kind}.")
    if not knows(manifest.schema):
        raise RestoreRefused("The backup was made by a newer version of the platform; install that version first.")
    if blobs.exists() and any(blobs.iterdir()):
        raise RestoreRefused(why=f"{blobs} holds papers")
    if database.is_sqlite:
        if Path(database.url.database or "").exists():
            raise RestoreRefused(why=f"{database.url.database} is there already")
        return
    with database.reading() as cursor:
        if tables_of(cursor, kind):
            raise RestoreRefused(why=f"the database {database.url.database} has tables; make a new, empty one")


@contextmanager
def _sqlite_back(database: Database, archive: ZipFile, manifest: Manifest) -> Iterator[None]:
    """Brought back beside its place, and moved there when the block has ended well."""
    place = Path(database.url.database or "")
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(DATABASE) as stored, draft.open("xb") as out:
            draft.chmod(0o600)
            shutil.copyfileobj(stored, out, PIECE)
            out.flush()
            os.fsync(out.fileno())
        held = Database(f"sqlite:///{draft}")
        try:
            with held.reading() as cursor:
                _check(cursor, manifest, archive)
            upgrade(held)
        finally:
            held.close()
        yield
        draft.replace(place)
    finally:
        for left in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


@contextmanager
def _postgresql_back(
    database: Database, archive: ZipFile, manifest: Manifest, *, own: Mapping[str, Path]
) -> Iterator[None]:
    """Brought back in one transaction, which commits when the block has ended well."""
    with database.engine.begin() as connection:
        upgrade_on(connection, manifest.schema)
        cursor = database.on(connection)
        versions = {table for table in manifest.counts if table.startswith(SCHEMA)}
        for table in sorted(versions - {SCHEMA}):
            _make_own(connection, table.removeprefix(f"{SCHEMA}_"), archive.read(f"tables/{table}").decode().strip(), own)
        for table in sorted(manifest.counts.keys() - versions):
            copy = f'COPY "{table}" ({columns_of(cursor, table)}) FROM STDIN'
            with archive.open(f"tables/{table}") as stored, cursor.driver.copy(copy) as rows:
                while piece := stored.read(PIECE):
                    rows.write(piece)
        _number_on(cursor)
        _check(cursor, manifest, archive)
        upgrade_on(connection, NEWEST)
        yield


def _make_own(connection: Connection, plugin: str, version: str, own: Mapping[str, Path]) -> None:
    """Makes the tables a plugin owned, at the version they had."""
    if plugin not in own:
        raise RestoreRefused(why=f"the backup has tables of the package {plugin}; install that package first")
    migrate_on(connection, plugin, own[plugin], version)


def _number_on(cursor: Cursor) -> None:
    """New rows are numbered after those that came back."""
    sql = (
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%' ORDER BY table_name"
    )
    for table, column in cursor.rows(sql):
        last = f'(SELECT max("{column}") FROM "{table}")'
        cursor.rows(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), coalesce({last}, 1), {last} IS NOT NULL)")


def _check(cursor: Cursor, manifest: Manifest, archive: ZipFile) -> None:
    """Nothing, when every row and every audit chain is there as it was."""
    counts = counts_of(cursor, tables_of(cursor, manifest.kind))
    for table in sorted(counts.keys() | manifest.counts.keys()):
        if counts.get(table) != manifest.counts.get(table):
            raise BackupDamaged(file=archive.filename, what=f"table {table} has another number of rows")
    if chains_of(cursor) != manifest.chains:
        raise BackupDamaged(file=archive.filename, what="the audit chains end in other entries")
    if (broken := next(broken_chains(cursor), None)) is not None:
        raise BackupDamaged(file=archive.filename, what=f"the audit chain of case {broken} does not hold")


@contextmanager
def _papers_back(archive: ZipFile, blobs: Path, manifest: Manifest) -> Iterator[Path]:
    """A folder with all papers, each of the content its name says; gone when the block ends and nobody moved it."""
    drawer = blobs.with_name(f".{blobs.name}.{os.getpid()}")
    drawer.mkdir(parents=True)
    try:
        names = [name for name in archive.namelist() if name.startswith("blobs/")]
        if len(names) != manifest.blobs:
            raise BackupDamaged(file=archive.filename, what="the number of papers is another one")
        for name in names:
            _paper_back(archive, name, drawer)
        yield drawer
    finally:
        shutil.rmtree(drawer, ignore_errors=True)


def _paper_back(archive: ZipFile, name: str, drawer: Path) -> None:
    digest, seen = name.removeprefix("blobs/"), hashlib.sha256()
    if not DIGEST.fullmatch(digest):    # it becomes part of a path
        raise BackupDamaged(file=archive.filename, what="a paper has a name that is no digest")
    place = drawer / digest[:2] / digest
    place.parent.mkdir(exist_ok=True)
    with archive.open(name) as stored, place.open("xb") as out:
        while piece := stored.read(PIECE):
            seen.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if seen.hexdigest() != digest:
        raise BackupDamaged(file=archive.filename, what=f"the paper {digest} is not what was stored")
