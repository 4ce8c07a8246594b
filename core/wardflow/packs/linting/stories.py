"""Scenarios: each can be read, and names steps and procedures that are there."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet, finding
from wardflow.packs.pack import SETTINGS
from wardflow.packs.scenario import Scenario


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Scenarios that could not be rehearsed."""
    if not sheet.pack.scenarios:
        yield finding("scenario.none", sheet.pack.at(SETTINGS))
    yield from sheet.untold
    for story in sheet.stories.values():
        yield from _named(sheet, story)


def _named(sheet: Sheet, scenario: Scenario) -> Iterator[LintFinding]:
    if sheet.broken:
        return
    file, procedure = sheet.pack.at(scenario.path), scenario.given.procedure
    if procedure and procedure not in {record.code for record in sheet.procedures.values()}:
        line = 1
        yield finding("scenario.procedure-unknown", file, line, 1, procedure=procedure)
    steps = {node.element for _, _, node in sheet.tasks()}
    for step in scenario.steps:
        if step.verb == "task" and step.what not in steps:
            yield finding("scenario.step-unknown", file, step.line, 1, step=str(step.what))
