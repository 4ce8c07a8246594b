"""What the projections may look at beside the case and the effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from wardflow.cases.records import SealedValue
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import ClockEvent
from wardflow.domain.people import Actor
from wardflow.domain.record import record
from wardflow.domain.routing import Question
from wardflow.engine import Definition
from wardflow.packs import Pack, Procedure

SYSTEM = Actor("", "")
"""Who acts when an alarm or a service moves a case: nobody."""


@record(frozen=True, slots=True)
class Joint:
    """One decision over several cases: what names it, the unit that makes it, and the numbers its papers bear already, by slip."""

    key: str
    unit: str
    numbers: Mapping[str, str] = field(default_factory=dict)


@record(frozen=True, slots=True)
class Happening:
    """What an act did, as the timeline will tell it; `finished` is the task a person completed."""

    kind: str
    node: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None
    finished: str | None = None
    sealed: tuple[SealedValue, ...] = ()
    moves: tuple[ClockEvent, ...] = ()
    """how the act itself moves the legal clock, before the diagram does"""
    joint: Joint | None = None
    """the decision over several cases that this act is part of"""


@record(frozen=True, slots=True)
class Situation:
    """The pack and procedure a case runs by, the city as it is, the moment, and who acts."""

    pack: Pack
    procedure: Procedure
    definition: Definition
    snapshot: Snapshot
    now: datetime
    actor: Actor
    data: Mapping[str, Any]
    opine: Callable[[Question, str], Question] = lambda question, step: question
    """what the rules of the field add to the question who should do a step"""

    @property
    def today(self) -> date:
        """The local day."""
        return self.snapshot.calendar.local(self.now).date()
