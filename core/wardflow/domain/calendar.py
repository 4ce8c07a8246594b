"""Working days and hours from a yearly table, and the arithmetic of limits over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from wardflow.domain.days import DAY, OFF, CountedDay, Day, DayKind, DayMark, Span, each_day
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.errors import CalendarUnusable, NaiveMoment

__all__ = ["Calendar", "CountedDay", "Day", "DayKind", "DayMark", "Span", "each_day"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office days and hours of one place at one revision; weekdays count from Monday, 0."""

    revision: int
    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    days: Mapping[date, Day] = field(default_factory=dict)
    _known: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The days looked at so far: every due date walks over the same few weeks."""
    _instants: dict[date, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _walked: dict[tuple[date, int], date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = [*self.week.values(), *(day.hours for day in self.days.values() if day.hours is not None)]
        if not any(self.week.values()):
            raise CalendarUnusable(problem="no weekday has office hours")
        for spans in rows:
            moments = [moment for span in spans for moment in (span.start, span.end)]
            if any(earlier >= later for earlier, later in pairwise(moments)):
                raise CalendarUnusable(problem="office hours overlap or run backwards")

    # --- one day ---

    def hours(self, day: date) -> tuple[Span, ...]:
        """The office hours of that day, none on a day off."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._hours(day)
        return found

    def _hours(self, day: date) -> tuple[Span, ...]:
        usual = self.week.get(day.weekday(), ())
        row = self.days.get(day)
        if row is None:
            return usual
        if row.kind in OFF:
            return ()
        if row.hours is not None:
            return row.hours
        full = usual or next(spans for _, spans in sorted(self.week.items()) if spans)
        return full[:1] if row.kind is DayKind.HALF_DAY else full

    def is_working_day(self, day: date) -> bool:
        """True when the office opens that day."""
        return bool(self.hours(day))

    def why_off(self, day: date) -> Reason | None:
        """Why the office does not open that day, None when it does."""
        if self.is_working_day(day):
            return None
        row = self.days.get(day)
        if row is None:
            return Reason("calendar.weekend", {"date": day.isoformat(), "weekday": day.weekday()})
        return Reason(f"calendar.{row.kind}", {"date": day.isoformat(), "name": row.name, "name_en": row.name_en})

    def why_on(self, day: date) -> Reason | None:
        """Why the office opens or closes otherwise than that weekday does, None when nothing is special."""
        row = self.days.get(day)
        if row is None or row.kind in OFF:
            return None
        return Reason(f"calendar.{row.kind}", {"date": day.isoformat(), "name": row.name, "name_en": row.name_en})

    def announced(self, day: date) -> bool:
        """True when the table says anything about that year; before it does, a due date may still move."""
        return any(known.year == day.year for known in self.days)

    # --- walking ---

    def local(self, moment: datetime) -> datetime:
        """The moment on the wall clock of the office."""
        if moment.tzinfo is None:
            raise NaiveMoment(moment=moment.isoformat())
        return _local(moment, self.zone)

    def day_of(self, moment: date | datetime) -> date:
        """The local day of a moment; a plain date is itself."""
        return self.local(moment).date() if isinstance(moment, datetime) else moment

    def on_or_after(self, day: date) -> date:
        """That day if the office opens, else the next day it does."""
        while not self.hours(day):
            day += DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after that day."""
        return self.on_or_after(day + DAY)

    def on_or_before(self, day: date) -> date:
        """That day if the office opens, else the last day before it that it does."""
        while not self.hours(day):
            day -= DAY
        return day

    def nth_working_day(self, day: date, n: int) -> date:
        """The nth working day after that day; for n = 0 that day, or the next working day when it is off."""
        found = self._walked.get((day, n))
        if found is None:
            found = self.on_or_after(day) if n == 0 else day
            for _ in range(n):
                found = self.next_working_day(found)
            self._walked[day, n] = found
        return found

    def working_days_between(self, a: date | datetime, b: date | datetime) -> int:
        """How many working days come after `a` up to and including `b`; negative when `b` comes first."""
        first, last = self.day_of(a), self.day_of(b)
        if last < first:
            return -self.working_days_between(last, first)
        return sum(1 for day in each_day(first + DAY, last) if self.hours(day))

    # --- office time ---

    def at(self, day: date, moment: time) -> datetime:
        """That time of that day as an instant in UTC."""
        return datetime.combine(day, moment, self.zone).astimezone(UTC)

    def close(self, day: date) -> datetime:
        """When the office closes that day, or the next working day if it is off."""
        return self._spans(self.on_or_after(day))[-1][1]

    def opens(self, day: date) -> datetime:
        """When the office opens that day, or the next working day if it is off."""
        return self._spans(self.on_or_after(day))[0][0]

    def opening(self, start: datetime) -> datetime:
        """From when a thing counts that arrives at `start`: in office hours at once, else at the next opening."""
        day = self.local(start).date()
        for opens, closes in self._spans(day):
            if start <= closes:
                return max(start, opens).astimezone(UTC)
        return self.opens(day + DAY)

    def office_time_between(self, a: datetime, b: datetime) -> timedelta:
        """The office time from `a` to `b`, nought when `b` comes first."""
        total = timedelta()
        for day in each_day(self.day_of(a), self.day_of(b)):
            for start, end in self._spans(day):
                total += max(timedelta(), min(b, end) - max(a, start))
        return total

    def after_office_time(self, start: datetime, length: timedelta) -> datetime:
        """The instant when that much office time has passed since `start`."""
        day, left = self.day_of(start), length
        moment = self.opening(start)
        while True:
            for opens, closes in self._spans(day):
                room = closes - max(opens, moment)
                if timedelta() <= room and left <= room:
                    return max(opens, moment) + left
                left -= max(timedelta(), room)
            day = self.next_working_day(day)

    # --- limits ---

    def add(self, start: datetime, limit: Limit) -> datetime:
        """When the limit ends for a thing that arrives at `start`; the start day is not counted."""
        return self.end(self.opening(start), limit)

    def end(self, start: datetime, limit: Limit) -> datetime:
        """When the limit ends, counted from the very day of `start`, a day off included."""
        if limit.unit is LimitUnit.WORKING_HOUR:
            return self.after_office_time(start, timedelta(hours=limit.amount))
        day = self.day_of(start)
        if limit.unit is LimitUnit.WORKING_DAY:
            return self.close(self.nth_working_day(day, limit.amount))
        return self.close(day + limit.amount * DAY)

    def subtract(self, due: datetime, limit: Limit) -> datetime:
        """The latest moment at which a thing may arrive so that the limit ends no later than `due`."""
        if limit.unit is LimitUnit.WORKING_HOUR:
            return self._before_office_time(due, timedelta(hours=limit.amount))
        day = self.on_or_before(self.day_of(due))
        if self.close(day) > due:
            day = self.on_or_before(day - DAY)
        if limit.unit is LimitUnit.CALENDAR_DAY:
            return self.close(self.on_or_before(day - limit.amount * DAY))
        for _ in range(limit.amount):
            day = self.on_or_before(day - DAY)
        return self.close(day)

    def _before_office_time(self, due: datetime, length: timedelta) -> datetime:
        day, left = self.day_of(due), length
        while True:
            for opens, closes in reversed(self._spans(day)):
                room = min(closes, due) - opens
                if timedelta() <= room and left <= room:
                    return min(closes, due).astimezone(UTC) - left
                left -= max(timedelta(), room)
            day = self.on_or_before(day - DAY)

    def count(self, start: datetime, limit: Limit) -> tuple[CountedDay, ...]:
        """Every day from the start day to the due day, each with its number or the reason why it has none."""
        opened = self.opening(start)
        first, last = self.day_of(opened), self.day_of(self.end(opened, limit))
        hourly = limit.unit is LimitUnit.WORKING_HOUR
        counted: list[CountedDay] = []
        number = 0
        for day in each_day(first, last):
            counts = self.counts(day, first, limit) and (hourly or number < limit.amount)
            number += counts
            kind: DayMark = "due" if day == last else "start" if day == first else "counted" if counts else "off"
            shown = number if counts or (kind == "due" and not hourly) else 0
            counted.append(CountedDay(day, kind, shown, self.why_off(day) or self.why_on(day), day == last))
        return tuple(counted)

    def counts(self, day: date, first: date, limit: Limit) -> bool:
        """True when that day uses up some of a limit that started on day `first`."""
        if limit.unit is LimitUnit.WORKING_HOUR:
            return self.is_working_day(day)
        return day > first and (limit.unit is LimitUnit.CALENDAR_DAY or self.is_working_day(day))

    def _spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        found = self._instants.get(day)
        if found is None:
            found = self._instants[day] = tuple((self.at(day, span.start), self.at(day, span.end)) for span in self.hours(day))
        return found

    # --- rows ---

    def to_json(self) -> dict[str, Any]:
        """The whole calendar as JSON values."""
        return {
            "revision": self.revision,
            "zone": self.zone.key,
            "week": {str(day): [span.to_json() for span in spans] for day, spans in sorted(self.week.items())},
            "days": {day.isoformat(): row.to_json() for day, row in sorted(self.days.items())},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Calendar:
        """The calendar that `to_json` wrote."""
        week = {int(day): tuple(map(Span.from_json, spans)) for day, spans in stored["week"].items()}
        days = {date.fromisoformat(day): Day.from_json(row) for day, row in stored["days"].items()}
        return cls(int(stored["revision"]), ZoneInfo(stored["zone"]), week, days)


@lru_cache(maxsize=256)
def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """One act asks for the wall clock of the same few moments a dozen times."""
    return moment.astimezone(zone)
