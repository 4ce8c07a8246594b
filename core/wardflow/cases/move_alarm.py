"""Moves an alarm to another moment, because a head says so; one that repeats goes on counting from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.records import AlarmRow, Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.engine.state import dump, load
from wardflow.errors import AlarmGone, AlarmPast, NaiveMoment, ReasonMissing
from wardflow.permissions import require


@again_when_moved
def move_alarm(platform: Platform, actor: Actor, case_id: int, alarm: str, to: datetime, reason: str) -> Case:
    """The case with its alarm at the new moment; AlarmPast where that is over, since such an alarm is fired instead."""
    if not reason.strip():
        raise ReasonMissing()
    if to.tzinfo is None:
        raise NaiveMoment(moment=to)
    held = take_up(platform, case_id)
    require(actor, "move_alarm", held.question())
    node = None if alarm == WARNING else platform.store.alarms.node(case_id, alarm)    # its date moves with the clock alone
    if node is None:
        raise AlarmGone(alarm=alarm, case=held.case.code)
    if to <= platform.now():
        raise AlarmPast(moment=to.isoformat())
    happening = Happening("alarm_moved", node, {"alarm": alarm, "to": to.isoformat(), "reason": reason.strip()})
    change = record(held.case, happening, platform, actor)
    case = replace(change.case, state=_moved(held.case.state, alarm, to))
    return platform.store.cases.apply(
        replace(change, case=case, alarms_cleared=(alarm,), alarms_set=(AlarmRow(alarm, node, to),))
    )


def _moved(state: bytes, alarm: str, to: datetime) -> bytes:
    """The state with the alarm at its new moment: the engine would otherwise ring it at the old one, with the next step."""
    held = load(state)
    number = int(alarm.removeprefix("a"))
    held.alarms[number] = replace(held.alarms[number], at=to.timestamp())
    return dump(held)
