"""Rings an alarm: a timer of the diagram moves its case, late rather than never, and never twice."""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.acting import Held, again_when_moved, take_up
from wardflow.cases.commit import commit
from wardflow.cases.platform import Platform
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.records import Case
from wardflow.cases.situation import SYSTEM, Happening
from wardflow.cases.stepping import step_on
from wardflow.cases.warn import warn
from wardflow.engine import AlarmFired, Step

SWEEP = 100


@again_when_moved
def ring_alarm(platform: Platform, case_id: int, alarm: str) -> Case | None:
    """The case after its alarm, or None when another worker was first."""
    if alarm == WARNING:
        return warn(platform, case_id)
    held = take_up(platform, case_id)
    node = platform.store.alarms.node(case_id, alarm)
    if node is None:
        return None
    return commit(platform, held.case, *rung(platform, held, alarm, node), SYSTEM, held.matter, held.snapshot)


def rung(platform: Platform, held: Held, alarm: str, node: str) -> tuple[Step, Happening]:
    """The step that a timer leads to, and how the timeline tells it."""
    step = step_on(platform, held.matter, held.snapshot, held.case, AlarmFired(alarm))
    return step, Happening("alarm", node, {"alarm": alarm})


def ring_alarms(platform: Platform, until: datetime) -> int:
    """How many alarms rang, each at its own moment, until an instant: how scenarios and the demo let time pass."""
    rung = 0
    while due := platform.store.alarms.due(until, SWEEP):
        for case_id, alarm, fire_at in due:
            ring_alarm(platform.at(fire_at), case_id, alarm)
            rung += 1
    return rung
