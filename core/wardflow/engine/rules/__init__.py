"""The static constraints of BPMN, one rule each with the place that demands it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import SpiffWorkflow.bpmn.parser
from lxml import etree

from wardflow.domain.findings import LintFinding
from wardflow.engine import refused
from wardflow.engine.rules import activities, data, events, flows, gateways, inputs, pools, references
from wardflow.engine.rules.index import Index, Rule

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *flows.RULES,
    *gateways.RULES,
    *events.RULES,
    *activities.RULES,
    *data.RULES,
    *inputs.RULES,
    *pools.RULES,
)
"""Every rule; the table in the engine's README is made from it."""


def check(root: Any, file: str) -> Iterator[LintFinding]:
    """What breaks a rule of the specification."""
    index = Index(root)
    for rule in RULES:
        for element, facts in rule.check(index):
            yield refused.finding(rule.code, file, element, rule=rule.source, **facts)


def check_schema(root: Any, file: str) -> Iterator[LintFinding]:
    """What breaks the BPMN 2.0.2 XML schema; faults of the drawing alone do not keep a process from running."""
    schema = _schema()
    if schema.validate(root):
        return
    for entry in iter(schema.error_log):  # type: ignore[call-overload]    # the stubs forget that a log can be walked
        drawn = any(space in entry.message for space in refused.DRAWING) and f"{{{refused.BPMN}}}" not in entry.message
        message = entry.message.replace(f"{{{refused.BPMN}}}", "")
        yield LintFinding(
            "bpmn.schema", file, entry.line, entry.column, "", {"why": message}, "warning" if drawn else "error"
        )


@cache
def _schema() -> etree.XMLSchema:
    """The schema files that SpiffWorkflow ships."""
    return etree.XMLSchema(etree.parse(str(Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd")))


__all__ = ["RULES", "Rule", "check", "check_schema"]
