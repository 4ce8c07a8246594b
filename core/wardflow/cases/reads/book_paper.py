"""The register of a counter as the paper that is signed and kept: slip 07, set like every other slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.reads.book import Book, BookRow
from wardflow.cases.slip_data import letterhead
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.wording import Wording


def book_paper(platform: Platform, actor: Actor, book: Book) -> bytes:
    """The register as PDF, in Vietnamese as official papers are; whoever read the register may print it."""
    snapshot, words = platform.snapshot(), platform.wording("vi")
    return platform.press("book", {
        **letterhead(snapshot, book.counter, platform.now()),
        "first": book.first.isoformat(), "last": book.last.isoformat(),
        "rows": [_row(row, snapshot, words) for row in book.rows],
        "signer": {"name": actor.name},
    })


def _row(row: BookRow, snapshot: Snapshot, words: Wording) -> dict[str, Any]:
    def local(at: datetime | None) -> str:
        return f"{snapshot.calendar.local(at):%Y-%m-%dT%H:%M}" if at else ""

    return {
        "number": row.number, "code": row.code, "procedure": row.procedure.vi, "applicant": row.applicant,
        "received_at": local(row.received_at), "due_at": local(row.due), "authority": row.authority.vi, "returning": row.returning.vi,
        "finished_at": local(row.finished_at), "state": row.state.vi, "standing": words.say(row.standing.reason),
    }
