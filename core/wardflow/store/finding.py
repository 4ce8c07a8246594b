"""Cases found by the beginnings of words: one table of words, kept by the units that may see the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wardflow.cases.records import Case
from wardflow.domain.routing import Places
from wardflow.store import rows
from wardflow.store.database import Cursor, Database

LAST = "\U0010ffff"
_WORD = "INSERT INTO case_word (case_id, unit, word) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_MOVED = (
    "INSERT INTO case_word (case_id, unit, word) SELECT DISTINCT case_id, ?, word FROM case_word WHERE case_id = ? ON CONFLICT DO NOTHING"
)
_DRIVES = "SELECT w.case_id, w.word FROM case_word w WHERE w.unit = ? AND w.word >= ? AND w.word < ?"
_WHOLE = " AND EXISTS (SELECT 1 FROM case_word o WHERE o.unit = w.unit AND o.word = ? AND o.case_id = w.case_id)"
# the plus keeps these lists from leading: the last word leads, in its order, so that a search stops with what it shows
_BEGUN = " AND +w.case_id IN (SELECT case_id FROM case_word WHERE unit = ? AND word >= ? AND word < ?)"


class FindingTable:
    """What cases of one database are found by."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cases(self, words: Sequence[str], units: Sequence[str], limit: int) -> Sequence[Case]:
        """Cases that some units may see, in which each word begins a word: the greatest words first, so the newest codes.

        All words but the last are first taken as they stand, as they are while somebody types a name to its end.
        """
        if not words or not units:
            return []
        return self._found(words, units, limit, whole=True) or (
            self._found(words, units, limit, whole=False) if len(words) > 1 else []
        )

    def _found(self, words: Sequence[str], units: Sequence[str], limit: int, *, whole: bool) -> Sequence[Case]:
        branches, values = [], list[Any]()
        for unit in units:
            sql = _DRIVES
            values += [unit, words[-1], words[-1] + LAST]
            for word in words[:-1]:
                sql += _WHOLE if whole else _BEGUN
                values += [word] if whole else [unit, word, word + LAST]
            branches.append(f"SELECT * FROM ({sql} ORDER BY w.word DESC, w.case_id DESC LIMIT {int(limit)}) b")    # said, not asked: the plan depends on it
        sql = (
            f"SELECT {', '.join('c.' + name for name in rows.CASE)} FROM cases c JOIN "
            f"(SELECT case_id, max(word) AS word FROM ({' UNION ALL '.join(branches)}) g GROUP BY case_id "
            f"ORDER BY 2 DESC, 1 DESC LIMIT {int(limit)}) f ON c.id = f.case_id ORDER BY f.word DESC, c.id DESC"
        )
        with self._database.reading() as cursor:
            # how two words are best brought together depends on how common they are
            found = cursor.rows_planned(sql, values) if len(words) > 1 else cursor.rows(sql, values)
        return [rows.case(row) for row in found]


def keep_words(cursor: Cursor, case_id: int, units: Iterable[str], words: Sequence[str]) -> None:
    """Writes the words of a new case for each unit whose people may look for it."""
    cursor.run_many(_WORD, [(case_id, unit, word) for unit in units for word in words])


def move_words(cursor: Cursor, case: Case) -> None:
    """Lets the units that a case now belongs to find it too."""
    for unit in _units(case.places):
        cursor.run(_MOVED, (unit, case.id))


def _units(places: Places) -> Iterable[str]:
    return dict.fromkeys(unit for unit in (places.authority, places.receiving, places.returning) if unit)
