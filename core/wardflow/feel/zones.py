"""Time zones of FEEL values: an offset in seconds, or a named zone of the tz database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?")
_EPOCH = datetime(1970, 1, 1)
_EARLIEST, _LATEST = -62135596800 + 86400, 253402300799 - 86400


@dataclass(frozen=True, slots=True)
class Zone:
    """`name` is empty for a bare offset; `seconds` is the offset, or the one in 1970 of a named zone."""

    name: str
    seconds: int

    def at(self, local: int) -> int:
        """The offset in force at this local second since 1970."""
        if not self.name or not _EARLIEST < local < _LATEST:
            return self.seconds
        moment = _EPOCH + timedelta(seconds=local)
        offset = moment.replace(tzinfo=zone_info(self.name)).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def at_instant(self, seconds: int) -> int:
        """The offset in force at this second of universal time since 1970."""
        if not self.name or not _EARLIEST < seconds < _LATEST:
            return self.seconds
        moment = (_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=UTC)
        offset = moment.astimezone(zone_info(self.name)).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def __str__(self) -> str:
        if self.name:
            return "@" + self.name
        if self.seconds == 0:
            return "Z"
        sign, rest = ("-", -self.seconds) if self.seconds < 0 else ("+", self.seconds)
        text = f"{sign}{rest // 3600:02}:{rest % 3600 // 60:02}"
        return text + (f":{rest % 60:02}" if rest % 60 else "")


UTC_ZONE = Zone("", 0)


@lru_cache(maxsize=128)
def zone_info(name: str) -> ZoneInfo:
    """The tz database's zone of this name."""
    return ZoneInfo(name)


@lru_cache(maxsize=128)
def named(name: str) -> Zone | None:
    """The zone of this name, None when the tz database has none."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*", name):
        return None
    try:
        info = zone_info(name)
    except (KeyError, ValueError, OSError):    # an unknown name, or a folder of the database
        return None
    offset = datetime(1970, 1, 1, tzinfo=info).utcoffset()
    return Zone(name, int(offset.total_seconds()) if offset is not None else 0)


def offset_of(seconds: int) -> Zone | None:
    """The zone this many seconds east of UTC, None beyond eighteen hours."""
    return Zone("", seconds) if abs(seconds) <= 18 * 3600 else None


def zone_of_text(text: str) -> Zone | None:
    """The zone for `Z`, `+07:00` or `@Asia/Ho_Chi_Minh`; None when it is none of these."""
    if text == "Z":
        return UTC_ZONE
    if text.startswith("@"):
        return named(text[1:])
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    return offset_of(-total if sign == "-" else total)
