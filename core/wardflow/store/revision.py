"""The number that tells every process that the register, the calendar or the packs changed."""

from __future__ import annotations

from wardflow.store.database import Cursor

_RAISE = (
    "INSERT INTO revision (name, number) VALUES ('register', 1) "
    "ON CONFLICT (name) DO UPDATE SET number = revision.number + 1"
)


def raise_revision(cursor: Cursor) -> None:
    """Makes every process read its snapshots again at the next case or page."""
    cursor.run(_RAISE)


def read_revision(cursor: Cursor) -> int:
    """The revision as it stands; 0 in a new database."""
    found = cursor.row("SELECT number FROM revision WHERE name = 'register'")
    return int(found[0]) if found else 0
