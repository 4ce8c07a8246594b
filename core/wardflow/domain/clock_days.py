"""The day strip: each day of a clock's life with what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardflow.domain.calendar import Calendar, CountedDay, DayMark, each_day
from wardflow.domain.clock_events import ClockMove
from wardflow.domain.clock_states import ClockState, LedgerRow
from wardflow.domain.limits import LimitUnit

MOST = 400
"""A longer strip says no more; the list of days must stay a page."""


@dataclass(frozen=True, slots=True)
class Phase:
    """What holds on the days after `day` until the next phase."""

    day: date
    counting: bool
    anew: bool


def phases(rows: Sequence[LedgerRow], calendar: Calendar) -> tuple[Phase, ...]:
    """The stretches of counting and of pause; the day of a pause still counts, the day of a resumption does not."""
    found: list[Phase] = []
    for row in (row for row in rows if row.applied):
        match row.event.move:
            case ClockMove.START | ClockMove.RESTART if row.state.anchor is not None:
                found.append(Phase(calendar.day_of(row.state.anchor), True, True))
            case ClockMove.PAUSE:
                found.append(Phase(calendar.day_of(row.event.at), False, False))
            case ClockMove.RESUME:
                found.append(Phase(calendar.day_of(row.event.at), True, False))
    return tuple(found)


def strip(rows: Sequence[LedgerRow], calendar: Calendar, now: datetime, *, whole: bool) -> tuple[CountedDay, ...]:
    """The days from the first start, or from the present one, to the due day, today or the stop."""
    stretches = phases(rows, calendar)
    starts = [place for place, phase in enumerate(stretches) if phase.anew]
    if not starts:
        return ()
    shown = stretches if whole else stretches[starts[-1] :]
    state, today = rows[-1].state, calendar.day_of(now)
    first = shown[0].day
    last = min(max(first, _last(state, calendar, today)), first + timedelta(days=MOST))
    number, count, days = 0, 1, [_cell(first, "start", 0, state, calendar, today)]
    for day in each_day(first + timedelta(days=1), last):
        before, count = count, sum(1 for phase in shown if phase.anew and phase.day < day)
        kind = _kind(day, _phase(shown, day), state, calendar)
        number = (number if before == count else 0) + (kind == "counted")
        days.append(_cell(day, kind, number if kind == "counted" else 0, state, calendar, today))
    return tuple(days)


def _phase(shown: Sequence[Phase], day: date) -> Phase:
    return next(phase for phase in reversed(shown) if phase.day < day)


def _last(state: ClockState, calendar: Calendar, today: date) -> date:
    if state.stopped is not None:
        return calendar.day_of(state.stopped)
    due = state.due(calendar)
    return today if due is None else max(today, calendar.day_of(due))


def _kind(day: date, phase: Phase, state: ClockState, calendar: Calendar) -> DayMark:
    """What the day is, whatever today is."""
    due = state.due(calendar)
    working = calendar.is_working_day(day)
    if not phase.counting:
        return "paused"
    if due is not None and day > calendar.day_of(due):
        return "late" if working else "off"
    if state.limit.unit is LimitUnit.CALENDAR_DAY:
        within = state.end is None or day <= calendar.day_of(state.end)
        return "counted" if within else "off"
    return "counted" if working else "off"


def _cell(day: date, kind: DayMark, number: int, state: ClockState, calendar: Calendar, today: date) -> CountedDay:
    """The day as it looks today: counted, today or still to come, and whether it is the due day."""
    due = state.due(calendar)
    is_due = due is not None and day == calendar.day_of(due)
    why = calendar.why_off(day) or calendar.why_on(day)
    if kind == "counted" or is_due:
        kind = "today" if day == today else "due" if is_due and day > today else "coming" if day > today else "counted"
    return CountedDay(day, kind, number, why, is_due)
