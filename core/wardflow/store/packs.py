"""Published packs, kept by content with every version, and the catalogue records that cases were opened with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wardflow.cases.ports import PackVersion
from wardflow.errors import PackUnknown, ProcedureUnknown
from wardflow.store.database import Database
from wardflow.store.instants import dumps, loads, moment, stamp
from wardflow.store.revision import raise_revision


class PackStore:
    """The packs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self) -> tuple[PackVersion, ...]:
        """Every published version, oldest first."""
        sql = "SELECT pack_id, version, digest, published_at, published_by FROM pack ORDER BY pack_id, version"
        with self._database.reading() as cursor:
            return tuple(PackVersion(row[0], row[1], row[2], moment(row[3]), row[4]) for row in cursor.rows(sql))

    def files(self, digest: str) -> Mapping[str, bytes]:
        """The files of one version by path; PackUnknown where it was never published."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT files FROM pack WHERE digest = ?", (digest,))
        if found is None:
            raise PackUnknown(pack=digest)
        with zipfile.ZipFile(io.BytesIO(bytes(found[0]))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def publish(self, pack_id: str, digest: str, files: Mapping[str, bytes], by: str, at: datetime) -> PackVersion:
        """The new version; publishing a content again makes nothing new."""
        with self._database.writing() as cursor:
            sql = "SELECT pack_id, version, digest, published_at, published_by FROM pack WHERE digest = ?"
            known = cursor.row(sql, (digest,))
            if known is not None:
                return PackVersion(known[0], known[1], known[2], moment(known[3]), known[4])
            last = cursor.row("SELECT max(version) FROM pack WHERE pack_id = ?", (pack_id,))
            version = (last[0] or 0) + 1 if last else 1
            cursor.run(
                "INSERT INTO pack (digest, pack_id, version, published_at, published_by, files) VALUES (?, ?, ?, ?, ?, ?)",
                (digest, pack_id, version, stamp(at), by, _archive(files)),
            )
            raise_revision(cursor)
        return PackVersion(pack_id, version, digest, at, by)

    def keep_procedure(self, digest: str, code: str, record: Mapping[str, Any]) -> None:
        """Keeps a catalogue record for the cases opened with it."""
        sql = "INSERT INTO procedure (digest, code, record) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
        with self._database.writing() as cursor:
            cursor.run(sql, (digest, code, dumps(record)))

    def procedure(self, digest: str) -> Mapping[str, Any]:
        """The catalogue record with a digest."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT record FROM procedure WHERE digest = ?", (digest,))
        if found is None:
            raise ProcedureUnknown(procedure=digest)
        record: Mapping[str, Any] = loads(found[0])
        return record


def _archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(name, files[name])
    return written.getvalue()
