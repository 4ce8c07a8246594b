"""What moves a legal clock, and the rules by which a filing starts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from wardflow.domain.calendar import Calendar
from wardflow.domain.extension_rules import ExtensionRules
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record
from wardflow.errors import NaiveMoment

LAST_HOUR = timedelta(hours=1)


class ClockMove(StrEnum):
    """One kind of entry in the ledger."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STOP = "stop"


@record(frozen=True, slots=True)
class ClockEvent:
    """One entry: what happened when, by whom, on which legal basis; `limit` is the new length or the extension."""

    move: ClockMove
    at: datetime
    by: str = ""
    basis: str = ""
    why: Reason | None = None
    limit: Limit | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise NaiveMoment(moment=self.at.isoformat())

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON values, its moment in UTC."""
        stored: dict[str, Any] = {"move": str(self.move), "at": self.at.astimezone(UTC).isoformat()}
        if self.by:
            stored["by"] = self.by
        if self.basis:
            stored["basis"] = self.basis
        if self.why is not None:
            stored["why"] = self.why.to_json()
        if self.limit is not None:
            stored["limit"] = str(self.limit)
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ClockEvent:
        """The entry that `to_json` wrote."""
        why, limit = stored.get("why"), stored.get("limit")
        return cls(
            ClockMove(stored["move"]),
            datetime.fromisoformat(stored["at"]),
            stored.get("by", ""),
            stored.get("basis", ""),
            None if why is None else Reason.from_json(why),
            None if limit is None else Limit.parse(limit),
        )


@record(frozen=True, slots=True)
class ClockRules:
    """How a filing starts the clock (a cut-off, the last office hour, outside office hours), and who may extend it."""

    cutoff: time | None = None
    last_hour: bool = False
    after_hours: bool = True
    extension: ExtensionRules | None = None

    def counts_from(self, at: datetime, calendar: Calendar) -> tuple[datetime, Reason | None]:
        """From when the filing counts, and why when that is not the moment itself."""
        if not self.after_hours:
            return at.astimezone(UTC), None
        opened, day = calendar.opening(at), calendar.day_of(at)
        if calendar.day_of(opened) != day:
            return opened, _moved("clock.after-hours", at, opened, calendar)
        if self.last_hour and at >= calendar.close(day) - LAST_HOUR:
            later = _morrow(day, calendar)
            return later, _moved("clock.last-hour", at, later, calendar)
        if self.cutoff is not None and calendar.local(at).time() >= self.cutoff:
            later = _morrow(day, calendar)
            return later, _moved("clock.cutoff", at, later, calendar, cutoff=self.cutoff.isoformat("minutes"))
        return opened, None

    def to_json(self) -> dict[str, Any]:
        """The rules as JSON values."""
        cutoff = None if self.cutoff is None else self.cutoff.isoformat("minutes")
        extension = {} if self.extension is None else {"extension": self.extension.to_json()}
        return {"cutoff": cutoff, "last_hour": self.last_hour, "after_hours": self.after_hours, **extension}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ClockRules:
        """The rules that `to_json` wrote, or that a pack holds; what is missing keeps its default."""
        cutoff, extension = stored.get("cutoff"), stored.get("extension")
        return cls(
            None if cutoff is None else time.fromisoformat(str(cutoff)),
            bool(stored.get("last_hour", False)),
            bool(stored.get("after_hours", True)),
            None if extension is None else ExtensionRules.from_json(extension),
        )


def _morrow(day: date, calendar: Calendar) -> datetime:
    """When the office opens on the working day after that day."""
    morrow = calendar.next_working_day(day)
    return calendar.at(morrow, calendar.hours(morrow)[0].start)


def _moved(code: str, at: datetime, later: datetime, calendar: Calendar, **facts: str) -> Reason:
    moments = {"at": calendar.local(at).isoformat(), "from": calendar.local(later).isoformat()}
    return Reason(code, {**moments, **facts})
