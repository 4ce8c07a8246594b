"""The days of an office: one row of the yearly table, and one day of a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Literal

from wardflow.domain.reasons import Reason

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of office hours within a day."""

    start: time
    end: time

    def to_json(self) -> list[str]:
        """The two times as text."""
        return [self.start.isoformat("minutes"), self.end.isoformat("minutes")]

    @classmethod
    def from_json(cls, stored: list[str]) -> Span:
        """The span that `to_json` wrote."""
        return cls(time.fromisoformat(stored[0]), time.fromisoformat(stored[1]))


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    SWAP_OFF = "swap_off"
    MADE_UP = "made_up"
    HALF_DAY = "half_day"
    CLOSED = "closed"


OFF = frozenset({DayKind.HOLIDAY, DayKind.SWAP_OFF, DayKind.CLOSED})


@dataclass(frozen=True, slots=True)
class Day:
    """One row of the yearly table; without `hours` a made-up day is a full one and a half day is its morning."""

    kind: DayKind
    name: str = ""
    hours: tuple[Span, ...] | None = None
    name_en: str = ""

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values."""
        hours = {} if self.hours is None else {"hours": [span.to_json() for span in self.hours]}
        return {"kind": str(self.kind), "name": self.name, "name_en": self.name_en, **hours}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Day:
        """The row that `to_json` wrote."""
        hours = stored.get("hours")
        spans = None if hours is None else tuple(map(Span.from_json, hours))
        return cls(DayKind(stored["kind"]), stored.get("name", ""), spans, stored.get("name_en", ""))


DayMark = Literal["start", "counted", "coming", "today", "off", "paused", "due", "late"]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: what it was, its number when it counts, and why when that is not plain."""

    date: date
    kind: DayMark
    number: int = 0
    why: Reason | None = None
    due: bool = False


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    for ahead in range((last - first).days + 1):
        yield first + ahead * DAY
