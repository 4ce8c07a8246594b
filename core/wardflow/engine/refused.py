"""Every element and attribute of a BPMN file sorted into supported, harmless and refused.

Reader, lint and documentation use this file.

Nothing is silently misread: what stands in none of the lists is refused as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from wardflow.domain.findings import LintFinding
from wardflow.engine import vocabulary

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING = frozenset(
    (
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://www.w3.org/2001/XMLSchema-instance",
    )
)
"""Namespaces that only draw."""

ELEMENT_ID = "{urn:wardflow:read}element"
"""Where the reader keeps the id an element had in the file, when it must give it another one."""

_ANY = "id name"
_FLOW_NODE = _ANY
_ACTIVITY = f"{_FLOW_NODE} default startQuantity completionQuantity isForCompensation"
_EVENT = f"{_FLOW_NODE} parallelMultiple"
_DEFINITION = "id"
_SUB = f"{_ACTIVITY} triggeredByEvent"

SUPPORTED: dict[str, str] = {
    "definitions": "id name targetNamespace expressionLanguage typeLanguage exporter exporterVersion",
    "process": f"{_ANY} isExecutable processType isClosed definitionalCollaborationRef",
    "startEvent": f"{_EVENT} isInterrupting",
    "endEvent": _FLOW_NODE,
    "intermediateCatchEvent": _EVENT,
    "intermediateThrowEvent": _FLOW_NODE,
    "boundaryEvent": f"{_EVENT} attachedToRef cancelActivity",
    "task": _ACTIVITY,
    "userTask": f"{_ACTIVITY} implementation",
    "manualTask": _ACTIVITY,
    "serviceTask": f"{_ACTIVITY} implementation operationRef",
    "sendTask": f"{_ACTIVITY} implementation operationRef messageRef",
    "receiveTask": f"{_ACTIVITY} implementation operationRef messageRef instantiate",
    "scriptTask": f"{_ACTIVITY} scriptFormat",
    "businessRuleTask": f"{_ACTIVITY} implementation",
    "subProcess": _SUB,
    "transaction": f"{_SUB} method",
    "adHocSubProcess": f"{_SUB} ordering cancelRemainingInstances",
    "callActivity": f"{_ACTIVITY} calledElement",
    "globalTask": f"{_ANY} ",
    "globalUserTask": f"{_ANY} implementation",
    "globalManualTask": _ANY,
    "globalScriptTask": f"{_ANY} scriptLanguage",
    "globalBusinessRuleTask": f"{_ANY} implementation",
    "exclusiveGateway": f"{_FLOW_NODE} default gatewayDirection",
    "parallelGateway": f"{_FLOW_NODE} gatewayDirection",
    "inclusiveGateway": f"{_FLOW_NODE} default gatewayDirection",
    "complexGateway": f"{_FLOW_NODE} default gatewayDirection",
    "eventBasedGateway": f"{_FLOW_NODE} gatewayDirection instantiate eventGatewayType",
    "sequenceFlow": f"{_ANY} sourceRef targetRef isImmediate",
    "incoming": "",
    "outgoing": "",
    "script": "",
    "source": "",
    "target": "",
    "conditionExpression": "id language evaluatesToTypeRef",
    "activationCondition": "id language evaluatesToTypeRef",
    "completionCondition": "id language evaluatesToTypeRef",
    "condition": "id language evaluatesToTypeRef",
    "loopCondition": "id language evaluatesToTypeRef",
    "loopCardinality": "id language evaluatesToTypeRef",
    "timeDate": "id language evaluatesToTypeRef",
    "timeDuration": "id language evaluatesToTypeRef",
    "timeCycle": "id language evaluatesToTypeRef",
    "messageEventDefinition": f"{_DEFINITION} messageRef",
    "operationRef": "",
    "signalEventDefinition": f"{_DEFINITION} signalRef",
    "errorEventDefinition": f"{_DEFINITION} errorRef",
    "escalationEventDefinition": f"{_DEFINITION} escalationRef",
    "timerEventDefinition": _DEFINITION,
    "conditionalEventDefinition": _DEFINITION,
    "linkEventDefinition": _ANY,
    "compensateEventDefinition": f"{_DEFINITION} activityRef waitForCompletion",
    "cancelEventDefinition": _DEFINITION,
    "terminateEventDefinition": _DEFINITION,
    "eventDefinitionRef": "",
    "standardLoopCharacteristics": "id testBefore loopMaximum",
    "multiInstanceLoopCharacteristics": "id isSequential behavior oneBehaviorEventRef noneBehaviorEventRef",
    "loopDataInputRef": "",
    "loopDataOutputRef": "",
    "inputDataItem": f"{_ANY} itemSubjectRef isCollection",
    "outputDataItem": f"{_ANY} itemSubjectRef isCollection",
    "complexBehaviorDefinition": "id",
    "event": "id name",
    "implicitThrowEvent": _ANY,
    "message": f"{_ANY} itemRef",
    "signal": f"{_ANY} structureRef",
    "error": f"{_ANY} errorCode structureRef",
    "escalation": f"{_ANY} escalationCode structureRef",
    "dataObject": f"{_ANY} itemSubjectRef isCollection",
    "dataObjectReference": f"{_ANY} itemSubjectRef dataObjectRef",
    "ioSpecification": "id",
    "dataInput": f"{_ANY} itemSubjectRef isCollection",
    "dataOutput": f"{_ANY} itemSubjectRef isCollection",
    "inputSet": _ANY,
    "outputSet": _ANY,
    "dataInputRefs": "",
    "dataOutputRefs": "",
    "dataInputAssociation": "id",
    "dataOutputAssociation": "id",
    "sourceRef": "",
    "targetRef": "",
    "assignment": "id",
    "from": "id language evaluatesToTypeRef",
    "to": "id language evaluatesToTypeRef",
    "transformation": "id language evaluatesToTypeRef",
    "laneSet": _ANY,
    "lane": f"{_ANY} partitionElementRef",
    "flowNodeRef": "",
    "childLaneSet": _ANY,
    "correlationKey": _ANY,
    "correlationProperty": f"{_ANY} type",
    "correlationPropertyRetrievalExpression": "id messageRef",
    "messagePath": "id language evaluatesToTypeRef",
    "formalExpression": "id language evaluatesToTypeRef",
    "correlationSubscription": "id correlationKeyRef",
    "correlationPropertyBinding": "id correlationPropertyRef",
    "dataPath": "id language evaluatesToTypeRef",
    "correlationPropertyRef": "",
    "association": "id sourceRef targetRef associationDirection",
    "documentation": "id textFormat",
    "extensionElements": "",
}
"""Elements the engine acts on, with the attributes it knows on them."""

HARMLESS: dict[str, str] = {
    **dict.fromkeys(
        (
            "textAnnotation",
            "text",
            "group",
            "category",
            "categoryValue",
            "categoryValueRef",
            "auditing",
            "monitoring",
            "relationship",
        ),
        "annotation",
    ),
    **dict.fromkeys(
        (
            "collaboration",
            "participant",
            "messageFlow",
            "participantMultiplicity",
            "participantAssociation",
            "messageFlowAssociation",
            "conversation",
            "conversationNode",
            "subConversation",
            "callConversation",
            "conversationLink",
            "conversationAssociation",
            "globalConversation",
            "participantRef",
            "interfaceRef",
            "endPointRef",
            "endPoint",
            "partnerRole",
            "partnerEntity",
            "innerParticipantRef",
            "outerParticipantRef",
            "innerMessageFlowRef",
            "outerMessageFlowRef",
            "messageFlowRef",
            "innerConversationNodeRef",
            "outerConversationNodeRef",
            "choreographyRef",
        ),
        "collaboration",
    ),
    **dict.fromkeys(
        (
            "interface",
            "operation",
            "inMessageRef",
            "outMessageRef",
            "errorRef",
            "import",
            "itemDefinition",
            "ioBinding",
            "supportedInterfaceRef",
            "supports",
        ),
        "service-description",
    ),
    **dict.fromkeys(
        (
            "resource",
            "resourceParameter",
            "resourceRole",
            "performer",
            "humanPerformer",
            "potentialOwner",
            "resourceRef",
            "resourceAssignmentExpression",
            "resourceParameterBinding",
            "expression",
            "rendering",
            "partitionElement",
        ),
        "resource",
    ),
    **dict.fromkeys(("dataStore", "dataStoreReference"), "data-store"),
    **dict.fromkeys(
        (
            "dataState",
            "optionalInputRefs",
            "optionalOutputRefs",
            "whileExecutingInputRefs",
            "whileExecutingOutputRefs",
            "inputSetRefs",
            "outputSetRefs",
        ),
        "data-detail",
    ),
    "property": "property",
    "extension": "extension",
}
"""Elements that do not change how a process runs; the report names them with this reason."""

REFUSED: dict[str, str] = {
    **dict.fromkeys(
        (
            "choreography",
            "choreographyTask",
            "subChoreography",
            "callChoreography",
            "globalChoreographyTask",
            "initiatingParticipantRef",
            "participantRefs",
        ),
        "choreography",
    ),
    "callableElement": "abstract",
    "flowNode": "abstract",
}
"""Elements that cannot run; the word says what to use instead."""

REFUSED_VALUES: dict[tuple[str, str], tuple[frozenset[str], str]] = {
    ("extension", "mustUnderstand"): (frozenset(("true", "1")), "extension"),
}
"""Attribute values that would change the meaning in a way the engine does not follow."""

IGNORED_ATTRIBUTES = frozenset(
    ("exporter", "exporterVersion", "textFormat", "isClosed", "processType", "implementation", "evaluatesToTypeRef")
)


def local(element: Any) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    """The namespace of the tag."""
    return str(etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def owner(element: Any) -> str:
    """The id of the nearest element with one, for the person who looks for it."""
    while element is not None and element.get("id") is None:
        element = element.getparent()
    return str(element.get(ELEMENT_ID) or element.get("id")) if element is not None else ""


def finding(code: str, file: str, element: Any, *, warning: bool = False, **facts: Any) -> LintFinding:
    """A finding about an element of the file."""
    line = element.sourceline or 0
    return LintFinding(
        code, file, line, 0, owner(element), {"tag": local(element), **facts}, "warning" if warning else "error"
    )


def survey(root: Any, file: str) -> Iterator[LintFinding]:
    """Everything in the file that is refused (error) or has no effect (warning)."""
    todo = [root]
    while todo:
        element = todo.pop()
        if not isinstance(element.tag, str):
            continue
        space = namespace(element)
        if space != BPMN:
            continue
        yield from _element(element, file)
        if local(element) != "extensionElements":
            todo.extend(reversed(element))


def _element(element: Any, file: str) -> Iterator[LintFinding]:
    tag = local(element)
    if tag in SUPPORTED:
        yield from _attributes(element, tag, file)
    elif tag in HARMLESS:
        value = REFUSED_VALUES.get((tag, "mustUnderstand"))
        if value and element.get("mustUnderstand") in value[0]:
            yield finding("bpmn.refused", file, element, instead="extension")
        yield finding("bpmn.harmless", file, element, warning=True, why=HARMLESS[tag])
    elif tag in REFUSED:
        yield finding("bpmn.refused", file, element, instead=REFUSED[tag])
    else:
        yield finding("bpmn.unknown-element", file, element)


def _attributes(element: Any, tag: str, file: str) -> Iterator[LintFinding]:
    known = SUPPORTED[tag].split()
    for full, value in element.attrib.items():
        name = etree.QName(full)
        if name.namespace == vocabulary.NAMESPACE:
            if name.localname not in vocabulary.BY_NAME and name.localname not in vocabulary.TRANSLATED:
                yield finding("bpmn.unknown-wf", file, element, attribute=name.localname)
            elif not vocabulary.allowed(name.localname, tag):
                yield finding("bpmn.misplaced-wf", file, element, attribute=name.localname)
            else:
                yield from _choice(element, name.localname, value, file)
        elif name.namespace is None and name.localname not in known:
            yield finding("bpmn.unknown-attribute", file, element, attribute=name.localname)


def _choice(element: Any, name: str, value: str, file: str) -> Iterator[LintFinding]:
    term = vocabulary.BY_NAME.get(name)
    if term is None or not term.choices or value.startswith("="):
        return
    if value not in term.choices:
        yield finding("bpmn.not-a-choice", file, element, attribute=name, value=value, choices=", ".join(term.choices))
