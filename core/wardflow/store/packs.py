"""Published packs, kept by content with every version, and the catalogue records and thresholds that cases were opened with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from wardflow.cases.ports import PackVersion
from wardflow.errors import PackUnknown, ProcedureUnknown, ThresholdsUnknown
from wardflow.store.database import Database
from wardflow.store.instants import dumps, loads, moment, stamp
from wardflow.store.revision import raise_revision

_PUBLISH = (
    "INSERT INTO pack (digest, pack_id, version, published_at, published_by, files, in_force) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class PackStore:
    """The packs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self) -> tuple[PackVersion, ...]:
        """Every published version, oldest first, the one in force last."""
        sql = "SELECT pack_id, version, digest, published_at, published_by FROM pack ORDER BY pack_id, in_force"
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
        """The version now in force: a new one, or the earlier one that has this content already."""
        with self._database.writing() as cursor:
            last = cursor.row("SELECT max(version), max(in_force) FROM pack WHERE pack_id = ?", (pack_id,))
            version, place = (last[0] or 0, last[1] or 0) if last else (0, 0)
            sql = "SELECT pack_id, version, digest, published_at, published_by, in_force FROM pack WHERE digest = ?"
            known = cursor.row(sql, (digest,))
            if known is None:
                cursor.run(_PUBLISH, (digest, pack_id, version + 1, stamp(at), by, _archive(files), place + 1))
            elif known[5] != place:
                cursor.run("UPDATE pack SET in_force = ? WHERE digest = ?", (place + 1, digest))
            else:
                return PackVersion(known[0], known[1], known[2], moment(known[3]), known[4])
            raise_revision(cursor)
        return PackVersion(pack_id, known[1] if known else version + 1, digest, moment(known[3]) if known else at, known[4] if known else by)

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

    def keep_thresholds(self, digest: str, settings: Mapping[str, Any]) -> None:
        """Keeps the settings of the rules for the cases opened under them."""
        with self._database.writing() as cursor:
            cursor.run("INSERT INTO thresholds (digest, settings) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", (digest, dumps(dict(settings))))

    def thresholds(self, digest: str) -> Mapping[str, Any]:
        """The settings of the rules with a digest; ThresholdsUnknown where none were kept."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT settings FROM thresholds WHERE digest = ?", (digest,))
        if found is None:
            raise ThresholdsUnknown(digest=digest)
        return MappingProxyType(loads(found[0]))


def _archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(name, files[name])
    return written.getvalue()
