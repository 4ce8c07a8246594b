"""Takes out of a case who sent it: another one goes on with its matter, in which that is sealed."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.records import Case
from wardflow.store.database import Cursor
from wardflow.store.instants import dumps, loads
from wardflow.store.spots import hide

_NOBODY = "INSERT INTO applicant (person_id, full_name, folded_name, id_number, facts) VALUES (NULL, '', '', '', '{}') RETURNING id"
_GONE = "DELETE FROM applicant WHERE id = ? AND person_id IS NULL AND NOT EXISTS (SELECT 1 FROM cases WHERE applicant_id = ?)"


def unnamed(cursor: Cursor, case: Case) -> Case:
    """The case called after nobody: no word finds it, no notice, task or paper names its sender; the timeline stays as it was chained."""
    found = cursor.row(_NOBODY)
    assert found is not None    # INSERT … RETURNING always answers
    number, person = int(found[0]), f"applicant:{found[0]}"
    old = case.applicant_person
    for sql in ("DELETE FROM case_word WHERE case_id = ?", "DELETE FROM spot WHERE case_id = ?"):
        cursor.run(sql, (case.id,))
    hide(cursor, case)
    for sql in ("DELETE FROM notice WHERE case_id = ? AND person = ?", "DELETE FROM watch WHERE case_id = ? AND person = ?"):
        cursor.run(sql, (case.id, old))
    doers = {node: person if who == old else who for node, who in case.doers.items()}
    cursor.run("UPDATE cases SET applicant_id = ?, applicant_person = ?, doers = ? WHERE id = ?", (number, person, dumps(doers), case.id))
    _tasks(cursor, case.id, old, person)
    _papers(cursor, case.id, old, person)
    cursor.run(_GONE, (case.applicant_id, case.applicant_id))
    return replace(case, applicant_id=number, applicant_person=person, doers=doers)


def _tasks(cursor: Cursor, case_id: int, old: str, person: str) -> None:
    for column in ("person", "closed_by"):
        cursor.run(f"UPDATE task SET {column} = ? WHERE case_id = ? AND {column} = ?", (person, case_id, old))
    cursor.run("UPDATE task SET excluded = replace(excluded, ?, ?) WHERE case_id = ?", (dumps(old), dumps(person), case_id))


def _papers(cursor: Cursor, case_id: int, old: str, person: str) -> None:
    """A paper that was set already is set anew, without the name, when it is next opened."""
    cursor.run("UPDATE document SET by = ? WHERE case_id = ? AND by = ?", (person, case_id, old))
    for document, kept in cursor.rows("SELECT document, facts FROM document WHERE case_id = ? AND kind = 'slip'", (case_id,)):
        facts = loads(kept)
        if isinstance(data := facts.get("data"), dict):
            facts["data"] = {**data, "applicant": {}}
        cursor.run("UPDATE document SET facts = ?, sha256 = NULL WHERE case_id = ? AND document = ?", (dumps(facts), case_id, document))
