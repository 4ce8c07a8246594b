"""The case after a step: business state, outcome, legal clock, who did what."""

from __future__ import annotations

from typing import Any

from wardflow.cases.legal_time import clock_by
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Happening, Situation
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.limits import Limit
from wardflow.engine import CaseEnded, ClockMoved, StateEntered, Step
from wardflow.packs import due_day


def after(before: Case, step: Step, happening: Happening, situation: Situation) -> tuple[Case, Clock | None]:
    """The case as the step leaves it, one version on, and its legal clock where that moved."""
    states = [effect.state for effect in step.of(StateEntered)]
    ends = step.of(CaseEnded)
    state = states[-1] if states else before.business_state
    changed: dict[str, Any] = {
        "version": before.version + 1, "state": step.state, "business_state": state, "audit_seq": before.audit_seq + 1,
    }
    if happening.finished:
        changed["doers"] = {**before.doers, happening.node: situation.actor.person}
    if ends:
        changed |= {"status": CaseStatus.ENDED, "outcome": ends[-1].outcome or state, "ended_at": situation.now}
    moves = _moves(before, happening.moves, step, situation)
    if not moves:
        return before.but(**changed), None
    events = (*before.clock, *moves)
    clock = clock_by(events, before, situation.pack, situation.procedure, situation.snapshot)
    return before.but(**changed, clock=events, **dues(clock)), clock


def dues(clock: Clock) -> dict[str, Any]:
    """What a case keeps of its legal clock beside the ledger."""
    paused = not clock.running and clock.paused_since is not None
    return {"due_original": clock.original, "due": clock.due, "paused": paused, "stopped_at": clock.stopped}


def _moves(before: Case, first: tuple[ClockEvent, ...], step: Step, situation: Situation) -> tuple[ClockEvent, ...]:
    """How the act and then the diagram move the clock, each move after those before it."""
    moves = first
    for effect in step.of(ClockMoved):
        limit = _length(before, moves, effect, situation)
        event = ClockEvent(ClockMove(effect.move), situation.now, situation.actor.person, effect.basis, limit=limit)
        moves = (*moves, event)
    return moves


def _length(before: Case, moves: tuple[ClockEvent, ...], effect: ClockMoved, situation: Situation) -> Limit | None:
    """The new length, where the diagram names the day on which the matter is due (wf:until); None leaves that of the record."""
    node = situation.definition.nodes.get(effect.node)
    written = node.attributes.get("until") if node else None
    if not written:
        return None
    clock = clock_by((*before.clock, *moves), before, situation.pack, situation.procedure, situation.snapshot)
    day = due_day(written, situation.data, clock.calendar, situation.now)
    return None if day is None else clock.length_of(ClockMove(effect.move), situation.now, day)
