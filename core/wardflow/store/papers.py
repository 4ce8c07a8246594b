"""What is read about one case: its tasks, timeline, documents and notices; and the drafts of its tasks."""

from __future__ import annotations

from typing import Any

from wardflow.cases.records import Document, Entry, Notice, Task
from wardflow.errors import CaseUnknown
from wardflow.store import rows
from wardflow.store.database import Database
from wardflow.store.instants import dumps
from wardflow.store.sealed import Seal


class PaperStore:
    """The papers of cases in one database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    def tasks(self, case_id: int) -> tuple[Task, ...]:
        """All tasks of a case, oldest first."""
        sql = f"SELECT {', '.join(rows.TASK)} FROM task WHERE case_id = ? ORDER BY opened_at, length(task), task"
        with self._database.reading() as cursor:
            return tuple(rows.task(row) for row in cursor.rows(sql, (case_id,)))

    def entries(self, case_id: int) -> tuple[Entry, ...]:
        """The timeline of a case, oldest first."""
        sql = f"SELECT {', '.join(rows.ENTRY)} FROM entry WHERE case_id = ? ORDER BY seq"
        with self._database.reading() as cursor:
            return tuple(rows.entry(row) for row in cursor.rows(sql, (case_id,)))

    def documents(self, case_id: int) -> tuple[Document, ...]:
        """The papers of a case, oldest first."""
        sql = f"SELECT {', '.join(rows.DOCUMENT)} FROM document WHERE case_id = ? ORDER BY at, document"
        with self._database.reading() as cursor:
            return tuple(rows.document(row) for row in cursor.rows(sql, (case_id,)))

    def joint(self, key: str) -> tuple[Document, ...]:
        """The papers of a decision over several cases, in the order of the cases."""
        sql = (
            f"SELECT {', '.join('d.' + name for name in rows.DOCUMENT)} FROM joint_paper j JOIN document d "
            "ON d.case_id = j.case_id AND d.document = j.document WHERE j.joint = ? ORDER BY j.case_id, d.document"
        )
        with self._database.reading() as cursor:
            return tuple(rows.document(row) for row in cursor.rows(sql, (key,)))

    def notices(self, case_id: int) -> tuple[Notice, ...]:
        """What was told about a case, oldest first."""
        sql = f"SELECT {', '.join(rows.NOTICE)} FROM notice WHERE case_id = ? ORDER BY seq"
        with self._database.reading() as cursor:
            return tuple(rows.notice(row) for row in cursor.rows(sql, (case_id,)))

    def save_draft(self, case_id: int, task: str, draft: Any) -> bool:
        """True when the draft was kept, False when the task is no longer open."""
        sql = "UPDATE task SET draft = ? WHERE case_id = ? AND task = ? AND status = 'open'"
        with self._database.writing() as cursor:
            return cursor.run(sql, (dumps(draft), case_id, task)) > 0

    def rendered(self, case_id: int, document: str, sha256: str, size: int) -> None:
        """Remembers the bytes of a slip that was opened for the first time; a second rendering changes nothing."""
        sql = "UPDATE document SET sha256 = ?, size = ? WHERE case_id = ? AND document = ? AND sha256 IS NULL"
        with self._database.writing() as cursor:
            cursor.run(sql, (sha256, size, case_id, document))

    def sealed(self, case_id: int, reference: str) -> tuple[str, Any]:
        """The role that may open a sealed value, and the value; CaseUnknown where nothing is sealed there."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT role, cipher FROM sealed WHERE case_id = ? AND reference = ?", (case_id, reference))
        if found is None:
            raise CaseUnknown(case=case_id)
        return found[0], self._seal.open(bytes(found[1]))
