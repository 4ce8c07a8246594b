"""One form of a published pack with what its scenarios type into it, so that a designer sees it filled before any case is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.reads.packs import newest
from wardflow.cases.reads.views import Words
from wardflow.domain.people import Actor
from wardflow.errors import PackUnknown, ScenarioUnreadable
from wardflow.forms import Schemas
from wardflow.packs import Pack, Scenario, read_scenario
from wardflow.permissions import Question, require


@dataclass(frozen=True, slots=True)
class Sample:
    """What one scenario types into a form."""

    file: str
    title: Words
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormView:
    """One form of a pack, the schemas it refers to, the steps that show it, and its samples in the order of the scenarios."""

    pack: str
    title: Words
    file: str
    schema: Mapping[str, Any]
    schemas: Schemas
    steps: tuple[Words, ...]
    samples: tuple[Sample, ...]


def published_form(platform: Platform, actor: Actor, id: str, file: str) -> FormView:
    """A form of the newest version of a pack; PackUnknown where there is none."""
    require(actor, "publish_pack", Question())
    _versions, pack = newest(platform, id)
    if file not in pack.forms:
        raise PackUnknown(pack=f"{id}/{file}")
    steps = [node for definition in pack.definitions.values() for node in definition.nodes.values() if node.attributes.get("form") == file]
    return FormView(
        pack=pack.id,
        title=Words(pack.title, pack.title_en),
        file=file,
        schema=pack.forms[file],
        schemas=Schemas({**platform.library.schemas(), **pack.forms}),
        steps=tuple(Words(node.name or node.id, node.attributes.get("nameEn", "")) for node in steps),
        samples=tuple(_samples(pack, file, frozenset(node.element for node in steps))),
    )


def _samples(pack: Pack, file: str, steps: frozenset[str]) -> Iterator[Sample]:
    """The first time each scenario fills in the form; one that nobody can read is named by the check."""
    for path, content in pack.scenarios.items():
        try:
            scenario = read_scenario(content, path)
        except ScenarioUnreadable:
            continue
        value = _typed(pack, scenario, file, steps)
        if value:
            yield Sample(path, Words(scenario.title, scenario.title_en), value)


def _typed(pack: Pack, scenario: Scenario, file: str, steps: frozenset[str]) -> Mapping[str, Any]:
    record = pack.procedures.get(scenario.given.procedure)
    opened = scenario.given.data.get("form")
    if record is not None and record.form == file and isinstance(opened, Mapping):
        return opened
    return next((step.value for step in scenario.steps if step.verb == "task" and step.what in steps and step.value), {})
