"""Reads everything kept about every case, a few cases at a time and all as of one moment, so that it can be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from wardflow.cases.records import AlarmRow, CaseFile, Entry, Unreadable
from wardflow.domain import audit
from wardflow.errors import SealBroken, TablesOther
from wardflow.store import rows
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.incidents import COLUMNS, incident
from wardflow.store.instants import loads, moment
from wardflow.store.manifest import version_of
from wardflow.store.register_log import checked
from wardflow.store.sealed import Seal
from wardflow.store.upgrade import newest

T = TypeVar("T")
BATCH = 100
ABOUT_A_CASE = (
    "alarm", "case_reference", "case_word", "delegation", "document", "entry", "external_task", "incident", "job", "joint_paper",
    "kept_from", "linked_case", "migrated", "note", "notice", "payment_order", "sealed", "spot", "subscription", "task", "watch",
)
_BETWEEN = "WHERE case_id BETWEEN ? AND ?"
_QUERIES: Mapping[str, str] = {
    "entry": f"SELECT {', '.join(rows.ENTRY)} FROM entry {_BETWEEN} ORDER BY case_id, seq",
    "task": f"SELECT {', '.join(rows.TASK)} FROM task {_BETWEEN} AND status = 'open' ORDER BY case_id, task",
    "alarm": f"SELECT case_id, alarm, node, fire_at FROM alarm {_BETWEEN} ORDER BY case_id, alarm",
    "document": f"SELECT {', '.join(rows.DOCUMENT)} FROM document {_BETWEEN} ORDER BY case_id, at, document",
    "incident": f"SELECT case_id, {', '.join(COLUMNS)} FROM incident {_BETWEEN} AND closed_at IS NULL ORDER BY case_id, seq, place",
    "subscription": f"SELECT case_id, listener FROM subscription {_BETWEEN}",
    "external_task": f"SELECT case_id, task FROM external_task {_BETWEEN}",
    "sealed": f"SELECT case_id, reference, cipher FROM sealed {_BETWEEN} ORDER BY case_id, reference",
}
_CASES = f"SELECT {', '.join(rows.CASE)} FROM cases WHERE id > ? ORDER BY id LIMIT ?"
_CHAINS = f"SELECT id, code, audit_seq, audit_hash FROM cases WHERE id > ? ORDER BY id LIMIT {BATCH}"
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class Moment:
    """The database as it was when the inspection began."""

    def __init__(self, cursor: Cursor, seal: Seal, batch: int) -> None:
        self._cursor, self._seal, self._batch = cursor, seal, batch
        self._remembered = cursor.row("SELECT 1 FROM revision WHERE name = 'listeners'") is not None
        self._thresholds = frozenset(str(row[0]) for row in cursor.rows("SELECT digest FROM thresholds"))

    def cases(self) -> Iterator[CaseFile | Unreadable]:
        """Every case with all that hangs on it, in the order they were opened."""
        last = 0
        while batch := self._cursor.rows(_CASES, (last, self._batch)):
            held = self._held(int(batch[0][0]), int(batch[-1][0]))
            yield from (self._file(row, {name: found[row[0]] for name, found in held.items()}) for row in batch)
            last = int(batch[-1][0])

    def numbers(self) -> Mapping[str, int]:
        """The last number given in each series of case codes and papers."""
        found = self._cursor.rows("SELECT series, last FROM numbering WHERE series <> 'unit'")
        return {str(row[0]): int(row[1]) for row in found}

    def archived(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """The codes of the cases that were archived, with the numbers they carry."""
        for code, numbers in self._cursor.rows("SELECT code, numbers FROM archived ORDER BY code"):
            yield str(code), tuple((str(series), int(number)) for series, number in loads(numbers))

    def orphans(self) -> Mapping[str, int]:
        """How many rows of each table belong to a case that is not there."""
        sql = "SELECT count(*) FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = x.case_id)"
        counted = {table: self._cursor.rows(sql.format(table=table))[0][0] for table in ABOUT_A_CASE}
        return {table: int(count) for table, count in counted.items()}

    def audited(self, code: str, entry: Entry) -> Mapping[str, Any]:
        """What the audit chain hashes of an entry."""
        return rows.audited(code, entry)

    def has_thresholds(self, digest: str) -> bool:
        """Whether the thresholds that cases began with are kept under a digest."""
        return digest in self._thresholds

    def register(self) -> tuple[int, int | None]:
        """How many changes of the register are on record, and the number of the first whose hash does not follow."""
        return checked(self._cursor)

    def _held(self, first: int, last: int) -> Mapping[str, Mapping[int, list[Row]]]:
        return {name: _by_case(self._cursor.rows(sql, (first, last))) for name, sql in _QUERIES.items()}

    def _file(self, row: Row, held: Mapping[str, list[Row]]) -> CaseFile | Unreadable:
        try:
            return CaseFile(
                case=rows.case(row),
                entries=_all(rows.entry, held["entry"]),
                tasks=_all(rows.task, held["task"]),
                alarms=_all(_alarm, held["alarm"]),
                documents=_all(rows.document, held["document"]),
                incidents=tuple(incident(row[1:]) for row in held["incident"]),
                listeners=frozenset(str(row[1]) for row in held["subscription"]) if self._remembered else None,
                work=frozenset(str(row[1]) for row in held["external_task"]),
                sealed=len(held["sealed"]),
                unopened=tuple(reference for _, reference, cipher in held["sealed"] if not self._opens(bytes(cipher))),
            )
        except _UNREADABLE:
            return Unreadable(str(row[rows.CASE.index("code")]))

    def _opens(self, cipher: bytes) -> bool:
        try:
            self._seal.open(cipher)
        except SealBroken:
            return False
        return True


class Inspection:
    """Opens a database for somebody who checks it."""

    def __init__(self, database: Database, seal: Seal, batch: int = BATCH) -> None:
        self._database, self._seal, self._batch = database, seal, batch

    @contextmanager
    def moment(self) -> Iterator[Moment]:
        """The database of this moment; what is committed meanwhile is not in it. TablesOther before an upgrade."""
        with self._database.unmoving() as cursor:
            found, expected = version_of(cursor, self._database.url.get_backend_name()), newest()
            if found != expected:
                raise TablesOther(found=found or "0", expected=expected)
            yield Moment(cursor, self._seal, self._batch)


def broken_chains(cursor: Cursor) -> Iterator[str]:
    """The codes of the cases whose audit chain does not hold, or that remember another end of it."""
    last = 0
    while batch := cursor.rows(_CHAINS, (last,)):
        entries = _by_case(cursor.rows(_QUERIES["entry"], (batch[0][0], batch[-1][0])))
        yield from (str(code) for id, code, seq, head in batch if not _holds(str(code), seq, head, entries[id]))
        last = int(batch[-1][0])


def _holds(code: str, seq: int, head: str, found: Sequence[Row]) -> bool:
    try:
        entries = _all(rows.entry, found)
    except _UNREADABLE:
        return False
    whole = audit.verify((rows.audited(code, entry), entry.hash) for entry in entries) is None
    return whole and [entry.seq for entry in entries] == list(range(1, seq + 1)) and entries[-1].hash == head


def _by_case(found: Sequence[Row]) -> Mapping[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in found:
        grouped[row[0]].append(row)
    return grouped


def _all(read: Callable[[Row], T], found: Sequence[Row]) -> tuple[T, ...]:
    return tuple(read(row) for row in found)


def _alarm(row: Row) -> AlarmRow:
    return AlarmRow(row[1], row[2], moment(row[3]))
