"""A matter in several hands: consulted units and linked parts with clocks of their own, and whose clock runs now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wardflow.domain.legal_clock import Clock
from wardflow.domain.reasons import Reason
from wardflow.domain.units import Unit


class PartKind(StrEnum):
    """Why a unit has a clock of its own within a matter."""

    CONSULTED = "consulted"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit does within a matter, in its own time."""

    unit: Unit
    clock: Clock
    kind: PartKind


@dataclass(frozen=True, slots=True)
class Turn:
    """A unit whose clock runs, whether it is late, and what that means; a matter at rest names its own unit."""

    unit: Unit
    running: bool
    late: bool
    reason: Reason


def whose_turn(unit: Unit, whole: Clock, parts: Sequence[Part], now: datetime) -> tuple[Turn, ...]:
    """Whose clock runs now: the parts that run, in their order, else the unit of the whole matter."""
    if whole.stopped is None:
        running = tuple(_turn(part, unit, now) for part in parts if part.clock.running)
        if running:
            return running
    code = "whole" if whole.running else "ended" if whole.stopped else "waiting" if whole.started else "not-started"
    late = whole.running and _late(whole, now)
    return (Turn(unit, whole.running, late, Reason(f"clock.turn-{code}", dict(unit.facts()))),)


def outlasting(whole: Clock, parts: Sequence[Part]) -> tuple[Reason, ...]:
    """The parts that are due after the whole, which no plan of a matter should have."""
    end = whole.due
    if end is None:
        return ()
    day = whole.calendar.day_of
    return tuple(
        Reason("clock.part-outlasts", {**part.unit.facts(), "due": day(due).isoformat(), "whole_due": day(end).isoformat()})
        for part in parts
        if (due := part.clock.due) is not None and due > end
    )


def _turn(part: Part, whole: Unit, now: datetime) -> Turn:
    late = _late(part.clock, now)
    code = f"clock.turn-{part.kind}-late" if late else f"clock.turn-{part.kind}"
    return Turn(part.unit, True, late, Reason(code, {**part.unit.facts(), **whole.facts("whole")}))


def _late(clock: Clock, now: datetime) -> bool:
    return clock.due is not None and now > clock.due
