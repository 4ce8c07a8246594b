"""Rings alarms of many cases in one transaction: each an act of its own, read and written together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wardflow.cases.acting import held_as
from wardflow.cases.alarm_ports import TakenUp
from wardflow.cases.commit import changes
from wardflow.cases.platform import Platform
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.records import Change, Task
from wardflow.cases.ring_alarm import rung
from wardflow.cases.situation import SYSTEM
from wardflow.cases.warn import warning

Alarm = tuple[int, str]


def ring_together(platform: Platform, alarms: Collection[Alarm]) -> Collection[Alarm]:
    """Those of the alarms that need nobody any more: they rang here, or another worker was first.

    What is left is for `ring_alarm`: a case that cannot take its step or was moved meanwhile, one that numbers a paper
    (numbers are taken one case at a time, so that nobody waits for a whole batch), the later alarms of one case.
    """
    found = platform.store.alarms.taken_up(alarms)
    first = {each.case.id: each for each in sorted(found, key=lambda each: each.alarm.fire_at, reverse=True)}
    tasks = platform.store.alarms.open_tasks([case_id for case_id, each in first.items() if each.alarm.alarm == WARNING])
    prepared = [(each, change) for each in first.values() if (change := _change(platform, each, tasks)) is not None]
    written = platform.store.cases.apply_together([change for _, change in prepared])
    standing = {_key(each) for each in found}
    rang = {_key(each) for each, change in prepared if change.case.id in written}
    return {alarm for alarm in alarms if alarm not in standing or alarm in rang}


def _key(each: TakenUp) -> Alarm:
    return each.case.id, each.alarm.alarm


def _change(platform: Platform, each: TakenUp, tasks: Mapping[int, Sequence[Task]]) -> Change | None:
    """What the alarm of one case writes; None where that is for an act of its own."""
    held, row = held_as(platform, each.case, None, each.revision), each.alarm
    try:
        if row.alarm == WARNING:
            change = warning(platform, held, row, lambda: tasks[held.case.id])
        else:
            step, happening = rung(platform, held, row.alarm, row.node)
            change = changes(platform, held.case, step, happening, SYSTEM, held.matter, held.snapshot)
    except Exception:  # noqa: BLE001  # rung alone it fails again, and is told of and passed over without the others
        return None
    if change.series or change.case.places != change.before.places:
        return None
    # before the next one is prepared, so that the work of a whole batch is shared out, not given to one person
    platform.snapshots.given(task.person for task in change.tasks_opened)
    return change
