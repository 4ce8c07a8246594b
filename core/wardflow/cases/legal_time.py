"""The legal clock of a case and the limit of a step: each made from its ledger, its rules, and the calendar of its place."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.cases.records import Case, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.engine import Definition, Node
from wardflow.packs import Pack, Procedure, said_of, time_rules


def clock_of(case: Case, pack: Pack, procedure: Procedure, snapshot: Snapshot) -> Clock:
    """The clock that knows the case's due date and why it is that date."""
    return clock_by(case.clock, case, pack, procedure, snapshot)


def clock_by(events: Sequence[ClockEvent], case: Case, pack: Pack, procedure: Procedure, snapshot: Snapshot) -> Clock:
    """The clock of a case with these entries in its ledger."""
    calendar = calendar_of(case.places.authority, procedure, snapshot)
    return Clock(Limit.parse(case.time_limit), events, calendar, time_rules(pack, procedure))


def calendar_of(unit: str, procedure: Procedure, snapshot: Snapshot) -> Calendar:
    """The calendar by which a unit works in the field of a procedure."""
    return snapshot.calendar_for(unit, procedure.field)


def calendar_of_step(unit: str, node: Node, pack: Pack, procedure: Procedure, snapshot: Snapshot) -> Calendar:
    """The calendar by which a unit does one step of a pack."""
    return snapshot.calendar_for(unit, procedure.field, f"{pack.id}/{node.element}")


def explained(clock: Clock, procedure: Procedure) -> tuple[Reason, ...]:
    """Why the due date is that day: on every page and on every printed paper the same, the law of the limit at the end."""
    reasons = clock.reasons()
    if not reasons or not procedure.legal_basis:
        return reasons
    return (*reasons, Reason("clock.rule", {"basis": list(procedure.legal_basis)}))


def step_clock(
    task: Task, definition: Definition, pack: Pack, procedure: Procedure, snapshot: Snapshot
) -> Clock | None:
    """The limit of one step as a clock that nothing moves but its end; None for a step without a limit of its own."""
    node = definition.node(task.node)
    limit = said_of(node, pack, procedure).get("due")
    if not limit:
        return None
    ticking = Clock.since(task.opened_at, Limit.parse(limit), calendar_of_step(task.unit, node, pack, procedure, snapshot))
    return ticking if task.closed_at is None else ticking.and_then(ClockEvent(ClockMove.STOP, task.closed_at))
