"""From one version of a diagram to another: what each step is called there, and whether it is still the same step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wardflow.engine.definition import Definition, Expression, Node, Trigger

PEOPLE = frozenset(("userTask", "manualTask"))
KEEP, ANEW = "keep", "anew"
"""What becomes of an event that waits and is another one in the new version: its alarm stays, or is set from now."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Two versions of a diagram with the renamed elements between them; what was compared once is remembered.

    `steps` gives the new id of each renamed element or called process, `events` says by its new id what becomes of an
    event that changed: KEEP or ANEW.
    """

    source: Definition
    target: Definition
    steps: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    _same: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)

    def name(self, id: str) -> str:
        """What an element or a process of the source is called in the target, whether it is there or not."""
        if id in self.steps:
            return self.steps[id]
        node = self.source.nodes.get(id)
        return self.steps.get(node.element, id) if node is not None else id

    def node(self, id: str) -> Node | None:
        """The element in the target; None where it was removed."""
        return self.target.nodes.get(self.name(id))

    def same_event(self, old: Node, new: Node) -> bool:
        """Whether two events wait for the same, in the same way."""
        return self._remembered(old, new, _event)

    def same_loop(self, old: Node, new: Node) -> bool:
        """Whether two activities are repeated over the same things in the same way."""
        return self._remembered(old, new, _loop)

    def same_service(self, old: Node, new: Node) -> bool:
        """Whether two activities ask the same service or decision."""
        return (old.handler, old.decision, old.script_text) == (new.handler, new.decision, new.script_text)

    def flow(self, join: Node, flow: str) -> str | None:
        """The flow of the target that a token came over; by its id, or by the elements it leads from and to."""
        new = self.node(join.id)
        if new is None or flow in new.ins:
            return flow if new is not None else None
        source = next((node for node in self.source.nodes.values() if any(out.flow == flow for out in node.outs)), None)
        there = self.node(source.id) if source is not None else None
        found = [out.flow for out in there.outs if out.target == new.id] if there is not None else []
        return found[0] if len(found) == 1 else None

    def _remembered(self, old: Node, new: Node, shape: Any) -> bool:
        key = old.id, f"{shape.__name__}:{new.id}"
        if key not in self._same:
            self._same[key] = shape(old) == shape(new)
        return self._same[key]


def _event(node: Node) -> tuple[Any, ...]:
    """What an event waits for, as texts that can be compared."""
    interrupting = node.interrupting if node.kind in ("boundaryEvent", "startEvent") else True
    return interrupting, node.parallel_multiple, tuple(_trigger(trigger) for trigger in node.triggers)


def _trigger(trigger: Trigger) -> tuple[Any, ...]:
    timer = trigger.timer
    when = (timer.flavour, _text(timer.text)) if timer is not None else None
    return trigger.kind, trigger.name, when, _text(trigger.condition), tuple((n, _text(v)) for n, v in trigger.keys)


def _loop(node: Node) -> tuple[Any, ...] | None:
    loop = node.loop
    if loop is None:
        return None
    inner = (_text(loop.cardinality), _text(loop.collection), loop.item, loop.output, _text(loop.output_item))
    return loop.standard, loop.sequential, loop.behaviour, *inner


def _text(value: str | Expression | None) -> str | None:
    return value if value is None or isinstance(value, str) else str(getattr(value, "source", ""))
