"""SpiffWorkflow's parser, extended through its public override tables: it reads each element once, and no more.

What it does for us: processes, lanes, messages, signals, errors and escalations of a file are indexed, and every
element and event definition becomes one of its spec objects, with its own errors and line numbers. What we take away:
the start, end and join specs its own runtime needs, the recursion along sequence flows (a chain of 2,000 tasks is
deeper than Python's stack), and its habit of passing over event definitions it does not know.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.ProcessParser import AdHocParser, ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import AdHocSubprocessParser, GatewayParser, SubWorkflowParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, NoneTask
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition

from wardflow.engine.refused import BPMN, local

NS = "{" + BPMN + "}"


@dataclass(slots=True)
class Found:
    """One flow node as SpiffWorkflow read it: its spec object and its element."""

    element: Any
    spec: Any
    flows: list[Any]
    boundary: list[str]


@dataclass(slots=True)
class Container:
    """One process or sub-process with its flow nodes."""

    id: str
    name: str
    element: Any
    found: list[Found]


class LinkEventDefinition(EventDefinition):
    """SpiffWorkflow has no link events."""


class CompensateEventDefinition(EventDefinition):
    """SpiffWorkflow has no compensation events."""


class ComplexGateway(InclusiveGateway):
    """SpiffWorkflow has no complex gateway."""


class Element:
    """Mixed over every SpiffWorkflow task parser: one element gives one spec, flows are noted and not followed."""

    def parse_node(self) -> Any:
        """The spec of this element."""
        parser: Any = self
        parser.task = parser.create_task()
        process = parser.process_parser
        flows = process.get_outgoing_sequence_flows(parser.bpmn_id)
        boundary = [event.get("id") for event in process.get_boundary_events(parser.bpmn_id)]
        process.found.append(Found(parser.node, parser.task, flows, boundary))
        return parser.task

    def parse_incoming_data_references(self) -> list[Any]:
        """Data associations are read with the node table, where they become expressions."""
        return []

    parse_outgoing_data_references = parse_incoming_data_references


class Event(Element):
    """Mixed over the parsers of events: every event definition is read, references and the rarer kinds too."""

    def get_event_definition(self, xpaths: Any) -> Any:
        """The event definitions of this element in the order of the file, whatever kinds SpiffWorkflow looks for."""
        parser: Any = self
        found = [
            self._definition(child)
            for child in map(self._referenced, parser.node)
            if local(child).endswith("EventDefinition")
        ]
        if not found:
            return NoneEventDefinition()
        if len(found) == 1:
            return found[0]
        return MultipleEventDefinition(found, parser.node.get("parallelMultiple") == "true")

    def _referenced(self, child: Any) -> Any:
        parser: Any = self
        if local(child) != "eventDefinitionRef":
            return child
        name = (child.text or "").strip().split(":")[-1]
        target = next((e for e in parser.node.getroottree().getroot().iter() if e.get("id") == name), None)
        if target is None:
            raise ValidationException(f"eventDefinitionRef to nothing: {name}", child, parser.filename)
        return target

    def _definition(self, child: Any) -> Any:
        parser: Any = self
        kind = local(child).removesuffix("EventDefinition")
        if kind == "link":
            return LinkEventDefinition(child.get("name"))
        if kind == "compensate":
            return CompensateEventDefinition(child.get("activityRef"))
        # SpiffWorkflow looks below the event, so two timers on one event would both get the first one's time.
        event, parser.node = parser.node, child if kind in ("timer", "conditional") else parser.node
        try:
            return getattr(parser, f"parse_{kind}_event")(child)
        finally:
            parser.node = event

    def raise_validation_exception(self, message: str, node: Any = None) -> None:
        """SpiffWorkflow's own callers name the faulty node, which its method does not take."""
        parser: Any = self
        raise ValidationException(message, parser.node if node is None else node, parser.filename)


class SubProcess(Element):
    """Mixed over the parsers of sub-processes: the inside becomes a container of its own, with or without start
    events."""

    def create_task(self) -> Any:
        """The spec of the sub-process."""
        parser: Any = self
        parser.process_parser.parser.create_parser(parser.node, filename=parser.filename, lane=parser.lane)
        parser.process_parser.parser.process_parsers[parser.bpmn_id].parent = parser.process_parser
        return parser.spec_class(parser.spec, parser.bpmn_id, subworkflow_spec=parser.bpmn_id, **parser.bpmn_attributes)


class Called(Element):
    """Mixed over the parser of call activities: a missing calledElement is our own finding, not an error here."""

    def create_task(self) -> Any:
        """The spec of the call."""
        parser: Any = self
        called = parser.node.get("calledElement") or ""
        return parser.spec_class(
            parser.spec, parser.bpmn_id, subworkflow_spec=called.split(":")[-1], **parser.bpmn_attributes
        )


class Script(Element):
    """Mixed over the parser of script tasks: an empty script does nothing."""

    def get_script(self) -> str:
        """The text of the script."""
        parser: Any = self
        script = parser.node.find(NS + "script")
        return str(script.text or "") if script is not None else ""


class Process(ProcessParser):
    """A process or sub-process read element by element, whatever its shape."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.found: list[Found] = []
        super().__init__(*args, **kwargs)

    def create_spec(self) -> Any:
        """An empty spec: ids such as Start and End belong to the modeller, so SpiffWorkflow's own are taken out."""
        self.process_executable = True
        spec = super().create_spec()
        spec.task_specs.clear()
        return spec

    def add_tasks(self) -> None:
        """Read every flow node directly inside."""
        for element in self.node:
            if isinstance(element.tag, str) and self.parser._get_parser_class(element.tag)[0]:
                self.parse_node(element)

    def parse_data_object(self, obj: Any) -> Any:
        """Data objects are variables of their scope; the node table reads them."""
        return super().parse_data_object(obj)


class AdHoc(Process, AdHocParser):
    """An ad-hoc sub-process is read like any other."""

    create_spec = Process.create_spec
    add_tasks = Process.add_tasks
    _parse = ProcessParser._parse


class Reader(BpmnParser):
    """SpiffWorkflow's parser with our override table (`reader` makes it)."""

    PROCESS_PARSER_CLASS = Process
    AD_HOC_PARSER_CLASS = AdHoc

    def _add_processes(self, bpmn: Any, filename: str | None = None) -> None:
        for task in list(bpmn.iterchildren(*(NS + name for name in GLOBAL))):
            _wrap_global(task)
        super()._add_processes(bpmn, filename)

    def _add_messages(self, bpmn: Any) -> None:
        super()._add_messages(bpmn)
        self.messages: dict[str, str] = {id: name or id for id, name in self.messages.items()}

    def _add_signals(self, bpmn: Any) -> None:
        super()._add_signals(bpmn)
        self.signals: dict[str, str] = {id: name or id for id, name in self.signals.items()}

    def _add_correlations(self, bpmn: Any) -> None:
        """Correlation keys become FEEL bindings of the node table."""

    def _add_data_stores(self, bpmn: Any) -> None:
        """SpiffWorkflow wants a Python class per data store; ours live in tables outside the process."""


GLOBAL = ("globalScriptTask", "globalTask", "globalManualTask", "globalUserTask", "globalBusinessRuleTask")


def _wrap_global(task: Any) -> None:
    """A global task is called like a process that holds only this task (BPMN 2.0.2, 10.3.6)."""
    process = etree.SubElement(task.getparent(), NS + "process", id=task.get("id"))
    inner = copy.deepcopy(task)
    name = local(task).removeprefix("global")
    inner.tag = NS + name[0].lower() + name[1:]
    inner.set("id", f"{task.get('id')}.task")
    if inner.get("scriptLanguage"):
        inner.set("scriptFormat", inner.attrib.pop("scriptLanguage"))
    process.append(inner)


@cache
def reader() -> type[Reader]:
    """The parser class whose table sends every element through our mixins."""
    table = {
        **BpmnParser.PARSER_CLASSES,
        full_tag("complexGateway"): (GatewayParser, ComplexGateway),
        full_tag("businessRuleTask"): (TaskParser, NoneTask),
    }
    return type(
        "Reader",
        (Reader,),
        {"OVERRIDE_PARSER_CLASSES": {tag: (_mixed(tag, cls), spec) for tag, (cls, spec) in table.items()}},
    )


def _mixed(tag: str, cls: Any) -> Any:
    mixin: type = Element
    if issubclass(cls, EventDefinitionParser):
        mixin = Event
    elif issubclass(cls, SubWorkflowParser | AdHocSubprocessParser):
        mixin = SubProcess
    elif tag == full_tag("callActivity"):
        mixin = Called
    elif tag == full_tag("scriptTask"):
        mixin = Script
    return type(cls.__name__, (mixin, cls), {})


def containers(root: Any, file: str) -> list[Container]:
    """Every process and sub-process of the file, outer ones first."""
    parser = reader()()
    parser.add_bpmn_xml(root, file)
    todo = list(parser.process_parsers)
    seen: list[Container] = []
    while todo:
        process = parser.process_parsers[todo.pop(0)]
        process.get_spec()
        todo += [
            f.element.get("id")
            for f in process.found
            if f.element.get("id") in parser.process_parsers and local(f.element) != "callActivity"
        ]
        seen.append(Container(process.bpmn_id, process.node.get("name") or "", process.node, process.found))
    return seen
