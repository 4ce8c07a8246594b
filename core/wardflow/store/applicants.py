"""Applicants: a table of their own, found by number and by folded name, so that a person declares once."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.cases.applicant_ports import Applicant
from wardflow.cases.ports import Filing
from wardflow.domain.names import figures, folded
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads

_COLUMNS = "id, person_id, full_name, id_number, facts"
_ADD = (
    "INSERT INTO applicant (person_id, full_name, folded_name, id_number, facts, phone) VALUES (?, ?, ?, ?, ?, ?) RETURNING id"
)
_CHANGE = (
    "UPDATE applicant SET person_id = ?, full_name = ?, folded_name = ?, id_number = ?, facts = ?, phone = ? WHERE id = ? RETURNING id"
)
_BY_PHONE = f"SELECT {_COLUMNS} FROM applicant WHERE phone <> '' AND phone = ? ORDER BY id DESC LIMIT ?"
_BY_PERSON = f"SELECT {_COLUMNS} FROM applicant WHERE person_id = ? ORDER BY id DESC"
LONGEST_PHONE = 20


class ApplicantStore:
    """The applicants of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, id_number: str) -> Applicant | None:
        """The applicant with that identity number; nobody is found by none."""
        if not id_number:
            return None
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {_COLUMNS} FROM applicant WHERE id_number = ? ORDER BY id", (id_number,))
        return None if found is None else _applicant(found)

    def with_phone(self, phone: str, limit: int) -> Sequence[Applicant]:
        """Those who gave that telephone number, in figures alone, the newest first."""
        if not phone:
            return []
        with self._database.reading() as cursor:
            return [_applicant(row) for row in cursor.rows(_BY_PHONE, (phone, limit))]

    def of_person(self, person: str) -> Sequence[Applicant]:
        """What was told of whoever files with an account, the newest record first."""
        with self._database.reading() as cursor:
            return [_applicant(row) for row in cursor.rows(_BY_PERSON, (person,))]

    def of(self, ids: Sequence[int]) -> Sequence[Applicant]:
        """Applicants by their numbers, in that order."""
        if not ids:
            return []
        sql = f"SELECT {_COLUMNS} FROM applicant WHERE id IN ({', '.join('?' * len(ids))})"
        with self._database.reading() as cursor:
            found = {int(row[0]): _applicant(row) for row in cursor.rows(sql, tuple(ids))}
        return [found[id] for id in ids if id in found]


def keep(cursor: Cursor, filing: Filing) -> Applicant:
    """The applicant with that number, brought up to date, or a new one; without a number always a new one.

    Who files for themselves changes their own record only: a number typed by a stranger opens nobody's data.
    """
    known = _known(cursor, filing.id_number, filing.person) if filing.id_number and not filing.stranger else None
    person = filing.person or (known[1] if known else None)
    phone = figures(str(filing.facts.get("phone") or ""))[:LONGEST_PHONE]
    if known is not None and filing.helped:
        return Applicant(int(known[0]), person, filing.full_name, filing.id_number, dict(filing.facts))
    values = (person, filing.full_name, folded(filing.full_name), filing.id_number, dumps(dict(filing.facts)), phone)
    written = cursor.row(_ADD, values) if known is None else cursor.row(_CHANGE, (*values, known[0]))
    assert written is not None    # both statements answer with the row they wrote
    return Applicant(int(written[0]), person, filing.full_name, filing.id_number, dict(filing.facts))


def _known(cursor: Cursor, id_number: str, person: str | None) -> Row | None:
    sql = "SELECT id, person_id FROM applicant WHERE id_number = ?{own} ORDER BY id"
    if person is None:
        return cursor.row(sql.format(own=""), (id_number,))
    return cursor.row(sql.format(own=" AND person_id = ?"), (id_number, person))


def _applicant(row: Row) -> Applicant:
    return Applicant(int(row[0]), row[1], row[2], row[3], loads(row[4]))
