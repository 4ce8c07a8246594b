"""ISO 8601 moments, durations and repetitions, as timers of BPMN files write them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DURATION = re.compile(
    r"(?P<minus>-)?P(?:(?P<years>\d+(?:[.,]\d+)?)Y)?(?:(?P<months>\d+(?:[.,]\d+)?)M)?(?:(?P<weeks>\d+(?:[.,]\d+)?)W)?"
    r"(?:(?P<days>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:[.,]\d+)?)H)?(?:(?P<minutes>\d+(?:[.,]\d+)?)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?",
    re.IGNORECASE,
)


class TimerUnreadable(ValueError):
    """The text is no ISO 8601 moment, duration or repetition."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; months are kept apart because they differ in length."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment this much later; the 31st of a short month becomes its last day."""
        if self.months:
            month = moment.month - 1 + self.months
            year, month = moment.year + month // 12, month % 12 + 1
            moment = moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
        return moment + self.rest


@dataclass(frozen=True, slots=True)
class Firing:
    """When a timer rings first, how often after that (-1 for ever) and at which distance (ISO text)."""

    at: datetime
    left: int = 0
    every: str = ""


def duration(text: str) -> Duration:
    """The length of time that `P1Y2M3DT4H5M6S` or `P2W` writes."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or text.strip().upper().endswith(("P", "T")):
        raise TimerUnreadable(text)
    part = {
        name: float(value.replace(",", ".")) for name, value in match.groupdict().items() if value and name != "minus"
    }
    months = part.pop("years", 0.0) * 12 + part.pop("months", 0.0)
    if months != int(months):
        raise TimerUnreadable(text)
    sign = -1 if match["minus"] else 1
    return Duration(sign * int(months), sign * timedelta(**part))


def moment(text: str, zone: tzinfo) -> datetime:
    """The moment that the text writes; without a zone it is one of the office's `zone`."""
    plain, _, named = text.strip().partition("@")  # FEEL writes a moment with a named zone so
    try:
        found = datetime.fromisoformat(plain)
        zone = ZoneInfo(named) if named else zone
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise TimerUnreadable(text) from error
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def firing(flavour: str, value: Any, now: datetime, zone: tzinfo) -> Firing:
    """When a timer with that text rings, counted from `now`."""
    text = str(value).strip().strip('"')
    if text[:1].upper() == "R":
        return _repeated(text, now, zone)
    if text[:1].upper() == "P" or text[:2].upper() == "-P":
        return Firing(duration(text).after(now), -1 if flavour == "cycle" else 0, text if flavour == "cycle" else "")
    return Firing(moment(text, zone))


def following(at: datetime, every: str) -> datetime:
    """The next ring of a repeated timer."""
    return duration(every).after(at)


def _repeated(text: str, now: datetime, zone: tzinfo) -> Firing:
    head, *parts = text.replace("--", "/").split("/")
    times = head[1:]
    if not parts or len(parts) > 2 or (times and not times.isdigit()):
        raise TimerUnreadable(text)
    left = int(times) - 1 if times and int(times) else 0 if times else -1
    if len(parts) == 1:
        return Firing(duration(parts[0]).after(now), left, parts[0])
    if parts[0][:1].upper() != "P":
        duration(parts[1])
        return Firing(moment(parts[0], zone), left, parts[1])
    back = duration(parts[0])
    return Firing(Duration(-back.months, -back.rest).after(moment(parts[1], zone)), left, parts[0])


def check(flavour: str, text: str) -> None:
    """Raise `TimerUnreadable` when a constant timer text cannot ever ring."""
    found = firing(flavour, text, datetime(2000, 1, 1, tzinfo=UTC), UTC)
    if flavour == "duration" and text.strip().strip('"')[:1].upper() not in ("P", "-"):
        raise TimerUnreadable(text)
    if flavour == "date" and found.every:
        raise TimerUnreadable(text)
