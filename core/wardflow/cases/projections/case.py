"""The case after a step: business state, outcome, legal clock, who did what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wardflow.cases.legal_time import clock_by
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Happening, Situation
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.engine import CaseEnded, ClockMoved, StateEntered, Step


def after(before: Case, step: Step, happening: Happening, situation: Situation) -> tuple[Case, Clock | None]:
    """The case as the step leaves it, one version on, and its legal clock where that moved."""
    states = [effect.state for effect in step.effects if isinstance(effect, StateEntered)]
    ends = [effect for effect in step.effects if isinstance(effect, CaseEnded)]
    state = states[-1] if states else before.business_state
    changed: dict[str, Any] = {
        "version": before.version + 1, "state": step.state, "business_state": state, "audit_seq": before.audit_seq + 1,
    }
    if happening.finished:
        changed["doers"] = {**before.doers, happening.node: situation.actor.person}
    if ends:
        changed |= {"status": CaseStatus.ENDED, "outcome": ends[-1].outcome or state, "ended_at": situation.now}
    moves = (*happening.moves, *_moves(step, situation))
    if not moves:
        return replace(before, **changed), None
    events = (*before.clock, *moves)
    clock = clock_by(events, before, situation.pack, situation.procedure, situation.snapshot)
    return replace(before, **changed, clock=events, **dues(clock)), clock


def dues(clock: Clock) -> dict[str, Any]:
    """What a case keeps of its legal clock beside the ledger."""
    paused = not clock.running and clock.paused_since is not None
    return {"due_original": clock.original, "due": clock.due, "paused": paused, "stopped_at": clock.stopped}


def _moves(step: Step, situation: Situation) -> Iterable[ClockEvent]:
    for effect in step.effects:
        if isinstance(effect, ClockMoved):
            yield ClockEvent(ClockMove(effect.move), situation.now, situation.actor.person, effect.basis)
