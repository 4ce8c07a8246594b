"""Whether an extension of a legal clock may be, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from wardflow.domain.calendar import Calendar
from wardflow.domain.clock_events import ClockEvent, ClockMove
from wardflow.domain.clock_states import LedgerRow
from wardflow.domain.extension_rules import ExtensionRules
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason

FURTHEST = 3660
"""Calendar days; nobody is given a date further away, and a mistyped year would make a very long count."""


def reach(start: date | datetime, limit: Limit, calendar: Calendar) -> date | datetime:
    """The end of a limit before any roll to a working day: a day, or an exact moment for working hours."""
    if limit.unit is LimitUnit.WORKING_HOUR:
        moment = start if isinstance(start, datetime) else calendar.close(start)
        return calendar.after_office_time(moment, timedelta(hours=limit.amount))
    day = calendar.day_of(start)
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.nth_working_day(day, limit.amount)
    return day + timedelta(days=limit.amount)


def length_to(day: date, end: date | datetime, due: datetime, unit: LimitUnit, calendar: Calendar) -> Limit | Reason:
    """By how much a count that ends on `end` must be extended to be due on that day; a reason where no length does that.

    `due` is the end after its roll to a working day. A count of working hours is extended by whole working days.
    """
    if day <= calendar.day_of(due):
        return Reason("clock.not-later", {"due": calendar.local(due).isoformat()})
    if not calendar.is_working_day(day):
        return Reason("clock.new-day-off", {"date": day.isoformat(), "next": calendar.on_or_after(day).isoformat()})
    if (day - calendar.day_of(end)).days > FURTHEST:
        return Reason("clock.too-far", {"date": day.isoformat()})
    if unit is LimitUnit.CALENDAR_DAY:
        return Limit((day - calendar.day_of(end)).days, unit)
    return Limit(calendar.working_days_between(end, day), LimitUnit.WORKING_DAY)


def against(
    rules: ExtensionRules,
    rows: Sequence[LedgerRow],
    event: ClockEvent,
    calendar: Calendar,
    roles: frozenset[str] | None = None,
) -> Reason | None:
    """Why the extension may not be, None when it may; without `roles` nobody is asked who they are."""
    if roles is not None and rules.roles and not roles & rules.roles:
        return Reason("clock.not-theirs", {"roles": sorted(rules.roles)})
    at = calendar.local(event.at).isoformat()
    if rules.written and not event.basis:
        return Reason("clock.not-written", {"at": at})
    given = sum(1 for row in rows if row.applied and row.event.move is ClockMove.EXTEND)
    if rules.times is not None and given >= rules.times:
        return Reason("clock.too-often", {"n": rules.times})
    state = rows[-1].state if rows else None
    if state is None or state.end is None or event.limit is None:
        return None
    if rules.longest is not None and _longer(event.limit, rules.longest, state.end, calendar):
        return Reason("clock.too-long", {"limit": str(event.limit), "longest": str(rules.longest)})
    due = state.end if isinstance(state.end, datetime) else calendar.close(state.end)
    if rules.before_expiry and (state.paused or event.at) > due:
        return Reason("clock.too-late", {"at": at, "due": calendar.local(due).isoformat()})
    return None


def _longer(limit: Limit, longest: Limit, end: date | datetime, calendar: Calendar) -> bool:
    """True when the limit is longer than the longest, in the same unit or by the day it would give."""
    if limit.unit is longest.unit:
        return limit.amount > longest.amount
    asked, allowed = (calendar.day_of(reach(end, each, calendar)) for each in (limit, longest))
    return asked > allowed
