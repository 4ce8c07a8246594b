"""How a due date stands at a moment: late, today, soon, early, done or paused, with a countdown as its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wardflow.domain.calendar import Calendar
from wardflow.domain.reasons import Reason

SOON = 5
"""Up to so many working days a thing stands with the near work of the week; more is early."""


class Status(StrEnum):
    """The six ways a due date can stand; also the name of its colour and shape."""

    LATE = "late"
    TODAY = "today"
    OK = "ok"
    EARLY = "early"
    DONE = "done"
    PAUSE = "pause"


class Timing(StrEnum):
    """How a finished matter is counted."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the countdown that says it in words."""

    status: Status
    reason: Reason


def standing(
    due: datetime | None,
    now: datetime,
    calendar: Calendar,
    *,
    paused: bool = False,
    ended: datetime | None = None,
    since: datetime | None = None,
) -> Standing:
    """How the due date stands at `now`; `since` says when a pause began."""
    if ended is not None:
        return Standing(Status.DONE, _finished(due, ended, calendar))
    if paused:
        known = {} if since is None else {"since": calendar.local(since).isoformat()}
        return Standing(Status.PAUSE, Reason("standing.paused" if known else "standing.paused-now", known))
    if due is None:
        return Standing(Status.OK, Reason("standing.no-due"))
    if now > due:
        return Standing(Status.LATE, _late(due, now, calendar))
    if calendar.day_of(now) == calendar.day_of(due):
        return Standing(Status.TODAY, Reason("standing.today", {"due": calendar.local(due).isoformat()}))
    left = calendar.working_days_between(now, due)
    if left > SOON:
        return Standing(Status.EARLY, Reason("standing.early", {"n": left}))
    if left > 0:
        return Standing(Status.OK, Reason("standing.left", {"n": left}))
    return Standing(Status.OK, Reason("standing.due-on", {"due": calendar.local(due).isoformat()}))


def timing(due: datetime | None, ended: datetime, calendar: Calendar) -> Timing:
    """How a finished matter is counted: early before the due date, on time on it, late after it."""
    if due is not None and ended > due:
        return Timing.LATE
    return Timing.ON_TIME if due is None or calendar.day_of(ended) == calendar.day_of(due) else Timing.EARLY


def _finished(due: datetime | None, ended: datetime, calendar: Calendar) -> Reason:
    if due is None:
        return Reason("standing.done", {"ended": calendar.local(ended).isoformat()})
    match timing(due, ended, calendar):
        case Timing.EARLY:
            n = calendar.working_days_between(ended, due)
            return Reason("standing.done-early", {"n": n}) if n else Reason("standing.done-before")
        case Timing.ON_TIME:
            return Reason("standing.done-on-time")
        case _:
            n = max(0, calendar.working_days_between(due, ended))
            return Reason("standing.done-late", {"n": n}) if n else Reason("standing.done-late-today")


def _late(due: datetime, now: datetime, calendar: Calendar) -> Reason:
    days = calendar.working_days_between(due, now)
    if days > 0:
        return Reason("standing.late-days", {"n": days})
    minutes = int(calendar.office_time_between(due, now).total_seconds() // 60)
    if minutes > 0:
        return Reason("standing.late-hours", {"minutes": minutes})
    return Reason("standing.late-now", {"due": calendar.local(due).isoformat()})
