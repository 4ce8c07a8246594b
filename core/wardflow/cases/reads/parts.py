"""The clocks of units that were asked within a case, and whose clock runs now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wardflow.cases.library import Matter
from wardflow.cases.reads.shared import clock, task_clock, unit_words
from wardflow.cases.reads.views import PartRow, Words
from wardflow.cases.records import Case, Task, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.clock_parts import Part, PartKind, outlasting, whose_turn
from wardflow.domain.reasons import Reason


def turns(
    case: Case, tasks: Sequence[Task], matter: Matter, snapshot: Snapshot, now: datetime, linked: Sequence[Part] = ()
) -> tuple[Reason, ...]:
    """Whose clock runs now, and which parts are due after the whole; empty before the clock of the case starts."""
    whole = clock(case, matter, snapshot)
    if whole.started is None:
        return ()
    parts = [*linked, *(part for _, part in _parts(tasks, matter, snapshot))]
    running = whose_turn(snapshot.register.unit(case.places.authority), whole, parts, now)
    return (*(turn.reason for turn in running), *outlasting(whole, [part for part in parts if part.clock.running]))


def part_rows(tasks: Sequence[Task], matter: Matter, snapshot: Snapshot, now: datetime) -> tuple[PartRow, ...]:
    """The units that were asked, in the order in which they were."""
    return tuple(
        PartRow(
            unit_words(snapshot, task.unit), Words(task.title, task.title_en), part.clock.due, part.clock.standing(now),
            part.clock.reasons(),
        )
        for task, part in _parts(tasks, matter, snapshot)
    )


def _parts(tasks: Sequence[Task], matter: Matter, snapshot: Snapshot) -> list[tuple[Task, Part]]:
    """The steps whose unit was chosen while the case ran: those are the units that were asked."""
    found = []
    for task in tasks:
        node = matter.definition.nodes.get(task.node)    # None: done before the case went over to a version without the step
        asked = node is not None and node.attributes.get("unit", "").startswith("=")
        if not asked or task.status is TaskStatus.WITHDRAWN:
            continue
        ticking = task_clock(task, matter, snapshot)
        if ticking is not None:
            found.append((task, Part(snapshot.register.unit(task.unit), ticking, PartKind.CONSULTED)))
    return found
