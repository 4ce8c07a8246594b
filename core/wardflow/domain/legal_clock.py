"""The legal clock of a case: a ledger of moves, replayed to the due date it gives today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date, datetime

from wardflow.domain.calendar import Calendar, CountedDay
from wardflow.domain.clock_days import strip
from wardflow.domain.clock_events import ClockEvent, ClockMove, ClockRules
from wardflow.domain.clock_reasons import explain
from wardflow.domain.clock_states import ClockState, LedgerRow
from wardflow.domain.clock_time import TimeUsed, time_used
from wardflow.domain.extension_rules import ExtensionRules
from wardflow.domain.extensions import FURTHEST, against, length_to, reach
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record
from wardflow.domain.standing import Standing, Status, Timing, standing, timing

__all__ = [
    "Clock",
    "ClockEvent",
    "ClockMove",
    "ClockRules",
    "ExtensionRules",
    "LedgerRow",
    "Standing",
    "Status",
    "TimeUsed",
    "Timing",
    "standing",
    "timing",
]


@record(frozen=True, slots=True)
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
            why_not = self._against(rows, event)
            state = state if why_not else self._after(state, event)
            rows.append(LedgerRow(event, state.due(self.calendar), why_not is None, state, why_not))
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
        return self._rows[-1].due_after if self._rows else None

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
        return _senseless(self._state, move) is None

    def refuses(self, event: ClockEvent, roles: frozenset[str] | None = None) -> Reason | None:
        """Why the entry would change nothing now, None when it would; `roles` are those of whoever asks for it."""
        return self._against(self._rows, event, roles)

    def until(self, day: date) -> Limit | Reason:
        """By how much to extend so that the matter is due on that day, or why no extension does that now."""
        state, due = self._state, self.due
        if state.end is None:
            return Reason("clock.not-started")
        if state.stopped is not None:
            return Reason("clock.ended-already", {"at": state.stopped.isoformat()})
        if due is None or state.paused is not None:
            return Reason("clock.paused-no-date")
        return length_to(day, state.end, due, state.limit.unit, self.calendar)

    def length_of(self, move: ClockMove, at: datetime, day: date) -> Limit | None:
        """The length with which a move at that moment makes the matter due on that day; None where no length does."""
        if move is ClockMove.EXTEND:
            longer = self.until(day)
            return longer if isinstance(longer, Limit) else None
        days = (day - self.calendar.day_of(self.rules.counts_from(at, self.calendar)[0])).days
        return Limit(min(max(0, days), FURTHEST), LimitUnit.CALENDAR_DAY)

    @property
    def lawful_due(self) -> datetime | None:
        """The due date that statistics go by: extensions given after expiry, or against their rules, do not move it."""
        rules = replace(self.rules, extension=self.rules.extension or ExtensionRules())
        return Clock(self.limit, self.events, self.calendar, rules).due

    @property
    def timing(self) -> Timing | None:
        """How the finished matter is counted, by its lawful due date; None while it is open."""
        return None if self.stopped is None else timing(self.lawful_due, self.stopped, self.calendar)

    def used(self, now: datetime) -> TimeUsed | None:
        """The time used and left at that moment, None before the start."""
        return time_used(self._rows, self.calendar, now)

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

    def _against(
        self, rows: Sequence[LedgerRow], event: ClockEvent, roles: frozenset[str] | None = None
    ) -> Reason | None:
        """Why the entry changes nothing after those rows, None when it does."""
        why_not = _senseless(rows[-1].state if rows else ClockState(self.limit), event.move)
        if why_not is not None or event.move is not ClockMove.EXTEND:
            return why_not
        if event.limit is None:
            return Reason("clock.no-length")
        return against(self.rules.extension, rows, event, self.calendar, roles) if self.rules.extension else None

    def _after(self, state: ClockState, event: ClockEvent) -> ClockState:
        """The state after an entry that makes sense."""
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
        return state

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


def _senseless(state: ClockState, move: ClockMove) -> Reason | None:
    """Why the move makes no sense in that state, None when it does."""
    if state.stopped is not None:
        return Reason("clock.ended-already", {"at": state.stopped.isoformat()})
    if move is ClockMove.START:
        return None if state.anchor is None else Reason("clock.started-already", {"at": state.anchor.isoformat()})
    if state.anchor is None:
        return Reason("clock.not-started")
    if move is ClockMove.PAUSE and state.paused is not None:
        return Reason("clock.paused-already", {"since": state.paused.isoformat()})
    return Reason("clock.not-paused") if move is ClockMove.RESUME and state.paused is None else None
