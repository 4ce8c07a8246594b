"""How much of a legal time is used and how much is left, in the unit in which it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from wardflow.domain.calendar import Calendar
from wardflow.domain.clock_events import ClockMove
from wardflow.domain.clock_states import LedgerRow
from wardflow.domain.limits import LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record

ANEW = (ClockMove.START, ClockMove.RESTART)


@record(frozen=True, slots=True)
class TimeUsed:
    """The time of the present count: days, or office minutes where hours are counted; pauses are not in it."""

    unit: LimitUnit
    used: int
    total: int

    @property
    def left(self) -> int:
        """What is left, nought when all is used."""
        return max(0, self.total - self.used)

    @property
    def over(self) -> int:
        """What was used beyond the total."""
        return max(0, self.used - self.total)

    @property
    def percent(self) -> int:
        """The share that is used, rounded down; a time of nought is used from its start."""
        return 100 * self.used // self.total if self.total else 100

    @property
    def reason(self) -> Reason:
        """The same as a sentence."""
        facts = {"used": self.used, "total": self.total, "left": self.left, "over": self.over}
        return Reason(f"clock.over-{self.unit}" if self.over else f"clock.used-{self.unit}", facts)


def time_used(rows: Sequence[LedgerRow], calendar: Calendar, now: datetime) -> TimeUsed | None:
    """The time used at `now`, None before the start; it stands still while paused and after the stop."""
    applied = [row for row in rows if row.applied]
    starts = [place for place, row in enumerate(applied) if row.event.move in ANEW]
    if not starts:
        return None
    present = applied[starts[-1] :]
    state = present[-1].state
    anchor, end, unit = state.anchor, state.end, state.limit.unit
    if anchor is None or end is None:
        return None
    still = sum(_between(a.state.end, b.state.end, unit, calendar) for a, b in pairwise(present) if _resumes(b))
    until = state.paused or state.stopped or max(now, anchor)
    total = _between(anchor, end, unit, calendar) - still
    due = _moment(end, calendar)
    if until > due:
        return TimeUsed(unit, total + _between(due, until, unit, calendar), total)
    # While a last day rolls over days off, all is used and nothing is over.
    return TimeUsed(unit, min(max(0, _between(anchor, until, unit, calendar) - still), total), total)


def _resumes(row: LedgerRow) -> bool:
    """True for the entries that move the end by a pause; a stop during a pause does so too."""
    return row.event.move in (ClockMove.RESUME, ClockMove.STOP)


def _between(a: date | datetime | None, b: date | datetime | None, unit: LimitUnit, calendar: Calendar) -> int:
    if a is None or b is None:
        return 0
    if unit is LimitUnit.WORKING_HOUR:
        return calendar.office_time_between(_moment(a, calendar), _moment(b, calendar)) // timedelta(minutes=1)
    if unit is LimitUnit.WORKING_DAY:
        return calendar.working_days_between(a, b)
    return (calendar.day_of(b) - calendar.day_of(a)).days


def _moment(end: date | datetime, calendar: Calendar) -> datetime:
    return end if isinstance(end, datetime) else calendar.close(end)
