"""What a scenario says must be true, held against the case on the stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from wardflow import feel
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.engine import Node, variables
from wardflow.errors import WardflowError
from wardflow.packs.stage import Stage
from wardflow.packs.steps import said_of
from wardflow.packs.time_rules import due_day

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?")


def unmet(stage: Stage, then: Mapping[str, Any]) -> Iterator[Reason]:
    """A reason for each expectation that does not hold."""
    for what, expected in then.items():
        if what == "holds":
            yield from _untrue(stage, expected)
        elif what == "reasons":
            found = [reason.code for reason in stage.clock.reasons()]
            yield from (_differs("reasons", code, found) for code in expected if code not in found)
        elif what in OF_STEPS:
            yield from _of_steps(stage, what, expected)
        elif what in FOUND:
            found = FOUND[what](stage)
            if not _same(expected, found):
                yield _differs(what, expected, found)


def _of_steps(stage: Stage, what: str, expected: Mapping[str, Any]) -> Iterator[Reason]:
    """What is expected of single open steps."""
    for step, wanted in expected.items():
        key = stage.task_of(step)
        found = OF_STEPS[what](stage, key, stage.definition.node(stage.tasks[key]))
        if not _same(wanted, found):
            yield _differs(f"{what} {step}", wanted, found)


def _due(stage: Stage, key: str, node: Node) -> str | None:
    written = node.attributes.get("until") if "clock" not in node.attributes else None
    seen = variables(stage.definition, stage.state, key)
    if written and (day := due_day(written, seen, stage.given.calendar, stage.now)) is not None:
        return _local(stage, stage.given.calendar.close(day))
    limit = said_of(node, stage.pack, stage.procedure).get("due")
    return _local(stage, stage.given.calendar.add(stage.opened[key], Limit.parse(limit))) if limit else None


def _written(stage: Stage, text: str) -> Any:
    """What an attribute says: itself, or the value of the expression after `=`."""
    if not text.startswith("="):
        return text or None
    return feel.to_json(feel.evaluate(text[1:].strip(), stage.data, calendar=stage.given.calendar, now=stage.now))


def _untrue(stage: Stage, expected: Any) -> Iterator[Reason]:
    for text in [expected] if isinstance(expected, str) else expected:
        try:
            value = feel.evaluate(text, stage.data, calendar=stage.given.calendar, now=stage.now)
        except WardflowError as wrong:
            yield Reason("scenario.expression", {"text": text, "why": str(wrong)})
            continue
        if value is not True:
            yield Reason("scenario.untrue", {"text": text})


def _same(expected: Any, found: Any) -> bool:
    """Dates may be given without their time; lists of names in any order."""
    if isinstance(expected, list) and isinstance(found, list):
        return sorted(map(str, expected)) == sorted(map(str, found))
    if expected == found:
        return True
    if not isinstance(expected, str) or not isinstance(found, str) or not _MOMENT.fullmatch(expected):
        return False
    return found.startswith(expected.replace(" ", "T")[:16])


def _differs(what: str, expected: Any, found: Any) -> Reason:
    return Reason("scenario.expected", {"what": what, "expected": _text(expected), "found": _text(found)})


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in (None, "") else str(value)


def _local(stage: Stage, moment: datetime | None) -> str | None:
    return None if moment is None else stage.given.calendar.local(moment).strftime("%Y-%m-%dT%H:%M")


def _clock(stage: Stage) -> str:
    clock = stage.clock
    if clock.stopped is not None:
        return "stopped"
    if clock.paused_since is not None:
        return "paused"
    return "running" if clock.running else "not_started"


OF_STEPS: Mapping[str, Callable[[Stage, str, Node], Any]] = {
    "due_of": _due,
    "who_of": lambda stage, _, node: _written(stage, node.attributes.get("person", "")),
    "unit_of": lambda stage, _, node: _written(stage, node.attributes.get("unit", "")),
}
FOUND: Mapping[str, Callable[[Stage], Any]] = {
    "state": lambda stage: stage.business_state,
    "open": lambda stage: stage.open(),
    "due": lambda stage: _local(stage, stage.clock.due),
    "clock": _clock,
    "slips": lambda stage: stage.slips,
    "notices": lambda stage: stage.notices,
    "ended": lambda stage: stage.outcome,
}
