"""Limits that do not go together: a step that may take longer than its whole procedure."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.engine import Definition
from wardflow.errors import LimitUnreadable
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.linting.ways import onward, reached
from wardflow.packs.procedure import Procedure
from wardflow.packs.steps import said_of
from wardflow.packs.time_rules import extension_of

DAYS = {LimitUnit.CALENDAR_DAY: 1.0, LimitUnit.WORKING_DAY: 1.4, LimitUnit.WORKING_HOUR: 1.4 / 8}
"""How long each unit is in days, in a week of five days of eight hours; close enough to tell 9 days from 90."""
SLACK = 1.5
"""How many times the whole a step may take before it is said."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Steps done while the clock runs whose own limit lies far beyond the procedure's."""
    for path, definition in sheet.definitions.items():
        records = [record for record in sheet.procedures.values() if record.process in definition.processes and record.time_limit.amount]
        counted = _while_running(definition) if records else frozenset()
        for name in sorted(counted):
            node = definition.nodes[name]
            every = [(record, _of(sheet, name, definition, record)) for record in records] if node.kind in PEOPLE else []
            beyond = [(record, due) for record, due in every if due is not None and _days(due) > SLACK * _whole(sheet, record)]
            if beyond and len(beyond) == len(every):
                record, due = beyond[0]
                yield sheet.at_node("limit.beyond", path, node, due=str(due), limit=str(record.time_limit), procedure=record.code)


def _while_running(definition: Definition) -> frozenset[str]:
    """Elements that come only while the legal clock runs."""
    ways = onward(definition)
    moves = {node.id: node.attributes["clock"] for node in definition.nodes.values() if node.attributes.get("clock")}
    runs = [name for name, move in moves.items() if move in ("start", "resume", "restart", "extend")]
    halts = [name for name, move in moves.items() if move in ("pause", "stop")]
    alive = reached(ways, runs, until=halts)
    begins = [name for process in definition.processes.values() for name in (*process.starts, *process.waits) if name not in runs]
    idle = reached(ways, [*halts, *begins], until=runs)
    return alive - idle


def _of(sheet: Sheet, name: str, definition: Definition, record: Procedure) -> Limit | None:
    try:
        return Limit.parse(said_of(definition.nodes[name], sheet.pack, record).get("due", ""))
    except LimitUnreadable:
        return None    # said elsewhere


def _whole(sheet: Sheet, record: Procedure) -> float:
    """The days of the time limit with every extension it may have."""
    extension = extension_of(sheet.pack, record)
    if extension is None:
        return _days(record.time_limit)
    return _days(record.time_limit) + (extension.rules.times or 1) * _days(extension.rules.longest or record.time_limit)


def _days(limit: Limit) -> float:
    return limit.amount * DAYS[limit.unit]
