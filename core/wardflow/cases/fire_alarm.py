"""Lets an alarm fire before its time, because a head says so."""

from __future__ import annotations

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import commit
from wardflow.cases.platform import Platform
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import AlarmFired
from wardflow.errors import AlarmGone, ReasonMissing
from wardflow.permissions import require


@again_when_moved
def fire_alarm(platform: Platform, actor: Actor, case_id: int, alarm: str, reason: str) -> Case:
    """The case after its alarm; AlarmGone once it has rung or is no longer set."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, "fire_alarm", held.question())
    node = None if alarm == WARNING else platform.store.alarms.node(case_id, alarm)    # its date moves with the clock alone
    if node is None:
        raise AlarmGone(alarm=alarm, case=held.case.code)
    step = step_on(platform, held.matter, held.snapshot, held.case, AlarmFired(alarm))
    happening = Happening("alarm_fired", node, {"alarm": alarm, "reason": reason.strip()})
    return commit(platform, held.case, step, happening, actor, held.matter, held.snapshot)
