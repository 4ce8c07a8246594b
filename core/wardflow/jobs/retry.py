"""When something that failed is tried again."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double with each try up to a cap, spread by a quarter so that what failed together does not return together."""

    first: timedelta = timedelta(seconds=2)
    cap: timedelta = timedelta(hours=1)
    chance: Callable[[], float] = random.random

    def again(self, now: datetime, tries: int) -> datetime:
        """The moment of the next try after `tries` failed ones."""
        return now + self.wait(tries)

    def wait(self, tries: int) -> timedelta:
        """How long to wait after `tries` failed ones."""
        return min(self.first * 2.0 ** min(tries - 1, 20), self.cap) * (0.75 + self.chance() / 2)


def cause(error: BaseException) -> str:
    """The kind of an error and the line it came from; never its message, which may quote what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
