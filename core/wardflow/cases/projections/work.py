"""Work a step hands to other systems, or takes back."""

from __future__ import annotations

from wardflow.cases.exchange import ExternalTask
from wardflow.cases.records import Case
from wardflow.cases.situation import Situation
from wardflow.engine import Definition, ServiceCalled, Step, TaskWithdrawn
from wardflow.feel import evaluate, to_json

LARGEST = 2**31 - 1


def is_external(node: str, definition: Definition) -> bool:
    """True for a step that a worker of another system fetches (wf:topic)."""
    return "topic" in definition.node(node).attributes


def opened(case: Case, step: Step, situation: Situation) -> tuple[ExternalTask, ...]:
    """The work to hand out; what the step called and withdrew again is not."""
    gone = {effect.task for effect in step.of(TaskWithdrawn)}
    return tuple(
        ExternalTask(
            case.id, effect.task, effect.handler, effect.node, effect.inputs, _priority(effect, situation), situation.now, situation.now
        )
        for effect in step.of(ServiceCalled)
        if effect.task not in gone and is_external(effect.node, situation.definition)
    )


def _priority(effect: ServiceCalled, situation: Situation) -> int:
    """The whole number that wf:priority gives for what the step sees; 0 where it gives none."""
    written = situation.definition.node(effect.node).attributes.get("priority", "").strip()
    if not written:
        return 0
    seen = {**situation.data, **effect.inputs}
    found = to_json(evaluate(written.removeprefix("=").strip(), seen, calendar=situation.snapshot.calendar, now=situation.now))
    known = isinstance(found, int | float) and not isinstance(found, bool) and abs(found) <= LARGEST
    return int(found) if known else 0


def closed(step: Step, situation: Situation) -> tuple[str, ...]:
    """The work that is no longer wanted."""
    fresh = {effect.task for effect in step.of(ServiceCalled)}
    return tuple(
        effect.task
        for effect in step.of(TaskWithdrawn)
        if effect.task not in fresh and is_external(effect.node, situation.definition)
    )
