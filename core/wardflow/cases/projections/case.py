"""The case after a step: business state, outcome, legal clock, who did what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wardflow.cases.legal_time import clock_of
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Happening, Situation
from wardflow.domain.legal_clock import ClockEvent, ClockMove
from wardflow.engine import CaseEnded, ClockMoved, StateEntered, Step


def after(before: Case, step: Step, happening: Happening, situation: Situation) -> Case:
    """The case as the step leaves it, one version on."""
    states = [effect.state for effect in step.effects if isinstance(effect, StateEntered)]
    ends = [effect for effect in step.effects if isinstance(effect, CaseEnded)]
    state = states[-1] if states else before.business_state
    doers = {**before.doers, happening.node: situation.actor.person} if happening.finished else before.doers
    moved = replace(
        before,
        version=before.version + 1,
        state=step.state,
        business_state=state,
        doers=doers,
        clock=(*before.clock, *happening.moves, *_moves(step, situation)),
        audit_seq=before.audit_seq + 1,
    )
    if ends:
        outcome = ends[-1].outcome or state
        moved = replace(moved, status=CaseStatus.ENDED, outcome=outcome, ended_at=situation.now)
    return with_due(moved, situation) if moved.clock != before.clock else moved


def with_due(case: Case, situation: Situation) -> Case:
    """The case with the due dates that its legal clock says."""
    clock = clock_of(case, situation.pack, situation.procedure, situation.snapshot)
    paused = not clock.running and clock.paused_since is not None
    return replace(case, due_original=clock.original, due=clock.due, paused=paused, stopped_at=clock.stopped)


def _moves(step: Step, situation: Situation) -> Iterable[ClockEvent]:
    for effect in step.effects:
        if isinstance(effect, ClockMoved):
            yield ClockEvent(ClockMove(effect.move), situation.now, situation.actor.person, effect.basis)
