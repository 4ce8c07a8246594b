"""The line at a counter as the clerks and the screen above them show it: numbers and desks, nothing about anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from wardflow.cases.counter_records import QueueNumber, QueueState
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.serve_queue import today

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of today."""

    unit: str
    name: Words
    called: tuple[QueueNumber, ...]
    """those being served, the latest first"""
    waiting: tuple[QueueNumber, ...]
    given: int
    done: int
    absent: int
    waited: timedelta | None
    """how long those who were called today had waited on average"""


def line(platform: Platform, unit: str) -> Line:
    """The line of today at a counter; one that nobody has taken a number at is empty."""
    rows = platform.store.queue.of_day(unit, today(platform))
    called = sorted((each for each in rows if each.state is QueueState.CALLED), key=lambda each: each.called_at or each.taken_at, reverse=True)
    waits = [each.called_at - each.taken_at for each in rows if each.called_at is not None]
    return Line(
        unit, unit_words(platform.snapshot(), unit), tuple(called[:SHOWN]), tuple(each for each in rows if each.state is QueueState.WAITING),
        len(rows), _count(rows, QueueState.DONE), _count(rows, QueueState.ABSENT), sum(waits, timedelta()) / len(waits) if waits else None,
    )


def _count(rows: Sequence[QueueNumber], state: QueueState) -> int:
    return sum(each.state is state for each in rows)
