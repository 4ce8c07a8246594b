"""What the counter does right after the first step, tried in memory: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow import forms
from wardflow.cases import services
from wardflow.cases.adopting import pinned
from wardflow.cases.begun import begun
from wardflow.cases.knowing import Begun
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening, beginning, competence_of, places_of
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter_views import NextStep
from wardflow.cases.reads.views import Words
from wardflow.cases.stepping import host, step_further
from wardflow.engine import Node, Step, TaskCompleted, TaskOpened, peek, start
from wardflow.errors import AuthorityUnknown


def next_step(platform: Platform, opening: Opening, answer: Mapping[str, Any]) -> NextStep | None:
    """The step that follows once the first one is answered so; None where it is not the counter's own, or nothing can be tried yet."""
    snapshot = platform.snapshot()
    matter = platform.library.procedure(opening.procedure, snapshot.calendar.day_of(platform.now()))
    try:
        step = _tried(platform, matter, opening, answer)
    except AuthorityUnknown:    # the place on the form is none yet; the form check says so at its field
        return None
    if step is None:
        return None
    opened = [effect for effect in step.of(TaskOpened)]
    nodes = [matter.definition.node(effect.node) for effect in opened]
    node = next((each for each in nodes if _own(matter, each)), None)
    schema = matter.schema(node.attributes.get("form")) if node else None
    if node is None or schema is None:
        return None
    value = begun(matter, node, peek(step.state).data, snapshot.calendar, platform.now())
    return NextStep(node.element, Words(node.name, node.attributes.get("nameEn", node.name)), schema, value)


def _tried(platform: Platform, matter: Matter, opening: Opening, answer: Mapping[str, Any]) -> Step | None:
    """The case as it would stand after the first step; None where that is not open, or its answer cannot be so."""
    snapshot = platform.snapshot()
    competence = competence_of(opening, matter, snapshot, platform.now())
    places = places_of(opening, matter, snapshot.register, competence)
    data = beginning(opening, matter, places, opening.form)
    begins = start(matter.definition, matter.procedure.process, data, platform.now(), host(platform, matter, snapshot, places.authority))
    began = Begun(pinned(platform, competence.unit), platform.now())
    begins = services.answered(platform, begins, matter, snapshot, began)
    first = next((effect for effect in begins.of(TaskOpened)), None)
    if first is None:
        return None
    node = matter.definition.node(first.node)
    schema = matter.schema(node.attributes.get("form"))
    if schema is None or any(each.blocks for each in forms.check(schema, answer, schemas=matter.schemas)):
        return None
    step = step_further(platform, matter, snapshot, begins, TaskCompleted(first.task, {node.element: dict(answer)}))
    return services.answered(platform, step, matter, snapshot, began)


def _own(matter: Matter, node: Node) -> bool:
    return node.attributes.get("role") in matter.pack.openers and node.attributes.get("unit") == "receiving"
