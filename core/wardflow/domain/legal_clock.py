"""The legal clock of a case: a ledger of moves, replayed to the due date it gives today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from wardflow.domain.calendar import Calendar, CountedDay
from wardflow.domain.clock_days import strip
from wardflow.domain.clock_events import ClockEvent, ClockMove, ClockRules
from wardflow.domain.clock_reasons import explain
from wardflow.domain.clock_states import ClockState, LedgerRow
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.domain.standing import Standing, Status, standing, timing

__all__ = [
    "Clock",
    "ClockEvent",
    "ClockMove",
    "ClockRules",
    "LedgerRow",
    "Standing",
    "Status",
    "standing",
    "timing",
]


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal time limit and what happened to it; a move that makes no sense when it comes changes nothing."""

    limit: Limit
    events: Sequence[ClockEvent]
    calendar: Calendar
    rules: ClockRules = field(default_factory=ClockRules)
    _rows: tuple[LedgerRow, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows: list[LedgerRow] = []
        state = ClockState(self.limit)
        for event in self.events:
            after = self._after(state, event)
            state = after or state
            rows.append(LedgerRow(event, state.due(self.calendar), after is not None, state))
        object.__setattr__(self, "_rows", tuple(rows))

    @classmethod
    def since(cls, start: datetime, limit: Limit, calendar: Calendar) -> Clock:
        """The clock of a single step: it started once and nothing happened to it, as `Calendar.add` counts."""
        return cls(limit, (ClockEvent(ClockMove.START, start),), calendar)

    # --- answers ---

    @property
    def original(self) -> datetime | None:
        """The first due date, kept for reports whatever happens later."""
        return next((row.due_after for row in self._rows if row.due_after is not None), None)

    @property
    def due(self) -> datetime | None:
        """When the matter is due; None before the start and while the clock is paused."""
        return self._state.due(self.calendar)

    @property
    def running(self) -> bool:
        """True when time passes."""
        return self._state.running

    @property
    def paused_since(self) -> datetime | None:
        """Since when the clock is paused."""
        return self._state.paused

    @property
    def started(self) -> datetime | None:
        """From when the present count runs: the start, or the last restart, moved to office hours by the rules."""
        return self._state.anchor

    @property
    def stopped(self) -> datetime | None:
        """When the clock was stopped for good."""
        return self._state.stopped

    def allows(self, move: ClockMove) -> bool:
        """True when the move would change something now."""
        return _sensible(self._state, move)

    def and_then(self, event: ClockEvent) -> Clock:
        """The clock after one more entry."""
        return Clock(self.limit, (*self.events, event), self.calendar, self.rules)

    def standing(self, now: datetime) -> Standing:
        """How the matter stands at that moment, as a countdown."""
        since, ended = self.paused_since, self.stopped
        return standing(self.due, now, self.calendar, paused=since is not None, ended=ended, since=since)

    def days(self, now: datetime) -> tuple[CountedDay, ...]:
        """The day strip of the present count, from its start day on."""
        return strip(self._rows, self.calendar, now, whole=False)

    def life(self, now: datetime) -> tuple[CountedDay, ...]:
        """The day strip of the whole life of the clock, earlier counts and pauses included."""
        return strip(self._rows, self.calendar, now, whole=True)

    def reasons(self) -> tuple[Reason, ...]:
        """Why the due date is what it is, in the order in which a clerk would explain it."""
        return explain(self._rows, self.calendar)

    def ledger(self) -> tuple[LedgerRow, ...]:
        """Every entry with the due date it left behind."""
        return self._rows

    # --- replay ---

    @property
    def _state(self) -> ClockState:
        return self._rows[-1].state if self._rows else ClockState(self.limit)

    def _after(self, state: ClockState, event: ClockEvent) -> ClockState | None:
        """The state after the entry, None when the entry makes no sense now."""
        if not _sensible(state, event.move):
            return None
        match event.move:
            case ClockMove.START | ClockMove.RESTART:
                return self._counted_anew(event.limit or state.limit, event)
            case ClockMove.PAUSE:
                return replace(state, paused=event.at)
            case ClockMove.RESUME:
                return self._resumed(state, event.at)
            case ClockMove.EXTEND if event.limit is not None and state.end is not None:
                return replace(state, end=reach(state.end, event.limit, self.calendar))
            case ClockMove.STOP:
                return replace(self._resumed(state, event.at), stopped=event.at)
        return None

    def _counted_anew(self, limit: Limit, event: ClockEvent) -> ClockState:
        anchor, moved = self.rules.counts_from(event.at, self.calendar)
        return ClockState(limit, anchor, reach(anchor, limit, self.calendar), moved=moved)

    def _resumed(self, state: ClockState, at: datetime) -> ClockState:
        """The end moves by the office time of the pause; a pause after the due date heals nothing."""
        if state.paused is None or state.end is None:
            return state
        due = replace(state, paused=None).due(self.calendar)
        if due is not None and state.paused > due:
            return replace(state, paused=None)
        return replace(state, paused=None, end=self._shifted(state.end, state.limit.unit, state.paused, at))

    def _shifted(self, end: date | datetime, unit: LimitUnit, paused: datetime, at: datetime) -> date | datetime:
        if isinstance(end, datetime):
            return self.calendar.after_office_time(end, self.calendar.office_time_between(paused, at))
        if unit is LimitUnit.CALENDAR_DAY:
            return end + (self.calendar.day_of(at) - self.calendar.day_of(paused))
        return self.calendar.nth_working_day(end, self.calendar.working_days_between(paused, at))


def reach(start: date | datetime, limit: Limit, calendar: Calendar) -> date | datetime:
    """The end of a limit before any roll to a working day: a day, or an exact moment for working hours."""
    if limit.unit is LimitUnit.WORKING_HOUR:
        moment = start if isinstance(start, datetime) else calendar.close(start)
        return calendar.after_office_time(moment, timedelta(hours=limit.amount))
    day = calendar.day_of(start)
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.nth_working_day(day, limit.amount)
    return day + timedelta(days=limit.amount)


def _sensible(state: ClockState, move: ClockMove) -> bool:
    if state.stopped is not None:
        return False
    match move:
        case ClockMove.START:
            return state.anchor is None
        case ClockMove.PAUSE:
            return state.running
        case ClockMove.RESUME:
            return state.paused is not None
        case _:
            return state.anchor is not None
