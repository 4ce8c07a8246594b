"""The same happenings on SpiffWorkflow's own runtime: which user tasks are open after each.

SpiffWorkflow runs the flows, gateways, sub-processes and waiting events; what only computes (scripts, decisions) is
done by our FEEL in both,
and no clock moves. What lies outside the part of it known to be right is said, not compared (`NotComparable`).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from wardflow import feel
from wardflow.engine.definition import Definition, Node
from wardflow.engine.reading.read import CALLED, read
from wardflow.engine.reading.spiff import NS
from wardflow.engine.refused import local
from wardflow.engine.stepper.run import NOBODY, Host

FAR = "P3650D"
"""Every timer of the copy: no time passes in the second opinion."""

PEOPLE = frozenset(("userTask", "manualTask"))
COMPUTED = frozenset(("scriptTask", "businessRuleTask"))
UNSAFE_KINDS = frozenset(("complexGateway", "adHocSubProcess", "transaction"))
UNSAFE_TRIGGERS = frozenset(("link", "compensate", "cancel", "conditional"))
LIMIT = 400
"""Happenings: SpiffWorkflow fails after about 245 rounds of a loop."""


@dataclass(frozen=True, slots=True)
class Done:
    """A user task or a service at this node was finished with these values."""

    node: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else that happened: an alarm, a message, a signal."""

    what: str


@dataclass(frozen=True, slots=True)
class NotComparable:
    """The process or what happened lies outside the safe part of SpiffWorkflow."""

    why: str


Opinion = tuple[frozenset[str], ...] | NotComparable


def replay(
    xml: bytes,
    process_id: str,
    data: Mapping[str, Any],
    happenings: Sequence[Done | Other],
    *,
    called: CALLED | None = None,
    host: Host = NOBODY,
) -> Opinion:
    """The ids of the open user tasks after the start and after each happening, as SpiffWorkflow sees them."""
    definition = read(xml, called=called)
    why = outside(definition, happenings)
    if why:
        return NotComparable(why)
    try:
        run = _Run(definition, xml, process_id, dict(data), called or {}, host)
        seen = [run.open()]
        for happening in happenings:
            assert isinstance(happening, Done)
            run.finish(happening)
            seen.append(run.open())
    except (ValidationException, SpiffWorkflowException, _Missing, RecursionError) as error:
        return NotComparable(f"SpiffWorkflow stops: {type(error).__name__}")
    return tuple(seen)


def outside(definition: Definition, happenings: Sequence[Done | Other]) -> str:
    """Why the process or its happenings cannot be compared; empty when they can."""
    other = next((h for h in happenings if isinstance(h, Other)), None)
    if other is not None:
        return f"a {other.what} happened, and no time passes and nobody speaks in the second opinion"
    if len(happenings) > LIMIT:
        return "SpiffWorkflow fails in long loops"
    for node in definition.nodes.values():
        why = _unsafe(node)
        if why:
            return f"{node.id}: {why}"
    done = [h.node for h in happenings if isinstance(h, Done)]
    if len(done) != len(set(done)) and any(_on_cycle(n, definition) for n in definition.nodes.values() if n.reach):
        return "SpiffWorkflow joins wrongly inside loops"
    return ""


def _unsafe(node: Node) -> str:
    if node.kind in UNSAFE_KINDS:
        return f"SpiffWorkflow has no {node.kind} of ours"
    if node.loop is not None:
        return "its loops and multi-instances order their instances in another way"
    if any(trigger.kind in UNSAFE_TRIGGERS for trigger in node.triggers):
        return "SpiffWorkflow does not run this event"
    if node.kind in ("endEvent", "intermediateThrowEvent") and any(
        t.kind in ("signal", "error", "escalation") for t in node.triggers
    ):
        return "SpiffWorkflow passes over thrown events"
    if node.start_quantity != 1 or node.completion_quantity != 1:
        return "SpiffWorkflow has no quantities"
    if node.isolated or node.event_sub:
        return "variables or event sub-processes differ"
    return ""


def _on_cycle(join: Node, definition: Definition) -> bool:
    """Whether a token that leaves the join can come back to it."""
    seen: set[str] = set()
    todo = [out.target for out in join.outs]
    while todo:
        name = todo.pop()
        if name == join.id:
            return True
        if name in seen:
            continue
        seen.add(name)
        node = definition.nodes[name]
        todo += [out.target for out in node.outs]
        todo += node.boundary
    return False


class _Missing(Exception):
    """A happening finds no open task of its node."""


class _Feel(PythonScriptEngine):
    """SpiffWorkflow's seat for a script engine, taken by FEEL; nothing of Python in a diagram runs."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        """The FEEL value of a condition; timers are texts."""
        if expression == FAR:
            return FAR
        return _compiled(expression).evaluate(task.data, calendar=self.host.calendar)


@lru_cache(maxsize=512)
def _compiled(text: str) -> Any:
    return feel.compile(text.strip().removeprefix("="))


class _Run:
    """One instance on SpiffWorkflow."""

    def __init__(
        self, definition: Definition, xml: bytes, process: str, data: dict[str, Any], called: CALLED, host: Host
    ) -> None:
        self.definition, self.host = definition, host
        parser = BpmnParser()
        for text in dict.fromkeys([xml, *(text for _, text in called.values())]):
            parser.add_bpmn_xml(_prepared(text))
        spec, subs = parser.get_spec(process), parser.get_subprocess_specs(process)
        self.workflow = BpmnWorkflow(spec, subs, script_engine=_Feel(host))
        for task in self.workflow.get_tasks():
            task.data.update(copy.deepcopy(data))
        self._settle()

    def ready(self) -> list[Any]:
        """Everything that waits for an answer."""
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    def open(self) -> frozenset[str]:
        """The ids of the open user tasks."""
        names = (task.task_spec.name for task in self.ready())
        return frozenset(name for name in names if self.definition.node(name).kind in PEOPLE)

    def finish(self, happening: Done) -> None:
        """A person or a service answers."""
        task = next((t for t in self.ready() if t.task_spec.name == happening.node), None)
        if task is None:
            raise _Missing(happening.node)
        self._run(task, self._kept(self.definition.node(happening.node), dict(happening.values), task.data))
        self._settle()

    def _settle(self) -> None:
        self.workflow.do_engine_steps()
        while computed := [t for t in self.ready() if self._computes(self.definition.node(t.task_spec.name))]:
            for task in computed:
                self._run(task, self._computed(self.definition.node(task.task_spec.name), task.data))
            self.workflow.do_engine_steps()

    def _run(self, task: Any, values: Mapping[str, Any]) -> None:
        task.data.update(values)
        task.run()

    def _computes(self, node: Node) -> bool:
        return node.kind == "scriptTask" or (
            node.kind == "businessRuleTask" and bool(node.decision) and self.host.decide is not None
        )

    def _computed(self, node: Node, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """What our stepper would set here."""
        if node.kind == "scriptTask":
            if node.script is None:
                raise _Missing(node.id)
            value = feel.to_json(node.script.evaluate(data, calendar=self.host.calendar))
        else:
            assert self.host.decide is not None
            inputs = {name: feel.to_json(e.evaluate(data, calendar=self.host.calendar)) for name, e in node.inputs}
            value = feel.to_json(self.host.decide(node.decision, inputs if node.inputs else dict(data)))
        if node.result:
            return {node.result: value}
        return (
            self._kept(node, value, data)
            if isinstance(value, dict)
            else {node.decision: value}
            if node.decision
            else {}
        )

    def _kept(self, node: Node, values: dict[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
        if node.outputs:
            seen = {**data, **values}
            return {name: feel.to_json(e.evaluate(seen, calendar=self.host.calendar)) for name, e in node.outputs}
        return {node.result: values} if node.result else values


def _prepared(xml: bytes) -> Any:
    """A copy in which services, scripts and decisions wait to be answered, and timers lie far off."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(NS + "*")):
        tag = local(element)
        if tag in ("serviceTask", "scriptTask", "businessRuleTask", "sendTask"):
            element.tag = NS + "manualTask"
        elif tag == "timerEventDefinition":
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, NS + "timeDuration").text = FAR
        elif tag in (
            "dataStore",
            "dataStoreReference",
            "dataInputAssociation",
            "dataOutputAssociation",
            "extensionElements",
        ):
            element.getparent().remove(element)
    return root
