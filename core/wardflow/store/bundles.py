"""Papers on their way between points: a bundle and a line in the timeline of each of its cases, written together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wardflow.cases.counter_records import Bundle, Bundled
from wardflow.cases.records import Change
from wardflow.errors import CaseMoved
from wardflow.store import rows
from wardflow.store.cases import chained
from wardflow.store.changes import NOTICE, notice_values
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads, moment, stamp

_COLUMNS = "id, from_unit, to_unit, sent_at, sent_by, facts, arrived_at, arrived_by"
_BUNDLE = f"INSERT INTO bundle ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)"
_CASE = "INSERT INTO bundled_case (case_id, bundle, place, state) VALUES (?, ?, ?, ?)"
_ARRIVED = "UPDATE bundle SET arrived_at = ?, arrived_by = ?, facts = ? WHERE id = ? AND arrived_at IS NULL"
_STATE = "UPDATE bundled_case SET state = ? WHERE case_id = ? AND bundle = ?"
_CHANGED = "UPDATE cases SET version = ?, audit_seq = ?, audit_hash = ? WHERE id = ? AND version = ?"
_ENTRY = f"INSERT INTO entry ({', '.join(rows.ENTRY)}) VALUES ({', '.join('?' * len(rows.ENTRY))})"
_OF_CASE = (
    f"SELECT {', '.join('b.' + name for name in _COLUMNS.split(', '))}, k.state FROM bundled_case k "
    "JOIN bundle b ON b.id = k.bundle WHERE k.case_id = ? ORDER BY b.sent_at"
)
MOST = 100


class BundleTable:
    """The bundles of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, bundle: Bundle, changes: Sequence[Change]) -> None:
        """Writes a new bundle with a line in the timeline of each of its cases, all or nothing; CaseMoved where one changed meanwhile."""
        values = (bundle.id, bundle.from_unit, bundle.to_unit, stamp(bundle.sent_at), bundle.sent_by, dumps(dict(bundle.facts)))
        with self._database.writing() as cursor:
            cursor.run(_BUNDLE, values)
            cursor.run_many(_CASE, [(case, bundle.id, place, str(state)) for place, (case, state) in enumerate(bundle.cases.items())])
            _write(cursor, changes)

    def confirm(self, bundle: Bundle, changes: Sequence[Change]) -> None:
        """Writes what arrived and what did not; CaseMoved where a case changed meanwhile or somebody else confirmed first."""
        assert bundle.arrived_at is not None    # the act that confirms says when
        with self._database.writing() as cursor:
            if not cursor.run(_ARRIVED, (stamp(bundle.arrived_at), bundle.arrived_by, dumps(dict(bundle.facts)), bundle.id)):
                raise CaseMoved(case=bundle.id)
            cursor.run_many(_STATE, [(str(state), case, bundle.id) for case, state in bundle.cases.items()])
            _write(cursor, changes)

    def load(self, id: str) -> Bundle | None:
        """One bundle."""
        with self._database.reading() as cursor:
            row = cursor.row(f"SELECT {_COLUMNS} FROM bundle WHERE id = ?", (id,))
            return None if row is None else _bundle(row, _cases(cursor, id))

    def near(self, units: Sequence[str], since: datetime) -> Sequence[Bundle]:
        """The bundles to or from some units since a moment, and those under way, the newest first."""
        if not units:
            return []
        marks = ", ".join("?" * len(units))
        sql = (
            f"SELECT {_COLUMNS} FROM bundle WHERE (from_unit IN ({marks}) OR to_unit IN ({marks})) AND (sent_at >= ? OR arrived_at IS NULL) "
            f"ORDER BY sent_at DESC LIMIT {MOST}"
        )
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (*units, *units, stamp(since)))
            return [_bundle(row, _cases(cursor, row[0])) for row in found]

    def of_case(self, case_id: int) -> Sequence[tuple[Bundle, Bundled]]:
        """The journeys of the papers of one case, oldest first."""
        with self._database.reading() as cursor:
            return [(_bundle(row[:-1], {case_id: Bundled(row[-1])}), Bundled(row[-1])) for row in cursor.rows(_OF_CASE, (case_id,))]

    def under_way(self, cases: Iterable[int]) -> frozenset[int]:
        """Those of some cases whose papers are in a bundle that has not arrived."""
        asked = tuple(cases)
        if not asked:
            return frozenset()
        sql = f"SELECT case_id FROM bundled_case WHERE state = 'sent' AND case_id IN ({', '.join('?' * len(asked))})"
        with self._database.reading() as cursor:
            return frozenset(int(row[0]) for row in cursor.rows(sql, asked))


def _cases(cursor: Cursor, id: str) -> dict[int, Bundled]:
    return {int(row[0]): Bundled(row[1]) for row in cursor.rows("SELECT case_id, state FROM bundled_case WHERE bundle = ? ORDER BY place", (id,))}


def _bundle(row: Row, cases: dict[int, Bundled]) -> Bundle:
    arrived = moment(row[6]) if row[6] else None
    return Bundle(row[0], row[1], row[2], moment(row[3]), row[4], loads(row[5]), cases, arrived, row[7])


def _write(cursor: Cursor, changes: Sequence[Change]) -> None:
    for change in changes:
        case = chained(change.case, change.entry)
        if not cursor.run(_CHANGED, (case.version, case.audit_seq, case.audit_hash, case.id, change.before.version)):
            raise CaseMoved(case=case.code)
        cursor.run(_ENTRY, rows.entry_values(case.id, change.entry, case.audit_hash))
        cursor.run_many(NOTICE, [notice_values(case.id, row) for row in change.notices])
