"""What a replayed clock knows after each entry."""

from __future__ import annotations

from datetime import date, datetime

from wardflow.domain.calendar import Calendar
from wardflow.domain.clock_events import ClockEvent
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.domain.record import record


@record(frozen=True, slots=True)
class ClockState:
    """The clock between two entries; `end` is the last day before any roll, or an exact moment for working hours."""

    limit: Limit
    anchor: datetime | None = None
    end: date | datetime | None = None
    paused: datetime | None = None
    stopped: datetime | None = None
    moved: Reason | None = None

    @property
    def running(self) -> bool:
        """True when time passes."""
        return self.anchor is not None and self.paused is None and self.stopped is None

    def due(self, calendar: Calendar) -> datetime | None:
        """When the matter is due, None while nobody can say."""
        if self.end is None or self.paused is not None:
            return None
        return self.end if isinstance(self.end, datetime) else calendar.close(self.end)


@record(frozen=True, slots=True)
class LedgerRow:
    """One entry of the ledger and the due date it left; one that changed nothing is not `applied` and says `why_not`."""

    event: ClockEvent
    due_after: datetime | None
    applied: bool
    state: ClockState
    why_not: Reason | None = None
