"""Time limits as the law and the packs write them: "5 wd", "8 wh", "30 d"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from wardflow.errors import LimitUnreadable

MOST = 10_000
"""No law gives anybody longer; a limit beyond it is a typing error and would make every count slow."""

_WRITTEN = re.compile(r"\s*(\d{1,6})\s*(wd|wh|d)\s*")


class LimitUnit(StrEnum):
    """What a limit counts."""

    WORKING_DAY = "wd"
    WORKING_HOUR = "wh"
    CALENDAR_DAY = "d"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of legal time; nought working days is "the same day"."""

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= MOST:
            raise LimitUnreadable(text=f"{self.amount} {self.unit}")

    @staticmethod
    def parse(text: str) -> Limit:
        """The limit written as an amount and one of the units wd, wh, d."""
        return _parsed(text)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Limit:
    """Read once: packs and procedures write the same few limits on every task."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise LimitUnreadable(text=text)
    return Limit(int(written[1]), LimitUnit(written[2]))
