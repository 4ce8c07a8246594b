"""Which case was opened by which."""

from __future__ import annotations

from wardflow.store.database import Cursor, Database

_LINK = "INSERT INTO linked_case (case_id, parent_id) VALUES (?, ?)"
_KIN = "SELECT case_id, parent_id FROM linked_case WHERE case_id = ? OR parent_id = ? ORDER BY case_id"


def link(cursor: Cursor, case_id: int, parent: int | None) -> None:
    """Writes which case opened a new one; nothing for a case that somebody filed."""
    if parent is not None:
        cursor.run(_LINK, (case_id, parent))


class LinkTable:
    """The links of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kin(self, case_id: int) -> tuple[int | None, tuple[int, ...]]:
        """The case that opened this one, and the cases it opened, oldest first."""
        with self._database.reading() as cursor:
            found = [(int(row[0]), int(row[1])) for row in cursor.rows(_KIN, (case_id, case_id))]
        parent = next((above for case, above in found if case == case_id), None)
        return parent, tuple(case for case, above in found if above == case_id)
