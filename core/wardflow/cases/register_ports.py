"""What acts ask of the store about the register's changes and the tasks that move with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from wardflow.cases.records import Case, Change, RegisterEntry, Task
from wardflow.domain.reach import Reach
from wardflow.domain.register import Register


class RegisterChanges(Protocol):
    """The log of the register."""

    def change(self, before: Register, after: Register, entry: RegisterEntry) -> RegisterEntry:
        """The entry as written with its change; RegisterMoved where another change came first."""

    def turn(self, entry: RegisterEntry, day: str) -> RegisterEntry | None:
        """The entry of a day that begins; None when it had begun already."""

    def last_day(self) -> RegisterEntry | None:
        """The entry of the last day that began."""

    def entry(self, seq: int) -> RegisterEntry | None:
        """The change with a number."""

    def undone(self) -> Sequence[RegisterEntry]:
        """The changes whose tasks have not all been looked at, oldest first."""

    def newest(self, limit: int) -> Sequence[RegisterEntry]:
        """The newest changes."""

    def moved(self, seq: int, count: int) -> None:
        """Remembers that so many more tasks moved."""

    def passed(self, seq: int, done_at: datetime | None) -> None:
        """Remembers that every case was looked at, and with a moment that no further look is needed."""


class Moves(Protocol):
    """Open tasks as a change of the register sees them."""

    def reached(self, reach: Reach, after: int, limit: int) -> Sequence[int]:
        """The next open cases that a change may reach."""

    def taken_up(self, cases: Sequence[int]) -> Sequence[tuple[Case, tuple[Task, ...]]]:
        """These cases with their open tasks."""

    def apply(self, changes: Sequence[Change]) -> Sequence[int]:
        """The cases that were not written, because another act came first."""
