"""Queues as conditions: each by itself while they are few, all at once when somebody holds roles in very many units."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 100
"""SQLite joins at most 500 queries in one, and a list may need four for a queue."""


def conditions(queues: Sequence[tuple[str, str]], alias: str = "") -> list[tuple[str, list[str]]]:
    """Conditions that together name the tasks of (unit, role) queues: one for each index range, with their values."""
    if len(queues) <= MOST:
        return [(f"{alias}unit = ? AND {alias}role = ?", list(queue)) for queue in queues]
    marks = ", ".join(["(?, ?)"] * len(queues))
    return [(f"({alias}unit, {alias}role) IN (VALUES {marks})", [each for queue in queues for each in queue])]
