"""Why a due date is what it is: the replayed ledger as reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from wardflow.domain.calendar import Calendar, CountedDay
from wardflow.domain.clock_days import strip
from wardflow.domain.clock_events import ClockEvent, ClockMove
from wardflow.domain.clock_states import ClockState, LedgerRow
from wardflow.domain.limits import LimitUnit
from wardflow.domain.reasons import Reason

SPECIAL = ("calendar.holiday", "calendar.swap_off", "calendar.closed")


def explain(rows: Sequence[LedgerRow], calendar: Calendar) -> tuple[Reason, ...]:
    """Start, pauses, extensions of the present count, then the days it counted and skipped, then what it replaced."""
    applied = [row for row in rows if row.applied]
    starts = [place for place, row in enumerate(applied) if row.event.move in (ClockMove.START, ClockMove.RESTART)]
    if not starts:
        return ()
    present = applied[starts[-1] :]
    return (
        *_start(present[0], calendar),
        *_moves(present, calendar),
        *_days(rows, calendar),
        *_replaced(applied, present[-1].state, calendar),
    )


def _start(row: LedgerRow, calendar: Calendar) -> Iterator[Reason]:
    code = "clock.started" if row.event.move is ClockMove.START else "clock.restarted"
    limit = row.state.limit
    if limit.amount == 0:
        code += "-same-day"
    elif limit.unit is LimitUnit.WORKING_HOUR:
        code += "-hours"
    anchor = row.state.anchor or row.event.at
    yield Reason(code, {"at": _text(anchor, calendar), "limit": str(limit), **_told(row.event)})
    if row.state.moved is not None:
        yield row.state.moved


def _moves(rows: Sequence[LedgerRow], calendar: Calendar) -> Iterator[Reason]:
    paused: ClockEvent | None = None
    for event in (row.event for row in rows):
        match event.move:
            case ClockMove.PAUSE:
                paused = event
            case ClockMove.RESUME if paused is not None:
                yield _pause(paused, event.at, calendar)
                paused = None
            case ClockMove.EXTEND:
                facts = {"at": _text(event.at, calendar), "limit": str(event.limit)}
                yield Reason("clock.extended", {**facts, **_told(event)})
            case ClockMove.STOP:
                yield Reason("clock.stopped", {"at": _text(event.at, calendar), **_told(event)})
    if paused is not None and rows[-1].event.move is not ClockMove.STOP:
        yield Reason("clock.paused-now", {"since": _text(paused.at, calendar), **_told(paused)})


def _pause(paused: ClockEvent, until: datetime, calendar: Calendar) -> Reason:
    n = calendar.working_days_between(paused.at, until)
    between = {"from": _text(paused.at, calendar), "until": _text(until, calendar), "n": n}
    return Reason("clock.paused", {**between, **_told(paused)})


def _days(rows: Sequence[LedgerRow], calendar: Calendar) -> Iterator[Reason]:
    """What the days of the present count were; nothing while the due date is open."""
    state = rows[-1].state
    due = state.due(calendar)
    if due is None or state.anchor is None or state.stopped is not None:
        return
    if calendar.days and not calendar.announced(calendar.day_of(due)):
        yield Reason("clock.year-not-announced", {"year": str(calendar.day_of(due).year)})
    days = [day for day in strip(rows, calendar, state.anchor, whole=False) if day.kind != "start"]
    counted = [day for day in days if day.number]
    if counted and state.limit.unit is not LimitUnit.WORKING_HOUR:
        facts = {"n": counted[-1].number, "first": _date(counted[0]), "last": _date(counted[-1])}
        yield Reason(f"clock.counted-{state.limit.unit}", facts)
    off = [day for day in days if day.kind == "off"]
    if state.limit.unit is LimitUnit.CALENDAR_DAY:
        yield from _roll(state, due, calendar)
        return
    yield from (day.why for day in counted if day.why is not None)
    yield from _named(off)
    if off:
        kinds = sorted({day.why.code.removeprefix("calendar.") for day in off if day.why}, key=_order)
        yield Reason("clock.skipped", {"n": len(off), "kinds": kinds, "dates": [_date(day) for day in off]})


def _roll(state: ClockState, due: datetime, calendar: Calendar) -> Iterator[Reason]:
    """That the last day is a day off, when it is."""
    if state.end is not None and calendar.day_of(state.end) != calendar.day_of(due):
        ends = {"from": calendar.day_of(state.end).isoformat(), "to": calendar.day_of(due).isoformat()}
        yield Reason("clock.rolled", ends)


def _named(off: Sequence[CountedDay]) -> Iterator[Reason]:
    """One reason for the days that share a name: 01/09, 02/09, National Day."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for day in off:
        if day.why is not None and day.why.code in SPECIAL:
            key = (day.why.code, str(day.why.facts["name"]), str(day.why.facts["name_en"]))
            groups.setdefault(key, []).append(_date(day))
    for (code, name, name_en), dates in groups.items():
        yield Reason(code, {"date": dates, "name": name, "name_en": name_en})


def _replaced(applied: Sequence[LedgerRow], state: ClockState, calendar: Calendar) -> Iterator[Reason]:
    original = next((row.due_after for row in applied if row.due_after is not None), None)
    if original is not None and state.due(calendar) != original:
        yield Reason("clock.original", {"due": _text(original, calendar)})


def _told(event: ClockEvent) -> dict[str, object]:
    """The basis and the reason an entry was given, when it was given any."""
    basis = {"basis": event.basis} if event.basis else {}
    return {**basis, **({} if event.why is None else {"why": event.why.to_json()})}


def _text(moment: datetime, calendar: Calendar) -> str:
    return calendar.local(moment).isoformat()


def _date(day: CountedDay) -> str:
    return day.date.isoformat()


def _order(kind: str) -> int:
    return ("weekend", "holiday", "swap_off", "closed").index(kind)
