"""FEEL's dates, times and durations: years beyond four digits, nanoseconds, zones by offset or name."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.feel.zones import Zone

NANO = 1_000_000_000
DAY = 86_400
LAST_YEAR = 999_999_999


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar without end."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + day_of_year - 719468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day of the day this many days after 1970-01-01."""
    era, of_era = divmod(days + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    day_of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return year + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar."""

    year: int
    month: int
    day: int

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return days_from_civil(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.days + 3) % 7 + 1

    @classmethod
    def of_days(cls, days: int) -> Date | None:
        """The date this many days after 1970-01-01, None beyond what FEEL can write."""
        year, month, day = civil_from_days(days)
        return cls(year, month, day) if abs(year) <= LAST_YEAR else None

    def plus_months(self, months: int) -> Date | None:
        """The same day this many months later, or the last of that month if it is shorter."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > LAST_YEAR:
            return None
        return Date(year, month + 1, min(self.day, month_length(year, month + 1)))


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, with a zone or without."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    zone: Zone | None = None

    @property
    def seconds(self) -> int:
        """Whole seconds since midnight, as the clock shows."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight UTC; a time without zone counts as it shows."""
        return (self.seconds - (self.zone.seconds if self.zone else 0)) * NANO + self.nano

    @classmethod
    def of_nanos(cls, nanos: int, zone: Zone | None) -> Time:
        """The time this many nanoseconds after midnight, days dropped."""
        seconds, nano = divmod(nanos % (DAY * NANO), NANO)
        return cls(seconds // 3600, seconds % 3600 // 60, seconds % 60, nano, zone)


MIDNIGHT = Time(0, 0, 0)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and a time; the zone is the time's."""

    date: Date
    time: Time

    @property
    def zone(self) -> Zone | None:
        """The time's zone."""
        return self.time.zone

    @property
    def local(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00 as the wall shows."""
        return self.date.days * DAY + self.time.seconds

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970 in universal time; without zone, as the wall shows."""
        local = self.local
        offset = self.time.zone.at(local) if self.time.zone else 0
        return (local - offset) * NANO + self.time.nano

    def plus_nanos(self, nanos: int) -> DateTime | None:
        """The moment this much later, shown in the same zone."""
        seconds, nano = divmod(self.instant + nanos, NANO)
        zone = self.time.zone
        days, second = divmod(seconds + (zone.at_instant(seconds) if zone else 0), DAY)
        date = Date.of_days(days)
        if date is None:
            return None
        return DateTime(date, Time(second // 3600, second % 3600 // 60, second % 60, nano, zone))

    def plus_months(self, months: int) -> DateTime | None:
        """The same time of day this many months later."""
        date = self.date.plus_months(months)
        return None if date is None else DateTime(date, self.time)


@dataclass(frozen=True, slots=True)
class DaysTime:
    """A duration counted in nanoseconds: days, hours, minutes, seconds."""

    nanos: int


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A duration counted in months."""

    months: int
