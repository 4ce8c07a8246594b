"""When things happened, counted from the present: in working days, working hours or plain days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from wardflow.domain.calendar import Calendar
from wardflow.domain.limits import Limit, LimitUnit

DAY = timedelta(days=1)


def before(calendar: Calendar, now: datetime, ago: Limit, at: time) -> datetime:
    """The moment so long ago, at a time of day; never later than now and never on a day off."""
    today = calendar.local(now)
    day = today.date()
    if ago.unit is LimitUnit.CALENDAR_DAY:
        day = _forward(calendar, day - ago.amount * DAY)
    for _ in range(ago.amount if ago.unit is LimitUnit.WORKING_DAY else 0):
        day = _back(calendar, day - DAY)
    if datetime.combine(day, at, calendar.zone) > today:
        day -= DAY
    return datetime.combine(_back(calendar, day), at, calendar.zone).astimezone(UTC)


def after(calendar: Calendar, moment: datetime, wait: Limit) -> datetime:
    """The moment so much later: working hours count the office's clock, days keep the time of day."""
    if wait.unit is LimitUnit.WORKING_HOUR:
        return calendar.add(moment, wait)
    local = calendar.local(moment)
    day = local.date() + wait.amount * DAY
    if wait.unit is LimitUnit.WORKING_DAY:
        day = local.date()
        for _ in range(wait.amount):
            day = _forward(calendar, day + DAY)
    return datetime.combine(_forward(calendar, day), local.time(), calendar.zone).astimezone(UTC)


def _back(calendar: Calendar, day: date) -> date:
    while not calendar.is_working_day(day):
        day -= DAY
    return day


def _forward(calendar: Calendar, day: date) -> date:
    while not calendar.is_working_day(day):
        day += DAY
    return day
