"""What a counter asks of the store beside its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from wardflow.cases.counter_records import Bundle, Bundled, CaseWay, QueueNumber, QueueState
from wardflow.cases.records import Change
from wardflow.domain.channels import Channel


class Channels(Protocol):
    """How cases came in."""

    def of(self, case_id: int) -> CaseWay:
        """How a case came in."""

    def received(self, first: str, last: str) -> Mapping[int, Channel]:
        """The channel of each case whose code lies from one text up to another."""


class Queue(Protocol):
    """The numbers of those who wait, a line a counter and day."""

    def take(self, unit: str, day: date, at: datetime) -> QueueNumber:
        """The next number of the day."""

    def call(self, unit: str, day: date, place: str, by: str, at: datetime) -> QueueNumber | None:
        """The number that has waited longest, called to a desk; None when nobody waits."""

    def end(self, unit: str, day: date, number: int, state: QueueState, at: datetime) -> None:
        """Ends a number that was called."""

    def of_day(self, unit: str, day: date) -> Sequence[QueueNumber]:
        """Every number of a day, in order."""


class Bundles(Protocol):
    """Papers on their way between points."""

    def send(self, bundle: Bundle, changes: Sequence[Change]) -> None:
        """Writes a new bundle with a line in the timeline of each of its cases, all or nothing; CaseMoved where one changed meanwhile."""

    def confirm(self, bundle: Bundle, changes: Sequence[Change]) -> None:
        """Writes what arrived and what did not, likewise."""

    def load(self, id: str) -> Bundle | None:
        """One bundle."""

    def near(self, units: Sequence[str], since: datetime) -> Sequence[Bundle]:
        """The bundles to or from some units since a moment, and those under way, the newest first."""

    def of_case(self, case_id: int) -> Sequence[tuple[Bundle, Bundled]]:
        """The journeys of the papers of one case, oldest first."""

    def under_way(self, cases: Iterable[int]) -> frozenset[int]:
        """Those of some cases whose papers are in a bundle that has not arrived."""


class CounterStore(Protocol):
    """Everything a counter keeps."""

    @property
    def channels(self) -> Channels: ...

    @property
    def queue(self) -> Queue: ...

    @property
    def bundles(self) -> Bundles: ...
