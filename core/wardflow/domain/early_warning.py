"""The rungs of an early warning: shares of the legal time, and days before and after a due date, in office time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import Clock, TimeUsed
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record
from wardflow.errors import RungUnreadable

_SHARE = re.compile(r"\s*(\d{1,2})\s*%\s*")
_AWAY = re.compile(r"\s*([-+]?)\s*(\d+\s*\w+)\s*")


@dataclass(frozen=True, slots=True)
class Rung:
    """When somebody is warned: at a share of the time, or so long before (`after` false) or after the due date."""

    percent: int | None = None
    away: Limit | None = None
    after: bool = False

    @classmethod
    def parse(cls, text: str) -> Rung:
        """The rung written as "50 %", "-1 wd", "0 wd" or "+5 wd"."""
        if share := _SHARE.fullmatch(text):
            return cls(percent=int(share[1]))
        away = _AWAY.fullmatch(text)
        if away is None:
            raise RungUnreadable(text=text)
        limit = Limit.parse(away[2])
        if limit.unit is LimitUnit.WORKING_HOUR or (limit.amount and not away[1]):
            raise RungUnreadable(text=text)
        return cls(away=limit, after=away[1] == "+")

    @property
    def reason(self) -> Reason:
        """The rung as a sentence."""
        if self.percent is not None:
            return Reason("warning.share", {"percent": self.percent})
        if self.away is None or self.away.amount == 0:
            return Reason("warning.expired")
        return Reason("warning.after" if self.after else "warning.before", {"limit": str(self.away)})

    def moment(self, clock: Clock, now: datetime) -> datetime | None:
        """When the rung comes, always in office hours or at their end; None while the clock stands still.

        A share is looked for from `now` on, since time once used is not given back.
        """
        return _Sight.of(clock, now).moment(self)

    def fits(self, clock: Clock) -> bool:
        """False where the whole time is shorter than the distance of the rung, as in a matter of the same day."""
        due, started = clock.due, clock.started
        if self.away is None or not self.away.amount or self.after or due is None or started is None:
            return True
        return _away(due, self.away, clock.calendar, after=False) >= started

    def reached(self, clock: Clock, now: datetime) -> bool:
        """True once the moment of the rung has come."""
        sight = _Sight.of(clock, now)
        return sight.reached(self, sight.moment(self))


def climb(rungs: Sequence[Rung], clock: Clock, now: datetime) -> tuple[tuple[int, ...], datetime | None]:
    """The places of the rungs whose moment has come, and when the next one comes; None when none does."""
    sight = _Sight.of(clock, now)
    moments = [sight.moment(rung) for rung in rungs]
    come = tuple(place for place, rung in enumerate(rungs) if sight.reached(rung, moments[place]))
    coming = (moment for place, moment in enumerate(moments) if moment is not None and place not in come)
    return come, min(coming, default=None)


def reached(rungs: Sequence[Rung], clock: Clock, now: datetime) -> tuple[int, ...]:
    """The places of the rungs whose moment has come."""
    return climb(rungs, clock, now)[0]


def next_moment(rungs: Sequence[Rung], clock: Clock, now: datetime) -> datetime | None:
    """When the next rung comes that has not been reached; None when none does."""
    return climb(rungs, clock, now)[1]


@record(frozen=True, slots=True)
class _Sight:
    """A clock as it stands at one moment, with the time used: what every rung is held against."""

    clock: Clock
    now: datetime
    due: datetime | None
    """None while the clock stands still"""
    office: datetime
    used: TimeUsed | None

    @classmethod
    def of(cls, clock: Clock, now: datetime) -> _Sight:
        office = _in_office(now, clock.calendar)
        return cls(clock, now, clock.due if clock.running else None, office, clock.used(office))

    def reached(self, rung: Rung, moment: datetime | None) -> bool:
        if rung.percent is not None:
            return self.clock.running and self.used is not None and self.used.percent >= rung.percent
        return moment is not None and moment <= self.now

    def moment(self, rung: Rung) -> datetime | None:
        if self.due is None:
            return None
        if rung.percent is not None:
            return self._share(rung.percent)
        if rung.away is None or rung.away.amount == 0:
            return self.due
        return _away(self.due, rung.away, self.clock.calendar, after=rung.after)

    def _share(self, percent: int) -> datetime | None:
        """The opening of the day, or the minute of working time, that brings the share."""
        used, calendar = self.used, self.clock.calendar
        if used is None or self.clock.started is None:
            return None
        since = max(self.office, self.clock.started)
        rest = max(0, -(-used.total * percent // 100) - used.used)
        if used.unit is LimitUnit.WORKING_HOUR:
            return calendar.after_office_time(calendar.opening(since), timedelta(minutes=rest))
        day = calendar.day_of(since)
        if used.unit is LimitUnit.WORKING_DAY:
            return calendar.opens(calendar.nth_working_day(day, rest))
        return calendar.opens(day + timedelta(days=rest))


def _away(due: datetime, away: Limit, calendar: Calendar, *, after: bool) -> datetime:
    """The opening of a day so far from the due day that all of that day is still to come."""
    day = calendar.day_of(due)
    if after:
        if away.unit is LimitUnit.CALENDAR_DAY:
            return calendar.opens(day + timedelta(days=away.amount))
        return calendar.opens(calendar.nth_working_day(day, away.amount))
    if away.unit is LimitUnit.CALENDAR_DAY:
        return calendar.opens(calendar.on_or_before(day - timedelta(days=away.amount)))
    for _ in range(away.amount):
        day = calendar.on_or_before(day - timedelta(days=1))
    return calendar.opens(day)


def _in_office(now: datetime, calendar: Calendar) -> datetime:
    """That moment, or before the office opens and on days off the end of the last office day: nobody is warned at night."""
    day = calendar.day_of(now)
    if calendar.is_working_day(day) and now >= calendar.opens(day):
        return now
    return calendar.close(calendar.on_or_before(day - timedelta(days=1)))

