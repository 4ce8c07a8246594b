"""What lists of cases and tasks ask of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from wardflow.cases.records import Case, Notice, Task


class WorkList(Protocol):
    """The queries of the desk."""

    def mine(self, person: str, limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """The open tasks that a person holds, earliest due first."""

    def queue(self, queues: Sequence[tuple[str, str]], limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """The open tasks that nobody holds in (unit, role) queues, earliest due first."""

    def unit(self, queues: Sequence[tuple[str, str]], limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """All open tasks of (unit, role) queues, held or not, earliest due first."""

    def done(self, person: str, since: datetime, limit: int = 200) -> Sequence[tuple[Task, Case]]:
        """What a person completed since an instant, newest first."""

    def cases_of(self, person: str) -> Sequence[Case]:
        """The cases in a person's own matter, newest first."""

    def by_tracking(self, tracking: str) -> Case | None:
        """The case with a tracking code."""

    def notices(self, person: str, queues: Sequence[tuple[str, str]], limit: int) -> Sequence[tuple[Notice, Case]]:
        """The newest notices to a person or to (unit, role) queues."""

    def told_between(
        self, person: str, queues: Sequence[tuple[str, str]], since: datetime, until: datetime, limit: int
    ) -> Sequence[tuple[Notice, Case]]:
        """The notices to a person or to (unit, role) queues from one moment until another, oldest first."""

    def falling_due(self, authorities: Sequence[str], since: datetime, until: datetime, limit: int) -> Sequence[Case]:
        """The open cases of some authorities that are due from one moment until another, earliest first."""

    def decided_by(self, authorities: Sequence[str], procedures: Sequence[str], ended_since: datetime, limit: int) -> Sequence[Case]:
        """The cases of some procedures that some authorities decide: the open ones, and those that ended since a moment; newest first."""

    def open_since(self, authorities: Sequence[str], procedures: Sequence[str], before: datetime, limit: int) -> Sequence[Case]:
        """The open cases of some procedures that some authorities decide and that were opened before a moment, the oldest first."""

    def received(self, first: str, last: str, limit: int) -> Sequence[Case]:
        """The cases whose code lies from one text up to another, in the order they were received."""
