"""The letter that a head may sign: the date it would promise, the reason it would give, and whether it is time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.extend_clock import why_not
from wardflow.cases.library import Matter
from wardflow.cases.reads.views import ExtensionView
from wardflow.cases.records import Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.extensions import reach
from wardflow.domain.legal_clock import Clock, ClockMove, ExtensionRules
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason

LEAST = Limit(1, LimitUnit.WORKING_DAY)
"""The nearest day that a letter can propose, where its pack proposes none."""


def extension_view(
    matter: Matter, clock: Clock, actor: Actor, now: datetime, tasks: Sequence[Task], snapshot: Snapshot
) -> ExtensionView | None:
    """The letter for an actor who is a head of the case; None where the time limit cannot be extended now."""
    extension, due = matter.extension, clock.due
    if extension is None or due is None or why_not(clock, actor, extension, now) is not None:
        return None
    day = clock.calendar.day_of
    proposed = clock.calendar.on_or_after(day(reach(day(due), extension.propose or LEAST, clock.calendar)))
    return ExtensionView(
        due=due, proposed=proposed, written=extension.rules.written, basis=extension.basis, left=_left(clock, extension.rules),
        drafted=is_drafted(matter, clock, now), because=_waits_for(tasks, snapshot),
    )


def is_drafted(matter: Matter, clock: Clock, now: datetime) -> bool:
    """True once a rung is reached that brings the letter; a time too short for that rung never brings it by itself."""
    letters = (warning.rung for warning in matter.pack.warnings if warning.letter)
    return any(rung.fits(clock) and rung.reached(clock, now) for rung in letters)


def _left(clock: Clock, rules: ExtensionRules) -> int | None:
    given = sum(1 for row in clock.ledger() if row.applied and row.event.move is ClockMove.EXTEND)
    return None if rules.times is None else rules.times - given


def _waits_for(tasks: Sequence[Task], snapshot: Snapshot) -> Reason | None:
    """What holds the case up: the step that waits longest, and where."""
    if not tasks:
        return None
    task = min(tasks, key=lambda each: each.opened_at)
    unit = snapshot.register.unit(task.unit)
    return Reason("clock.draft-waits", {"title": task.title, "title_en": task.title_en, **unit.facts()})
