"""What the acts ask about alarms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wardflow.cases.records import AlarmRow, Case, Task


@dataclass(frozen=True, slots=True)
class TakenUp:
    """An alarm that stands, with its case and the register's revision, as one query brings many of them."""

    case: Case
    alarm: AlarmRow
    revision: int


class Alarms(Protocol):
    """The alarms that move cases."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[int, str, datetime]]:
        """The next due alarms as (case, alarm, fire_at), earliest first."""

    def row(self, case_id: int, alarm: str) -> AlarmRow | None:
        """One alarm; None once it has rung or was cleared."""

    def of_case(self, case_id: int) -> Sequence[AlarmRow]:
        """The alarms of a case, earliest first."""

    def node(self, case_id: int, alarm: str) -> str | None:
        """The node an alarm belongs to; None once it has rung or was cleared."""

    def taken_up(self, alarms: Collection[tuple[int, str]]) -> Sequence[TakenUp]:
        """Those of the alarms that still stand, each with its case."""

    def open_tasks(self, cases: Sequence[int]) -> Mapping[int, Sequence[Task]]:
        """The open tasks of each of these cases."""
