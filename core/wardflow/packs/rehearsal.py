"""Rehearses scenarios on the pure engine, and says which elements and flows of the diagrams they passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardflow import forms
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.domain.reasons import Reason
from wardflow.engine import MessageReceived, TaskCompleted
from wardflow.engine.second_opinion import Done, Other
from wardflow.errors import ScenarioUnreadable, WardflowError
from wardflow.forms import Schemas
from wardflow.packs.coverage import Coverage, covered
from wardflow.packs.expectations import unmet
from wardflow.packs.pack import Pack
from wardflow.packs.scenario import Scenario, Step, read_scenario
from wardflow.packs.second import second_opinion
from wardflow.packs.stage import Stage, Unplayable


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is not as the scenario says, at a line of its file."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One scenario played to its end, or to where it could not go on; `second` is why no second opinion was had."""

    path: str
    title: str
    title_en: str
    failures: tuple[Failure, ...]
    passed: frozenset[str] = frozenset()
    second: str = ""

    @property
    def ok(self) -> bool:
        """True when everything was as the scenario says."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Report:
    """All scenarios of a pack and what they covered together."""

    rehearsals: tuple[Rehearsal, ...]
    coverage: Coverage

    @property
    def ok(self) -> bool:
        """True when every scenario went as it says."""
        return all(rehearsal.ok for rehearsal in self.rehearsals)


def rehearse_pack(pack: Pack, *, schemas: Mapping[str, Mapping[str, Any]] | None = None) -> Report:
    """Every scenario of the pack, by path, with the coverage of all its diagrams; `schemas` are the shared ones."""
    broken = next((path for path, schema in pack.forms.items() if forms.misbuilt(schema)), "")
    if broken:
        failure = Failure(1, Reason("scenario.form-misbuilt", {"form": broken}))
        failed = tuple(Rehearsal(path, path, path, (failure,)) for path in pack.scenarios)
        return Report(failed, covered(pack.definitions.values(), frozenset()))
    played = tuple(_read_and_play(pack, path, text, schemas) for path, text in pack.scenarios.items())
    passed = frozenset().union(*(rehearsal.passed for rehearsal in played))
    return Report(played, covered(pack.definitions.values(), passed))


def rehearse(
    pack: Pack, scenario: Scenario, *, schemas: Mapping[str, Mapping[str, Any]] | None = None
) -> Rehearsal:
    """One scenario; its first impossible step ends it, an expectation that is not met does not."""
    failures: list[Failure] = []
    registry, line = Schemas({**(schemas or {}), **pack.forms}), 1
    stage: Stage | None = None
    try:
        stage = Stage(pack, scenario.given)
        for step in scenario.steps:
            line = step.line
            failures += [Failure(line, reason) for reason in _played(stage, step, registry)]
    except Unplayable as stop:
        failures.append(Failure(line, stop.reason))
    except WardflowError as wrong:
        failures.append(Failure(line, Reason("scenario.error", {"why": str(wrong)})))
    if stage is None:
        return Rehearsal(scenario.path, scenario.title, scenario.title_en, tuple(failures))
    second, differs = second_opinion(stage) if not failures else ("", None)
    failures += [Failure(1, differs)] if differs else []
    return Rehearsal(
        scenario.path, scenario.title, scenario.title_en, tuple(failures), stage.passed, second
    )


def _read_and_play(pack: Pack, path: str, text: bytes, schemas: Mapping[str, Mapping[str, Any]] | None) -> Rehearsal:
    try:
        return rehearse(pack, read_scenario(text, path), schemas=schemas)
    except ScenarioUnreadable as wrong:
        return Rehearsal(path, path, path, (Failure(wrong.line, Reason("scenario.unreadable", {"why": wrong.why})),))


def _played(stage: Stage, step: Step, registry: Schemas) -> list[Reason]:
    stage.turn()
    if step.after is not None:
        stage.go_to(_later(stage, step.after))
    if step.at is not None:
        stage.go_to(step.at)
    match step.verb:
        case "task":
            refused = _task(stage, step, registry)
            return [*refused, *unmet(stage, step.then)]
        case "wait":
            stage.go_to(_later(stage, step.what))
        case "until":
            stage.go_to(step.what)
        case "withdraw":
            _message(stage, stage.pack.withdrawal, {"reason": str(step.what)})
        case "message":
            _message(stage, str(step.what), step.value)
        case "answers":
            stage.answers.update(step.what)
    return list(unmet(stage, step.then))


def _task(stage: Stage, step: Step, registry: Schemas) -> list[Reason]:
    """Completes the step; its reasons are objections nobody expected, or expected ones that did not come."""
    key = stage.task_of(str(step.what))
    node = stage.definition.node(stage.tasks[key])
    role = node.attributes.get("role", "")
    if step.by and step.by != role:
        raise Unplayable("role", step=step.what, role=role, by=step.by)
    barred = [other for other in node.attributes.get("notBy", "").replace(",", " ").split() if stage.doers.get(other) == step.who]
    if step.who and barred:
        raise Unplayable("four-eyes", step=step.what, who=step.who, before=barred[0])
    path = node.attributes.get("form", "")
    schema = stage.pack.forms.get(path, {"type": "object"})
    said = [each for each in forms.check(schema, step.value, schemas=registry) if each.blocks]
    expected = step.then.get("objections")
    if expected is not None:
        found = [each.pointer for each in said]
        return [] if sorted(found) == sorted(expected) else [
            Reason("scenario.expected", {"what": "objections", "expected": ", ".join(expected), "found": ", ".join(found) or "-"})
        ]
    if said:
        first = said[0]
        raise Unplayable("objection", step=step.what, pointer=first.pointer, why=first.reason.to_json())
    opened, _ = forms.split_sealed(schema, step.value, schemas=registry)
    values = {node.element: dict(opened)} if path else {}
    del stage.tasks[key]
    stage.doers[node.element] = step.who
    stage.happen(TaskCompleted(key, values), Done(node.id, values))
    return []


def _message(stage: Stage, name: str, values: Mapping[str, Any]) -> None:
    before = stage.state
    stage.happen(MessageReceived(name, {name: dict(values)}), Other("message"))
    if stage.state == before:
        raise Unplayable("unheard", message=name)


def _later(stage: Stage, wait: Limit) -> datetime:
    """The moment so much later: working hours count the office's clock, days keep the time of day."""
    calendar = stage.given.calendar
    if wait.unit is LimitUnit.WORKING_HOUR:
        return calendar.add(stage.now, wait)
    day = calendar.local(stage.now).date()
    then = calendar.nth_working_day(day, wait.amount) if wait.unit is LimitUnit.WORKING_DAY else day + timedelta(days=wait.amount)
    return calendar.at(then, calendar.local(stage.now).time())
