"""The letter that a head may sign: the date it would promise, and whether the last day to sign it has come."""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.extend_clock import why_not
from wardflow.cases.library import Matter
from wardflow.cases.reads.views import ExtensionView
from wardflow.domain.extensions import reach
from wardflow.domain.legal_clock import Clock, ClockMove, ExtensionRules
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.people import Actor

LEAST = Limit(1, LimitUnit.WORKING_DAY)
"""The nearest day that a letter can propose, where its pack proposes none."""


def extension_view(matter: Matter, clock: Clock, actor: Actor, now: datetime) -> ExtensionView | None:
    """The letter for an actor who is a head of the case; None where the time limit cannot be extended now."""
    extension, due = matter.extension, clock.due
    if extension is None or due is None or why_not(clock, actor, extension, now) is not None:
        return None
    day = clock.calendar.day_of
    proposed = clock.calendar.on_or_after(day(reach(day(due), extension.propose or LEAST, clock.calendar)))
    return ExtensionView(due, proposed, extension.rules.written, extension.basis, _left(clock, extension.rules))


def _left(clock: Clock, rules: ExtensionRules) -> int | None:
    given = sum(1 for row in clock.ledger() if row.applied and row.event.move is ClockMove.EXTEND)
    return None if rules.times is None else rules.times - given
