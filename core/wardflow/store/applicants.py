"""Applicants: a table of their own, found by number and by folded name, so that a person declares once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.ports import Applicant
from wardflow.domain.names import folded
from wardflow.errors import WardflowError
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads

_COLUMNS = "id, person_id, full_name, id_number, facts"


class ApplicantStore:
    """The applicants of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, full_name: str, id_number: str, facts: Mapping[str, Any], person: str | None) -> Applicant:
        """The applicant with that number, brought up to date, or a new one; without a number always a new one.

        Who files for themselves changes their own record only: a number typed by a stranger opens nobody's data.
        """
        with self._database.writing() as cursor:
            known = _known(cursor, id_number, person) if id_number else None
            values = (person or (known[1] if known else None), full_name, folded(full_name), id_number, dumps(dict(facts)))
            if known is None:
                sql = "INSERT INTO applicant (person_id, full_name, folded_name, id_number, facts) VALUES (?, ?, ?, ?, ?) RETURNING id"
                written = cursor.row(sql, values)
            else:
                sql = "UPDATE applicant SET person_id = ?, full_name = ?, folded_name = ?, id_number = ?, facts = ? WHERE id = ? RETURNING id"
                written = cursor.row(sql, (*values, known[0]))
        assert written is not None    # both statements answer with the row they wrote
        return Applicant(int(written[0]), values[0], full_name, id_number, dict(facts))

    def find(self, id_number: str) -> Applicant | None:
        """The applicant with that identity number."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {_COLUMNS} FROM applicant WHERE id_number = ? ORDER BY id", (id_number,))
        return None if found is None else _applicant(found)

    def load(self, applicant_id: int) -> Applicant:
        """One applicant."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {_COLUMNS} FROM applicant WHERE id = ?", (applicant_id,))
        if found is None:
            raise WardflowError(f"There is no applicant {applicant_id}.")
        return _applicant(found)


def _known(cursor: Cursor, id_number: str, person: str | None) -> Row | None:
    sql = "SELECT id, person_id FROM applicant WHERE id_number = ?{own} ORDER BY id"
    if person is None:
        return cursor.row(sql.format(own=""), (id_number,))
    return cursor.row(sql.format(own=" AND person_id = ?"), (id_number, person))


def _applicant(row: Row) -> Applicant:
    return Applicant(int(row[0]), row[1], row[2], row[3], loads(row[4]))
