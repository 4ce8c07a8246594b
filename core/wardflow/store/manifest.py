"""What a backup says of itself, so that a restore can tell whether everything came back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from zipfile import BadZipFile, ZipFile

from wardflow.errors import BackupUnreadable
from wardflow.store.database import Cursor
from wardflow.store.instants import dumps, loads

FORMAT = 1
NAME = "manifest.json"
SCHEMA = "schema_version"
BATCH = 1000
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    "postgresql": (
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
    ),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The kind of database, the version of its tables, how many rows each has, and one digest over all audit chains."""

    kind: str
    schema: str
    made_at: str
    counts: Mapping[str, int]
    chains: str
    blobs: int
    format: int = FORMAT

    def to_json(self) -> str:
        """The manifest as it stands in the file."""
        return dumps(asdict(self))


def manifest_of(file: object, archive: ZipFile) -> Manifest:
    """The manifest of a backup; BackupUnreadable where it has none that this version understands."""
    try:
        stored = loads(archive.read(NAME).decode())
        if stored["format"] != FORMAT:
            raise BackupUnreadable(file=file, why="a newer version wrote it")
        return Manifest(**stored)
    except (BadZipFile, KeyError, TypeError, ValueError) as wrong:
        raise BackupUnreadable(file=file, why="it is not a whole backup") from wrong


def tables_of(cursor: Cursor, kind: str) -> tuple[str, ...]:
    """Every table of a database, by name."""
    return tuple(str(row[0]) for row in cursor.rows(_TABLES[kind]))


def version_of(cursor: Cursor, kind: str) -> str:
    """The version of a database's tables; empty where it has none."""
    if SCHEMA not in tables_of(cursor, kind):
        return ""
    return str(cursor.rows(f"SELECT version_num FROM {SCHEMA}")[0][0])


def counts_of(cursor: Cursor, tables: tuple[str, ...]) -> Mapping[str, int]:
    """How many rows each table has."""
    return {table: int(cursor.rows(f'SELECT count(*) FROM "{table}"')[0][0]) for table in tables}


def chains_of(cursor: Cursor) -> str:
    """One digest over the ends of all audit chains, in the order the cases were opened."""
    digest, last = hashlib.sha256(), 0
    sql = f"SELECT id, code, audit_seq, audit_hash FROM cases WHERE id > ? ORDER BY id LIMIT {BATCH}"
    while batch := cursor.rows(sql, (last,)):
        for id, code, seq, head in batch:
            digest.update(f"{id} {code} {seq} {head}\n".encode())
        last = int(batch[-1][0])
    return digest.hexdigest()
