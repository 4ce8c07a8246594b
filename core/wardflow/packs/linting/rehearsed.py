"""Scenarios held against what they rehearse: who does a step, what its form asks, words that the pack has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.declared import APPLICANT
from wardflow.packs.linting.sheet import Sheet, finding
from wardflow.packs.scenario import Scenario, Step

CLOCK = ("not_started", "running", "paused", "stopped")
NAMES = ("due_of", "who_of", "unit_of")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What a scenario says and the pack does not."""
    if sheet.broken:
        return
    for scenario in sheet.stories.values():
        steps = _steps(sheet, scenario)
        for step in scenario.steps:
            yield from _done(sheet, scenario, step, steps)
            yield from _expected(sheet, scenario, step, steps)


def _steps(sheet: Sheet, scenario: Scenario) -> Mapping[str, Node]:
    """The steps of the diagram that the scenario runs; of all where that is not known."""
    process = next((each.process for each in sheet.procedures.values() if each.code == scenario.given.procedure), scenario.given.process)
    own = [definition for definition in sheet.definitions.values() if process in definition.processes]
    return {node.element: node for definition in own or sheet.definitions.values() for node in _people(sheet, definition)}


def _people(sheet: Sheet, definition: Definition) -> list[Node]:
    return [node for _, found, node in sheet.tasks() if found is definition]


def _done(sheet: Sheet, scenario: Scenario, step: Step, steps: Mapping[str, Node]) -> Iterator[LintFinding]:
    file, node = sheet.pack.at(scenario.path), steps.get(str(step.what)) if step.verb == "task" else None
    if step.verb == "message" and step.what not in _heard(sheet):
        yield finding("scenario.word-unknown", file, step.line, 1, kind="message", word=str(step.what))
    if node is None:
        return
    role = node.attributes.get("role", "")
    if step.by and step.by != role and role in {*sheet.pack.roles, APPLICANT}:
        yield finding("scenario.role-unlike", file, step.line, 1, step=node.element, role=role or "-", by=step.by)
    schema = sheet.forms.get(node.attributes.get("form", ""))
    known = schema.get("properties") if schema is not None and not {"$ref", "allOf", "patternProperties"} & schema.keys() else None
    if isinstance(known, Mapping) and "objections" not in step.then:
        for name in [name for name in step.value if name not in known]:
            yield finding("scenario.field-unknown", file, step.line, 1, step=node.element, field=name)


def _expected(sheet: Sheet, scenario: Scenario, step: Step, steps: Mapping[str, Node]) -> Iterator[LintFinding]:
    """Words of the expectations that nothing in the pack is called by."""
    then, pack = step.then, sheet.pack
    said: list[tuple[str, Iterable[Any], Iterable[str]]] = [
        ("state", [then["state"]] if then.get("state") else (), pack.states), ("slip", then.get("slips") or (), pack.slips),
        ("clock", [then["clock"]] if then.get("clock") else (), CLOCK), ("outcome", [then["ended"]] if then.get("ended") else (), _outcomes(sheet)),
        ("notice", then.get("notices") or (), pack.notices), ("step", then.get("open") or (), steps),
        *(("step", then.get(name) or (), steps) for name in NAMES),
    ]
    for kind, given, known in said:
        for word in [word for word in given if word not in set(known)]:
            yield finding("scenario.word-unknown", pack.at(scenario.path), step.line, 1, kind=kind, word=str(word))


def _outcomes(sheet: Sheet) -> set[str]:
    """The words a case may end with: that of its end, else its last state."""
    return {node.attributes["outcome"] for _, _, node in sheet.nodes() if node.attributes.get("outcome")} | set(sheet.pack.states)


def _heard(sheet: Sheet) -> set[str]:
    return {str(trigger.name) for _, _, node in sheet.nodes() for trigger in node.triggers if trigger.kind == "message"}
