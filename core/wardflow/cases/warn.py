"""Warns that the time of a case runs out: whoever its pack names is told, and the next rung is set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from wardflow.cases.acting import Held, again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.legal_time import clock_of
from wardflow.cases.platform import Platform
from wardflow.cases.projections.notices import told
from wardflow.cases.projections.warnings import WARNING, next_row
from wardflow.cases.records import AlarmRow, Case, CaseStatus, Change, Task, TaskStatus
from wardflow.cases.situation import SYSTEM, Happening, Situation
from wardflow.domain.early_warning import reached
from wardflow.domain.legal_clock import Clock
from wardflow.engine import peek
from wardflow.packs import EarlyWarning


@again_when_moved
def warn(platform: Platform, case_id: int) -> Case | None:
    """The case after its warning, or None when another worker was first; late rather than never, and each rung once."""
    held = take_up(platform, case_id)
    row = platform.store.alarms.row(case_id, WARNING)
    if row is None:
        return None
    return platform.store.cases.apply(warning(platform, held, row, partial(_open, platform, case_id)))


def warning(platform: Platform, held: Held, row: AlarmRow, open_tasks: Callable[[], Sequence[Task]]) -> Change:
    """What a warning writes; the open tasks of the case are asked for only where somebody is told."""
    clock = clock_of(held.case, held.matter.pack, held.matter.procedure, held.snapshot)
    fresh = _reached(platform, held, clock, row)
    happening = Happening("warned", "", {"rungs": [warning.rung.reason.to_json() for warning in fresh]})
    change = record(held.case, happening, platform, SYSTEM)
    rungs = [warning.rung for warning in held.matter.pack.warnings]
    coming = next_row(rungs, clock, platform.now()) if held.case.status is CaseStatus.OPEN else None
    names = dict.fromkeys(name for warning in fresh for name in warning.notices)
    notices = told(change.case, names, _situation(platform, held), open_tasks()) if names else ()
    alarms = {"alarms_set": (coming,)} if coming else {"alarms_cleared": (WARNING,)}
    return replace(change, notices=notices, **alarms)


def _reached(platform: Platform, held: Held, clock: Clock, row: AlarmRow) -> list[EarlyWarning]:
    """The warnings whose rungs came since the row was written; none when the due date moved away meanwhile."""
    warnings = held.matter.pack.warnings
    before = set(row.node.split(",")) if row.node else set()
    places = reached([warning.rung for warning in warnings], clock, platform.now())
    return [warnings[place] for place in places if str(place) not in before]


def _open(platform: Platform, case_id: int) -> list[Task]:
    return [task for task in platform.store.papers.tasks(case_id) if task.status is TaskStatus.OPEN]


def _situation(platform: Platform, held: Held) -> Situation:
    matter = held.matter
    data = peek(held.case.state).data
    return Situation(matter.pack, matter.procedure, matter.definition, held.snapshot, platform.now(), SYSTEM, data)
