"""Timers that can never fire: on work that is done at once, after the moment at which their step is over, or unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from wardflow.domain.calendar import Calendar, Span
from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node, iso
from wardflow.engine.definition import Timer
from wardflow.feel import to_json
from wardflow.packs.answers import OWN_SERVICES
from wardflow.packs.linting.sheet import Sheet

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
"""A Monday morning to try timers on; only differences count."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEK = dict.fromkeys(range(5), (Span(time(8), time(12)), Span(time(13), time(17))))
CALENDAR = Calendar(0, ZONE, WEEK)
AT_ONCE = frozenset({"scriptTask", "task"})


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Each timer that will not ring, and why."""
    for path, definition, node in sheet.nodes():
        for trigger in node.triggers:
            if trigger.timer is not None and (why := _never(definition, node, trigger.timer)):
                yield sheet.at_node("timer.never", path, node, why=why)
            if trigger.timer is not None and _at_once(trigger.timer):
                yield sheet.at_node("timer.at-once", path, node)


def _at_once(timer: Timer) -> bool:
    """Whether it rings the moment it is set, or would have before; a date that is written out may be long ago."""
    at, _ = rings(timer)
    return at is not None and at <= NOW and not (timer.flavour == "date" and isinstance(timer.text, str))


def _never(definition: Definition, node: Node, timer: Timer) -> str:
    at, readable = rings(timer)
    if not readable:
        return "unreadable"
    if node.host is None:
        return ""
    host = definition.nodes[node.host]
    if host.kind in AT_ONCE or host.handler in OWN_SERVICES or (host.kind == "businessRuleTask" and host.decision):
        return "at-once"
    return "later" if at is not None and _over_before(definition, host, node, at) else ""


def _over_before(definition: Definition, host: Node, event: Node, at: datetime) -> bool:
    """True when another timer of the same step withdraws it earlier."""
    for name in host.boundary:
        other = definition.nodes[name]
        if other is event or not other.interrupting:
            continue
        ends = [rings(trigger.timer)[0] for trigger in other.triggers if trigger.timer is not None]
        if any(end is not None and end < at for end in ends):
            return True
    return False


def rings(timer: Timer) -> tuple[datetime | None, bool]:
    """When the timer would ring if it were set now, None where that depends on the case; and whether it can be read."""
    value = timer.text
    if not isinstance(value, str):
        if getattr(value, "names", ()):
            return None, True
        value = to_json(value.evaluate({}, calendar=CALENDAR, now=NOW))
        if value is None:
            return None, False
    try:
        return iso.firing(timer.flavour, value, NOW, ZONE).at, True
    except (iso.TimerUnreadable, OverflowError):
        return None, False
