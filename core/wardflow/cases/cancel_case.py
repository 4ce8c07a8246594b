"""Calls a case off: its open tasks, alarms and calls are withdrawn, its legal clock stops, and nothing is compensated."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import Held, again_when_moved, running, take_up
from wardflow.cases.commit import changes
from wardflow.cases.legal_time import clock_of
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.legal_clock import ClockMove
from wardflow.domain.people import Actor
from wardflow.engine import Cancelled, ClockMoved, Step
from wardflow.errors import ReasonMissing
from wardflow.permissions import require


@again_when_moved
def cancel_case(platform: Platform, actor: Actor, case_id: int, reason: str) -> Case:
    """The case, ended with the outcome "cancelled"; the reason stays in its timeline."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, "cancel_case", held.question())
    running(held)
    step = step_on(platform, held.matter, held.snapshot, held.case, Cancelled())
    happening = Happening("cancelled", "", {"reason": reason.strip()})
    change = changes(platform, held.case, _stopped(held, step), happening, actor, held.matter, held.snapshot)
    closed = tuple((row.seq, row.place) for row in platform.store.incidents.of_case(case_id))
    return platform.store.cases.apply(replace(change, incidents_closed=closed))


def _stopped(held: Held, step: Step) -> Step:
    clock = clock_of(held.case, held.matter.pack, held.matter.procedure, held.snapshot)
    if not clock.allows(ClockMove.STOP):
        return step
    return replace(step, effects=(*step.effects, ClockMoved(str(ClockMove.STOP), "")))
