"""Closed cases in a file of their own: everything kept about each, and its papers, found again by code.

The file is a SQLite database that any tool opens. Sealed values stay as they are, closed by the installation's secret.
"""

from __future__ import annotations

import base64
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wardflow.cases.archiving import Closed
from wardflow.cases.records import Entry
from wardflow.domain import audit
from wardflow.errors import ArchiveThere, ArchiveUnreadable
from wardflow.store import rows
from wardflow.store.counter_tables import metadata
from wardflow.store.database import Cursor, Database
from wardflow.store.instants import dumps, loads, stamp

FORMAT = 1
_MADE = """
CREATE TABLE archive (format INTEGER NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE cases (code TEXT PRIMARY KEY, tracking TEXT NOT NULL UNIQUE, procedure TEXT NOT NULL, applicant TEXT NOT NULL,
    opened_at TEXT NOT NULL, ended_at TEXT NOT NULL, outcome TEXT NOT NULL, kept TEXT NOT NULL);
CREATE TABLE papers (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
"""
_CASE = "INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_GONE = (
    "INSERT INTO archived (code, tracking, procedure, ended_at, archived_at, file, audit_seq, audit_hash, numbers) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ABOUT_A_CASE = tuple(str(table.name) for table in metadata.sorted_tables if "case_id" in table.c)


@dataclass(frozen=True, slots=True)
class Archived:
    """A case as the file has it."""

    code: str
    procedure: str
    applicant: str
    opened_at: str
    ended_at: str
    outcome: str
    entries: tuple[Entry, ...]
    whole: bool
    """whether its audit chain holds to its end"""


def write_archive(
    database: Database, paper: Callable[[str], bytes], file: Path, cases: Iterable[Closed], at: datetime
) -> tuple[Closed, ...]:
    """What the new file holds; it is on the disk when this returns, and an interrupted archive leaves none."""
    if file.exists():
        raise ArchiveThere(file=file)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(draft)) as archive, database.reading() as cursor:
            archive.executescript(_MADE)
            archive.execute("INSERT INTO archive VALUES (?, ?)", (FORMAT, stamp(at)))
            kept = tuple(_keep(archive, cursor, paper, each) for each in cases)
            archive.commit()
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return kept


def take_out(database: Database, file: Path, cases: Sequence[Closed], at: datetime) -> int:
    """How many of the cases in the file are no longer in the database, each in a transaction; one that moved since stays."""
    gone = 0
    for each in cases:
        case = each.case
        with database.writing() as cursor:
            if not cursor.run("DELETE FROM cases WHERE id = ? AND version = ? AND status = 'ended'", (case.id, case.version)):
                continue
            for table in ABOUT_A_CASE:
                cursor.run(f"DELETE FROM {table} WHERE case_id = ?", (case.id,))
            ended, numbers = stamp(case.ended_at or at), dumps([list(pair) for pair in each.numbers])
            cursor.run(_GONE, (
                case.code, case.tracking, case.procedure, ended, stamp(at), file.name, case.audit_seq, case.audit_hash, numbers,
            ))
            gone += 1
    return gone


def find(file: Path, code: str) -> Archived | None:
    """The case with that code, or that tracking code, in a file; None where it holds no such case."""
    if not file.is_file():
        raise ArchiveUnreadable(file=file)
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as archive:
            found = archive.execute(
                "SELECT code, procedure, applicant, opened_at, ended_at, outcome, kept FROM cases WHERE code = ? OR tracking = ?",
                (code, code),
            ).fetchone()
    except sqlite3.DatabaseError as wrong:
        raise ArchiveUnreadable(file=file) from wrong
    if found is None:
        return None
    kept = loads(found[6])
    entries = tuple(rows.entry(tuple(row[name] for name in rows.ENTRY)) for row in kept["entry"])
    chain = ((rows.audited(found[0], entry), entry.hash) for entry in entries)
    whole = audit.verify(chain) is None and entries[-1].hash == kept["cases"][0]["audit_hash"]
    code, procedure, applicant, opened_at, ended_at, outcome = map(str, found[:6])
    return Archived(code, procedure, applicant, opened_at, ended_at, outcome, entries, whole)


def _keep(archive: sqlite3.Connection, cursor: Cursor, paper: Callable[[str], bytes], each: Closed) -> Closed:
    case = each.case
    kept = {"cases": _rows(cursor, "cases", "id", case.id), "thresholds": _rows(cursor, "thresholds", "digest", case.thresholds_digest)}
    kept |= {table: _rows(cursor, table, "case_id", case.id) for table in ABOUT_A_CASE}
    kept["entry"].sort(key=lambda row: int(row["seq"]))
    ended = stamp(case.ended_at) if case.ended_at else ""
    archive.execute(_CASE, (
        case.code, case.tracking, case.procedure, case.applicant_label, stamp(case.opened_at), ended, case.outcome, dumps(kept),
    ))
    for digest in each.papers:
        archive.execute("INSERT OR IGNORE INTO papers VALUES (?, ?)", (digest, paper(digest)))
    return each


def _rows(cursor: Cursor, table: str, key: str, value: int | str) -> list[Mapping[str, Any]]:
    """The rows of a table about a case, by column; bytes are written in base 64."""
    names = [str(column.name) for column in metadata.tables[table].c]
    quoted = ", ".join(f'"{name}"' for name in names)
    found = cursor.rows(f"SELECT {quoted} FROM {table} WHERE {key} = ?", (value,))
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in found]


def _plain(value: Any) -> Any:
    return {"$bytes": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value
