"""Built-in functions on working time; the calendar is the host's, handed in with each evaluation."""

from __future__ import annotations

import datetime as python
from typing import Any

from wardflow.domain.limits import Limit
from wardflow.errors import LimitUnreadable
from wardflow.feel.convert import to_feel, to_python
from wardflow.feel.functions.registry import Library
from wardflow.feel.run import Run
from wardflow.feel.temporal import Date, DateTime
from wardflow.feel.temporal_text import read_date, read_date_time
from wardflow.feel.values import Nothing, kind

library = Library()


def _calendar(run: Run, name: str) -> Any:
    if run.calendar is None:
        raise Nothing("no-calendar", name=name)
    return run.calendar


def _moment(value: Any, calendar: Any, name: str) -> python.datetime:
    """The moment as Python has it; without a zone it is local to the calendar, and a bare date is its midnight there."""
    if isinstance(value, str):
        value = read_date(value) or read_date_time(value) or value
    if not isinstance(value, (Date, DateTime)):
        raise Nothing("wrong-argument", name=name, parameter="from", kind=kind(value), wanted="date and time")
    found = to_python(value)
    if not isinstance(found, python.date):
        raise Nothing("out-of-reach", sign=name)
    if not isinstance(found, python.datetime):
        found = python.datetime.combine(found, python.time())
    return found if found.tzinfo else found.replace(tzinfo=calendar.zone)


@library.function("add working time", "from: any, limit: string")
def add_working_time(run: Run, from_: Any, limit: str) -> DateTime:
    """When a limit such as "5 wd", "8 wh" or "30 d" that starts at a moment ends."""
    calendar = _calendar(run, "add working time")
    start = _moment(from_, calendar, "add working time")
    try:
        parsed = Limit.parse(limit)
    except LimitUnreadable as error:
        raise Nothing("unreadable", text=limit[:100], wanted="limit") from error
    run.spend(50 + parsed.amount)
    found: DateTime = to_feel(calendar.local(calendar.add(start, parsed)))
    return found


@library.function("working days between", "a: any, b: any")
def working_days_between(run: Run, a: Any, b: Any) -> Any:
    """How many working days lie between two days, as the calendar counts them."""
    calendar = _calendar(run, "working days between")
    first = calendar.local(_moment(a, calendar, "working days between")).date()
    last = calendar.local(_moment(b, calendar, "working days between")).date()
    run.spend(50 + abs((last - first).days) // 2)
    return to_feel(calendar.working_days_between(first, last))


@library.function("is working day", "d: any")
def is_working_day(run: Run, d: Any) -> bool:
    """Whether offices work on a day."""
    calendar = _calendar(run, "is working day")
    return bool(calendar.is_working_day(calendar.local(_moment(d, calendar, "is working day")).date()))
