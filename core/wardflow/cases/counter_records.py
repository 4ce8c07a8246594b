"""What a counter keeps beside its cases, as plain values: how they came in, who waits in line, which papers travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wardflow.domain.channels import Way


@dataclass(frozen=True, slots=True)
class CaseWay:
    """How a case came in, and when that was entered where it was later."""

    way: Way
    entered_at: datetime | None = None


class QueueState(StrEnum):
    """Where a number in the line stands."""

    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QueueNumber:
    """One number of one day at one counter; it says nothing about the person who holds it."""

    unit: str
    day: date
    number: int
    state: QueueState
    taken_at: datetime
    called_at: datetime | None = None
    place: str = ""
    """the desk to which it was called"""
    called_by: str | None = None


class Bundled(StrEnum):
    """What became of one file in a bundle."""

    SENT = "sent"
    ARRIVED = "arrived"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers of several cases on their way from one point to another."""

    id: str
    from_unit: str
    to_unit: str
    sent_at: datetime
    sent_by: str
    facts: Mapping[str, str]
    """who carries it, and a note"""
    cases: Mapping[int, Bundled]
    arrived_at: datetime | None = None
    arrived_by: str | None = None
