"""The alarm of the next early warning: set when the legal clock moves, parked or taken away when it stands still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from wardflow.cases.legal_time import clock_of
from wardflow.cases.records import AlarmRow, Case, CaseStatus
from wardflow.cases.situation import Situation
from wardflow.domain.early_warning import Rung, climb
from wardflow.domain.legal_clock import Clock
from wardflow.domain.record import record

WARNING = "warning"
"""The key of the one row that a case has for its next rung; its node lists the places of the rungs that came before."""
NEVER = datetime(9999, 12, 31, tzinfo=UTC)

Sets = tuple[AlarmRow, ...]
Clears = tuple[str, ...]


@record(frozen=True, slots=True)
class Alarms:
    """What a step sets and clears."""

    sets: Sets
    clears: Clears


def with_warning(found: Alarms, before: Case, case: Case, situation: Situation, moved: Clock | None = None) -> Alarms:
    """The alarms of a step and that of the next warning, in the statements that the step runs anyway."""
    rungs = [warning.rung for warning in situation.pack.warnings]
    if not rungs or not case.clock:
        return found
    if case.clock != before.clock and case.status is CaseStatus.OPEN:
        clock = moved or clock_of(case, situation.pack, situation.procedure, situation.snapshot)
        coming = next_row(rungs, clock, situation.now)
        if coming is not None:
            return Alarms((*found.sets, coming), found.clears)
        if found.sets and not found.clears:
            # a row that waits for ever costs no statement of its own; the next step that clears something takes it away
            return Alarms((*found.sets, AlarmRow(WARNING, "", NEVER)), found.clears)
        return Alarms(found.sets, (*found.clears, WARNING))
    if case.status is CaseStatus.ENDED or (found.clears and case.stopped_at is not None):
        return Alarms(found.sets, (*found.clears, WARNING))
    return found


def next_row(rungs: Sequence[Rung], clock: Clock, now: datetime) -> AlarmRow | None:
    """The row of the next rung; None while the clock stands still, and once all rungs were reached."""
    come, moment = climb(rungs, clock, now)
    return None if moment is None else AlarmRow(WARNING, ",".join(map(str, come)), moment)
