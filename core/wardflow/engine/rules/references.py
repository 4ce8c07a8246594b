"""Ids and references: everything that is named must exist and be of the right kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ACTIVITIES, ELSEWHERE, NODES, NS, Fault, Index, Rule

GLOBAL = frozenset(("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"))
ITEMS = frozenset(("dataInput", "dataOutput", "dataObject", "dataObjectReference", "dataStoreReference", "property"))
DEFINITIONS = frozenset(
    f"{k}EventDefinition"
    for k in (
        "message",
        "signal",
        "timer",
        "conditional",
        "error",
        "escalation",
        "link",
        "compensate",
        "cancel",
        "terminate",
    )
)
LINKS = frozenset(("linkEventDefinition", "intermediateCatchEvent", "intermediateThrowEvent"))
"""The specification wants the definitions; modelling tools name the events that hold them, and mean the same."""

HERE = NODES | DEFINITIONS | {"message", "signal", "error", "escalation", "dataObject", "sequenceFlow"}
"""What cannot be taken from an imported file: files are read one by one."""

SPEAKERS = NODES | {"participant"}

ATTRIBUTES: dict[tuple[str, str], frozenset[str]] = {
    ("sequenceFlow", "sourceRef"): NODES,
    ("sequenceFlow", "targetRef"): NODES,
    ("boundaryEvent", "attachedToRef"): ACTIVITIES,
    **{
        (tag, "default"): frozenset(("sequenceFlow",))
        for tag in (*ACTIVITIES, "exclusiveGateway", "inclusiveGateway", "complexGateway")
    },
    **{
        (tag, "messageRef"): frozenset(("message",))
        for tag in (
            "messageEventDefinition",
            "sendTask",
            "receiveTask",
            "messageFlow",
            "correlationPropertyRetrievalExpression",
        )
    },
    ("signalEventDefinition", "signalRef"): frozenset(("signal",)),
    ("errorEventDefinition", "errorRef"): frozenset(("error",)),
    ("escalationEventDefinition", "escalationRef"): frozenset(("escalation",)),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    **{(tag, "operationRef"): frozenset(("operation",)) for tag in ("serviceTask", "sendTask", "receiveTask")},
    **{
        (tag, "itemSubjectRef"): frozenset(("itemDefinition",))
        for tag in ("dataObject", "dataInput", "dataOutput", "property", "dataStore", "inputDataItem", "outputDataItem")
    },
    ("message", "itemRef"): frozenset(("itemDefinition",)),
    ("dataObjectReference", "dataObjectRef"): frozenset(("dataObject",)),
    ("dataStoreReference", "dataStoreRef"): frozenset(("dataStore",)),
    ("participant", "processRef"): frozenset(("process",)),
    ("process", "definitionalCollaborationRef"): frozenset(("collaboration", "choreography")),
    ("messageFlow", "sourceRef"): SPEAKERS,
    ("messageFlow", "targetRef"): SPEAKERS,
    ("correlationSubscription", "correlationKeyRef"): frozenset(("correlationKey",)),
    ("correlationPropertyBinding", "correlationPropertyRef"): frozenset(("correlationProperty",)),
    ("multiInstanceLoopCharacteristics", "oneBehaviorEventRef"): DEFINITIONS,
    ("multiInstanceLoopCharacteristics", "noneBehaviorEventRef"): DEFINITIONS,
    ("group", "categoryValueRef"): frozenset(("categoryValue",)),
    **{(tag, "structureRef"): frozenset(("itemDefinition",)) for tag in ("error", "escalation", "signal")},
    **{
        (tag, "itemSubjectRef"): frozenset(("itemDefinition",)) for tag in ("dataObjectReference", "dataStoreReference")
    },
    ("ioBinding", "operationRef"): frozenset(("operation",)),
    ("ioBinding", "inputDataRef"): frozenset(("inputSet",)),
    ("ioBinding", "outputDataRef"): frozenset(("outputSet",)),
    ("callConversation", "calledCollaborationRef"): frozenset(("collaboration", "globalConversation")),
    **{
        ("messageFlowAssociation", name): frozenset(("messageFlow",))
        for name in ("innerMessageFlowRef", "outerMessageFlowRef")
    },
    **{
        ("conversationAssociation", name): frozenset(("conversation", "subConversation", "callConversation"))
        for name in ("innerConversationNodeRef", "outerConversationNodeRef")
    },
    ("resourceParameterBinding", "parameterRef"): frozenset(("resourceParameter",)),
    ("callActivity", "calledElement"): frozenset(("process",)) | GLOBAL,
}
"""Which kinds of element an attribute may name (BPMN 2.0.2, class tables of chapters 8 to 10)."""

TEXTS: dict[str, frozenset[str]] = {
    "incoming": frozenset(("sequenceFlow", "messageFlow")),
    "outgoing": frozenset(("sequenceFlow", "messageFlow")),
    "flowNodeRef": NODES,
    "eventDefinitionRef": DEFINITIONS,
    "dataInputRefs": frozenset(("dataInput",)),
    "dataOutputRefs": frozenset(("dataOutput",)),
    "optionalInputRefs": frozenset(("dataInput",)),
    "optionalOutputRefs": frozenset(("dataOutput",)),
    "whileExecutingInputRefs": frozenset(("dataInput",)),
    "whileExecutingOutputRefs": frozenset(("dataOutput",)),
    "inputSetRefs": frozenset(("inputSet",)),
    "outputSetRefs": frozenset(("outputSet",)),
    "inMessageRef": frozenset(("message",)),
    "outMessageRef": frozenset(("message",)),
    "operationRef": frozenset(("operation",)),
    "correlationPropertyRef": frozenset(("correlationProperty",)),
    "supportedInterfaceRef": frozenset(("interface",)),
    "interfaceRef": frozenset(("interface",)),
    "resourceRef": frozenset(("resource",)),
    "participantRef": frozenset(("participant",)),
    "categoryValueRef": frozenset(("categoryValue",)),
    "messageFlowRef": frozenset(("messageFlow",)),
    "choreographyRef": frozenset(("choreography",)),
    "innerParticipantRef": frozenset(("participant",)),
    "outerParticipantRef": frozenset(("participant",)),
    "endPointRef": frozenset(("endPoint",)),
    "errorRef": frozenset(("error",)),
    "supports": frozenset(("process",)) | GLOBAL,
    "source": LINKS,
    "target": LINKS,
}
"""The same for elements whose text is the reference."""


def missing_ids(index: Index) -> Iterator[Fault]:
    """Flow nodes, flows and processes can only be referred to by their id."""
    for element in index.all("process", "sequenceFlow", *sorted(NODES)):
        if not element.get("id"):
            yield element, {}


def double_ids(index: Index) -> Iterator[Fault]:
    """An id means one thing within a process, and one thing outside of processes."""
    seen: dict[tuple[Any, str], Any] = {}
    for element in index.root.iter(NS + "*"):
        id = element.get("id")
        if not id:
            continue
        process = next(element.iterancestors(NS + "process"), None)
        home = process.get("id") if process is not None else None
        if (home, id) in seen:
            yield element, {"id": id}
        seen[home, id] = element


def wrong_attributes(index: Index) -> Iterator[Fault]:
    """A reference in an attribute names an element of the right kind."""
    for (tag, name), kinds in ATTRIBUTES.items():
        for element in index.all(tag):
            value = element.get(name)
            if value is None or (name == "calledElement" and "{" in value):
                continue
            target = index.find(value, element)
            if target is None and name in ("calledElement", "processRef"):
                continue  # a called process may come in a file of its own; the reader asks for it
            if target is not ELSEWHERE and (target is None or local(target) not in kinds):
                yield element, {"reference": value, "attribute": name}


def wrong_texts(index: Index) -> Iterator[Fault]:
    """A reference in a text names an element of the right kind."""
    for tag, kinds in TEXTS.items():
        for element in index.all(tag):
            if local(element.getparent()) == "relationship":
                continue  # it relates whatever its tool pleases
            target = index.find(element.text, element)
            if target is not ELSEWHERE and (target is None or local(target) not in kinds):
                yield element, {"reference": (element.text or "").strip()}


def far_references(index: Index) -> Iterator[Fault]:
    """What a running case meets is in its own file: messages, signals, errors, events, nodes, flows, data."""
    for (tag, name), kinds in ATTRIBUTES.items():
        if kinds & HERE and tag != "messageFlow":
            for element in index.all(tag):
                if index.find(element.get(name), element) is ELSEWHERE:
                    yield element, {"reference": element.get(name)}
    for element in index.all("eventDefinitionRef"):
        if index.find(element.text, element) is ELSEWHERE:
            yield element, {"reference": (element.text or "").strip()}


def dangling(index: Index) -> Iterator[Fault]:
    """Associations, lanes and messages between participants end somewhere."""
    for tag, names in (
        ("association", ("sourceRef", "targetRef")),
        ("lane", ("partitionElementRef",)),
        ("conversationLink", ("sourceRef", "targetRef")),
        ("resourceParameterBinding", ("parameterRef",)),
    ):
        for element in index.all(tag):
            for name in names:
                if element.get(name) and index.find(element.get(name), element) is None:
                    yield element, {"attribute": name, "reference": element.get(name)}


RULES = (
    Rule("bpmn.reference-nothing", "BPMN 2.0.2, 8.4.1, 9.5 and 10.8", dangling),
    Rule("bpmn.id-missing", "BPMN 2.0.2, 8.3.1", missing_ids),
    Rule("bpmn.id-twice", "BPMN 2.0.2, 8.3.1", double_ids),
    Rule("bpmn.reference", "BPMN 2.0.2, 8.3 to 10.5", wrong_attributes),
    Rule("bpmn.reference-elsewhere", "Wardflow", far_references),
    Rule("bpmn.reference-text", "BPMN 2.0.2, 8.3 to 10.5", wrong_texts),
)
