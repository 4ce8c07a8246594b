"""Numbers without gap or double: taken inside the transaction that uses them."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.cases.records import Document
from wardflow.domain.paper_numbers import written
from wardflow.store import rows
from wardflow.store.database import Cursor, Row

TAKE = (
    "INSERT INTO numbering (series, last) VALUES (?, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = numbering.last + 1 RETURNING last"
)
_PAPER = ("series", "width", "after")
# the view takes the number and writes the paper: one statement of a step instead of two
_NUMBERED = (
    f"INSERT INTO numbered_paper ({', '.join((*rows.DOCUMENT, *_PAPER))}) "
    f"VALUES ({', '.join('?' * (len(rows.DOCUMENT) + len(_PAPER)))})"
)
_AS_IT_IS: Row = (None, 0, "")


def take(cursor: Cursor, series: str) -> int:
    """The next number of a series, from 1; a rollback gives it back, so none is lost."""
    row = cursor.row(TAKE, (series,))
    assert row is not None    # an upsert with RETURNING always answers
    return int(row[0])


def write_numbered(cursor: Cursor, papers: Sequence[tuple[int, Document, str | None]]) -> None:
    """Writes papers of cases, each with the next number of its series, or as it is where it has none."""
    cursor.run_many(_NUMBERED, [_values(*paper) for paper in papers])


def _values(case_id: int, paper: Document, series: str | None) -> Row:
    if series is None:
        return (*rows.document_values(case_id, paper, paper.number), *_AS_IT_IS)
    before, width, after = written(paper.number)
    return (*rows.document_values(case_id, paper, before), series, width, after)
