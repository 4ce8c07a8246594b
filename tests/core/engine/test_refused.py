"""What must not run is refused with its code, line and element: one broken model for each rule."""

from collections.abc import Iterator
from typing import Any

import pytest
from small import bpmn
from wardflow.engine import BpmnRefused, read
from wardflow.engine.rules import RULES
from wardflow.wording import Wording

OK = "startEvent s\nuserTask a\nendEvent e\ns -> a -> e\n"
SPLIT = "startEvent s\nendEvent e\nuserTask a\nuserTask b\n"
ITEMS = '<bpmn:ioSpecification id="io"><bpmn:dataInput id="in"/><bpmn:dataOutput id="out"/><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>'
IN_SET = "<bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet>"
OUT_SET = "<bpmn:outputSet><bpmn:dataOutputRefs>out</bpmn:dataOutputRefs></bpmn:outputSet>"
FULL = ITEMS.replace("<bpmn:inputSet/>", IN_SET).replace("<bpmn:outputSet/>", OUT_SET)
PEOPLE = '<bpmn:collaboration id="co"><bpmn:participant id="one" processRef="p"/>{}</bpmn:collaboration>'

BROKEN: dict[str, Any] = {
    "bpmn.id-missing": bpmn(OK + "endEvent x\na -> x").replace(b'id="x"', b""),
    "bpmn.id-twice": bpmn(OK).replace(b"</bpmn:process>", b'<bpmn:userTask id="a"/></bpmn:process>'),
    "bpmn.reference": bpmn(OK + "intermediateThrowEvent t\ns -> t -> e").replace(
        b'id="t">', b'id="t"><bpmn:signalEventDefinition signalRef="gone"/>'
    ),
    "bpmn.reference-text": bpmn(OK).replace(
        b'<bpmn:userTask id="a">', b'<bpmn:userTask id="a"><bpmn:incoming>gone</bpmn:incoming>'
    ),
    "bpmn.flow-crosses": bpmn(SPLIT + "subProcess sub\nuserTask x\nend\ns -> sub -> e\ns -> x"),
    "bpmn.flow-out-of-end": bpmn(OK + "e -> a"),
    "bpmn.flow-into-start": bpmn(OK + "a -> s"),
    "bpmn.flow-event-sub": bpmn(
        OK
        + "subProcess h triggeredByEvent=true\nstartEvent hs signal=x\nuserTask y\nendEvent he\nhs -> y -> he\nend\na -> h"
    ),
    "bpmn.flow-compensation": bpmn(SPLIT + "s -> a -> e\nserviceTask u isForCompensation=true\na -> u"),
    "bpmn.condition-event": bpmn(SPLIT + "s -> a : x\ns -> b\na -> e\nb -> e"),
    "bpmn.condition-alone": bpmn(SPLIT + "s -> a\na -> e : x\ns -> b -> e"),
    "bpmn.default-foreign": bpmn(SPLIT + "exclusiveGateway g default=a-e\ns -> g\ng -> a : x\ng -> b\na -> e\nb -> e"),
    "bpmn.flow-listed": bpmn(OK).replace(
        b'<bpmn:userTask id="a">', b'<bpmn:userTask id="a"><bpmn:outgoing>s-a</bpmn:outgoing>'
    ),
    "bpmn.no-way-in": bpmn(SPLIT + "s -> a -> e\nb -> e"),
    "bpmn.no-way-out": bpmn(SPLIT + "s -> a -> e\ns -> b"),
    "bpmn.gateway-direction": bpmn(
        SPLIT + "exclusiveGateway g gatewayDirection=Converging\ns -> g\ng -> a -> e\ng -> b -> e"
    ),
    "bpmn.event-gateway-few": bpmn(
        SPLIT + "eventBasedGateway g\nintermediateCatchEvent c signal=x\ns -> g -> c -> a -> e\ns -> b -> e"
    ),
    "bpmn.event-gateway-target": bpmn(
        SPLIT + "eventBasedGateway g\nintermediateCatchEvent c signal=x\ns -> g -> c -> a -> e\ng -> b -> e"
    ),
    "bpmn.event-gateway-mixed": bpmn(
        SPLIT
        + "eventBasedGateway g\nintermediateCatchEvent c message=x\nreceiveTask r message=y\ns -> g -> c -> a -> e\n"
        "g -> r -> b -> e"
    ),
    "bpmn.event-gateway-start": bpmn(
        SPLIT
        + "eventBasedGateway g instantiate=true\nintermediateCatchEvent c message=x\nintermediateCatchEvent d message=y\n"
        "s -> g -> c -> a -> e\ng -> d -> b -> e"
    ),
    "bpmn.event-gateway-parallel": bpmn(
        "eventBasedGateway g instantiate=true eventGatewayType=Parallel\nintermediateCatchEvent c message=x\n"
        "intermediateCatchEvent d message=y\nendEvent e\ng -> c -> e\ng -> d -> e"
    ),
    "bpmn.event-kind": bpmn(OK + "endEvent x timer=PT1H\na -> x"),
    "bpmn.start-kind": bpmn(
        "startEvent s\nsubProcess sub\nstartEvent i message=x\nendEvent j\ni -> j\nend\nendEvent e\ns -> sub -> e"
    ),
    "bpmn.event-sub-start": bpmn(OK + "subProcess h triggeredByEvent=true\nstartEvent hs\nendEvent he\nhs -> he\nend"),
    "bpmn.event-nothing": bpmn(OK + "intermediateCatchEvent c\ns -> c -> e"),
    "bpmn.must-interrupt": bpmn(OK + "boundaryEvent b on=a error=x aside\nendEvent f\nb -> f"),
    "bpmn.cancel-place": bpmn(OK + "endEvent x cancel\na -> x"),
    "bpmn.compensation-handler": bpmn(OK + "boundaryEvent b on=a compensate"),
    "bpmn.link": bpmn(OK + "intermediateCatchEvent c link=L\nintermediateThrowEvent t link=L\ns -> t\nc -> e\ns -> c"),
    "bpmn.link-pair": bpmn(OK + "intermediateThrowEvent t link=L\ns -> t"),
    "bpmn.timer-time": bpmn(OK + "intermediateCatchEvent c\n<bpmn:timerEventDefinition/>\ns -> c -> e"),
    "bpmn.condition-empty": bpmn(OK + "intermediateCatchEvent c condition=''\ns -> c -> e"),
    "bpmn.throw-nameless": bpmn(OK + "endEvent x error\na -> x"),
    "bpmn.compensated-scope": bpmn(
        SPLIT + "subProcess sub\nuserTask x\nend\ns -> sub -> e\nintermediateThrowEvent t compensate=x\ns -> t -> e\n"
        "s -> a -> e\ns -> b -> e"
    ),
    "bpmn.start-and-end": bpmn("startEvent s\nuserTask a\ns -> a"),
    "bpmn.quantity": bpmn(OK.replace("userTask a", "userTask a startQuantity=0")),
    "bpmn.loop-endless": bpmn(OK.replace("userTask a", "userTask a\n<bpmn:standardLoopCharacteristics/>")),
    "bpmn.loop-instances": bpmn(OK.replace("userTask a", "userTask a\n<bpmn:multiInstanceLoopCharacteristics/>")),
    "bpmn.loop-behaviour": bpmn(
        OK.replace(
            "userTask a",
            'userTask a\n<bpmn:multiInstanceLoopCharacteristics behavior="One">'
            "<bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>",
        )
    ),
    "bpmn.boundary-host": bpmn(
        SPLIT
        + "subProcess sub\nuserTask x\nend\ns -> sub -> e\ns -> a -> e\nboundaryEvent c on=x signal=y\nc -> b -> e"
    ),
    "bpmn.receive-start": bpmn(OK + "receiveTask r message=m instantiate=true\ns -> r -> e"),
    "bpmn.adhoc-content": bpmn(
        'startEvent s\nadHocSubProcess sub\n<bpmn:startEvent id="i"/><bpmn:userTask id="x"/>\nend\nendEvent e\ns -> sub -> e'
    ),
    "bpmn.call-nothing": bpmn(OK + "callActivity c\ns -> c -> e"),
    "bpmn.call-dynamic": bpmn(OK + "callActivity c calledElement=${x}\ns -> c -> e"),
    "bpmn.event-sub-loop": bpmn(
        OK + "subProcess h triggeredByEvent=true\n<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2"
        "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>\nstartEvent hs signal=x\nendEvent he\nhs -> he\nend"
    ),
    "bpmn.data-reference": bpmn(OK + "dataObjectReference d"),
    "bpmn.data-set": bpmn(
        OK
        + f"userTask b\n{ITEMS}\nuserTask c\n"
        + ITEMS.replace('"io"', '"io2"')
        .replace('"in"', '"in2"')
        .replace('"out"', '"out2"')
        .replace("<bpmn:inputSet/>", "<bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet>")
        + "\ns -> b -> e\ns -> c -> e"
    ),
    "bpmn.data-association": bpmn(
        OK
        + "userTask b\n<bpmn:dataOutputAssociation><bpmn:sourceRef>a</bpmn:sourceRef><bpmn:targetRef>a</bpmn:targetRef>"
        "</bpmn:dataOutputAssociation>\ns -> b -> e"
    ),
    "bpmn.data-association-end": bpmn(
        OK + f"userTask b\n{ITEMS}<bpmn:dataInputAssociation><bpmn:sourceRef>d</bpmn:sourceRef>"
        "<bpmn:targetRef>out</bpmn:targetRef></bpmn:dataInputAssociation>\ndataObject d\ns -> b -> e"
    ),
    "bpmn.data-state": bpmn(OK + "dataObject d\n<bpmn:dataState/>"),
    "bpmn.data-reach": bpmn(
        SPLIT
        + "subProcess sub\nuserTask x\ndataObject d\nend\ns -> sub -> a -> e\n"
        + f"userTask c\n{FULL}"
        "<bpmn:dataInputAssociation><bpmn:sourceRef>d</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>"
        "\na -> c -> b -> e"
    ),
    "bpmn.data-unset": bpmn(OK + f"userTask b\n{ITEMS}\ns -> b -> e"),
    "bpmn.data-embedded": bpmn(OK + f"subProcess b\n{FULL}\nuserTask x\nend\ns -> b -> e"),
    "bpmn.data-operation": bpmn(
        OK + f"serviceTask b operationRef=op\n{FULL}\ns -> b -> e",
        extra='<bpmn:itemDefinition id="it"/><bpmn:message id="m" itemRef="it"/><bpmn:interface id="if" name="i"><bpmn:operation id="op" name="o">'
        "<bpmn:inMessageRef>m</bpmn:inMessageRef></bpmn:operation></bpmn:interface>",
    ),
    "bpmn.data-message": bpmn(
        OK + f"sendTask b messageRef=m\n{FULL}\ns -> b -> e", extra='<bpmn:itemDefinition id="it"/><bpmn:message id="m" itemRef="it"/>'
    ),
    "bpmn.data-event": bpmn(
        OK + "intermediateThrowEvent b signal=x\ns -> b -> e"
    ).replace(
        b'<bpmn:intermediateThrowEvent id="b">',
        b'<bpmn:intermediateThrowEvent id="b"><bpmn:dataInput id="i1"/><bpmn:dataInput id="i2"/>'
        b"<bpmn:inputSet><bpmn:dataInputRefs>i1</bpmn:dataInputRefs><bpmn:dataInputRefs>i2</bpmn:dataInputRefs></bpmn:inputSet>",
    ),
    "bpmn.data-called": bpmn(
        OK + "callActivity c calledElement=q\ns -> c -> e",
        extra=f'<bpmn:globalUserTask id="q">{FULL}</bpmn:globalUserTask>',
    ),
    "bpmn.loop-data": bpmn(
        "startEvent s\nsubProcess b\n<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>d</bpmn:loopDataInputRef>"
        "</bpmn:multiInstanceLoopCharacteristics>\nuserTask x\nend\ndataObject d\nendEvent e\ns -> b -> e"
    ),
    "bpmn.reference-elsewhere": bpmn(OK + "endEvent x\n<bpmn:errorEventDefinition errorRef='o:gone'/>\na -> x").replace(
        b'targetNamespace="urn:test">',
        b'targetNamespace="urn:test" xmlns:o="urn:other"><bpmn:import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        b'location="other.bpmn" namespace="urn:other"/>',
    ),
    "bpmn.boundary-end": bpmn("startEvent s\nuserTask a\nuserTask b\nendEvent e\ns -> a -> e\nboundaryEvent t on=a timer=PT1H\nb -> e"),
    "bpmn.definition-nested": bpmn(
        OK + "intermediateCatchEvent c\n<bpmn:signalEventDefinition id='own'/>\n"
        "intermediateCatchEvent d\n<bpmn:eventDefinitionRef>own</bpmn:eventDefinitionRef>\ns -> c -> d -> e"
    ),
    "bpmn.lane-foreign": bpmn(OK).replace(
        b'isExecutable="true">',
        b'isExecutable="true"><bpmn:laneSet><bpmn:lane id="l1"><bpmn:flowNodeRef>elsewhere</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
    ).replace(b"</bpmn:definitions>", b'<bpmn:process id="other"><bpmn:task id="elsewhere"/></bpmn:process></bpmn:definitions>'),
    "bpmn.conversation-link": bpmn(
        OK,
        extra=PEOPLE.format(
            '<bpmn:participant id="two"/><bpmn:conversation id="talk"/><bpmn:conversationLink id="cl" sourceRef="one" targetRef="two"/>'
        ),
    ),
    "bpmn.lane-twice": bpmn(OK).replace(
        b'isExecutable="true">',
        b'isExecutable="true"><bpmn:laneSet><bpmn:lane id="l1"><bpmn:flowNodeRef>a'
        b'</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="l2"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
    ),
    "bpmn.lane-partition": bpmn(OK).replace(
        b'isExecutable="true">',
        b'isExecutable="true"><bpmn:laneSet><bpmn:lane id="l1" partitionElementRef="x">'
        b'<bpmn:partitionElement id="pe"/></bpmn:lane></bpmn:laneSet>',
    ),
    "bpmn.message-flow": bpmn(OK, extra=PEOPLE.format('<bpmn:messageFlow id="mf" sourceRef="a" targetRef="one"/>')),
    "bpmn.multiplicity": bpmn(
        OK,
        extra=PEOPLE.replace(
            'processRef="p"/>',
            'processRef="p"><bpmn:participantMultiplicity minimum="3" maximum="2"/></bpmn:participant>',
        ).format(""),
    ),
    "bpmn.correlation": bpmn(
        OK,
        extra='<bpmn:correlationProperty id="cp"><bpmn:correlationPropertyRetrievalExpression messageRef="m"><bpmn:messagePath>x'
        '</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty><bpmn:message id="m"/>'
        + PEOPLE.format(
            '<bpmn:correlationKey id="k"><bpmn:correlationPropertyRef>cp</bpmn:correlationPropertyRef></bpmn:correlationKey>'
        ),
    ).replace(b"</bpmn:process>", b'<bpmn:correlationSubscription id="cs" correlationKeyRef="k"/></bpmn:process>'),
    "bpmn.correlation-twice": bpmn(
        OK,
        extra='<bpmn:message id="m"/><bpmn:correlationProperty id="cp">'
        + 2
        * (
            '<bpmn:correlationPropertyRetrievalExpression messageRef="m"><bpmn:messagePath>x</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression>'
        )
        + "</bpmn:correlationProperty>",
    ),
    "bpmn.reference-nothing": bpmn(OK + "a ~ gone"),
    "bpmn.default-condition": bpmn(
        SPLIT + "exclusiveGateway g default=g-b\ns -> g\ng -> a : x\ng -> b : y\na -> e\nb -> e"
    ),
    "bpmn.throw-codeless": bpmn(OK + "endEvent x error=boom\na -> x").replace(b' errorCode="boom"', b""),
    "bpmn.message-nothing": bpmn(OK + "intermediateCatchEvent c message\ns -> c -> e"),
    "bpmn.handler-unused": bpmn(OK + "serviceTask u isForCompensation=true"),
    "bpmn.data-collection": bpmn(
        OK + "dataObject d itemSubjectRef=it isCollection=true", extra='<bpmn:itemDefinition id="it"/>'
    ),
    "bpmn.data-optional": bpmn(
        OK
        + "userTask b\n"
        + ITEMS.replace(
            "<bpmn:inputSet/>", "<bpmn:inputSet><bpmn:optionalInputRefs>in</bpmn:optionalInputRefs></bpmn:inputSet>"
        )
        + "\ns -> b -> e"
    ),
    "bpmn.data-pair": bpmn(
        OK
        + "userTask b\n"
        + ITEMS.replace(
            "<bpmn:inputSet/><bpmn:outputSet/>",
            '<bpmn:inputSet id="is"><bpmn:outputSetRefs>os'
            '</bpmn:outputSetRefs></bpmn:inputSet><bpmn:outputSet id="os"/>',
        )
        + "\ns -> b -> e"
    ),
    "bpmn.script-format": bpmn(OK + "scriptTask b\n<bpmn:script>{{x: 1}}</bpmn:script>\ns -> b -> e"),
    "bpmn.not-xml": b"<bpmn:definitions",
    "bpmn.not-bpmn": b"<html/>",
    "bpmn.schema": bpmn(OK).replace(b'<bpmn:userTask id="a">', b'<bpmn:userTask id="a" startQuantity="many">'),
    "bpmn.not-executable": bpmn(OK).replace(b'isExecutable="true"', b'isExecutable="false"'),
    "bpmn.refused": bpmn(OK, extra='<bpmn:choreography id="c"/>'),
    "bpmn.unknown-element": bpmn(OK + "userTask b\n<bpmn:wish/>\ns -> b -> e"),
    "bpmn.unknown-wf": bpmn(OK.replace("userTask a", "userTask a wf:colour=red")),
    "bpmn.misplaced-wf": bpmn(OK.replace("startEvent s", "startEvent s wf:form=x.json")),
    "bpmn.not-a-choice": bpmn(OK.replace("userTask a", "userTask a wf:clock=faster")),
    "bpmn.binding-incomplete": bpmn(
        OK + 'serviceTask b\n<bpmn:extensionElements><wf:input name="x"/></bpmn:extensionElements>\ns -> b -> e'
    ),
    "bpmn.expression": bpmn(SPLIT + "exclusiveGateway g\ns -> g\ng -> a : x >\ng -> b -> e\na -> e"),
    "bpmn.expression-language": bpmn(SPLIT + "exclusiveGateway g\ns -> g\ng -> a : x\ng -> b -> e\na -> e").replace(
        b"<bpmn:conditionExpression>", b'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="python">'
    ),
    "bpmn.expression-foreign": bpmn(
        SPLIT + "exclusiveGateway g\ns -> g\ng -> a : ${bean.check(x)}\ng -> b -> e\na -> e"
    ),
    "bpmn.timer": bpmn(OK + "intermediateCatchEvent c timer=tomorrow\ns -> c -> e"),
    "bpmn.script-target": bpmn(
        OK + "scriptTask b scriptFormat=feel\n<bpmn:script>x = x + 1</bpmn:script>\ns -> b -> e"
    ),
    "bpmn.called-missing": bpmn(OK + "callActivity c calledElement=other\ns -> c -> e"),
}


def findings(xml: bytes) -> list[Any]:
    """Everything found in a file that must be refused."""
    with pytest.raises(BpmnRefused) as refused:
        read(xml, file="x.bpmn")
    return list(refused.value.findings)


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_each_broken_model_is_refused_with_its_reason_and_place(code: str) -> None:
    found = next((f for f in findings(BROKEN[code]) if f.code == code), None)
    assert found is not None, [f.code for f in findings(BROKEN[code])]
    assert found.file == "x.bpmn" and found.severity == "error"
    assert found.line or code == "bpmn.not-executable"
    for language in ("vi", "en"):
        sentence = Wording(language).say(found)
        assert "lint.bpmn" not in sentence and "…" not in sentence


def test_every_rule_has_its_broken_model() -> None:
    assert {rule.code for rule in RULES} <= set(BROKEN)


def test_a_script_language_nobody_registered_is_refused_when_the_registered_ones_are_known() -> None:
    xml = bpmn(OK + "scriptTask b scriptFormat=groovy\n<bpmn:script>x</bpmn:script>\ns -> b -> e")
    assert [f.code for f in read(xml).report] == ["bpmn.script-language"]
    with pytest.raises(BpmnRefused):
        read(xml, languages=())


def test_entities_and_outside_files_are_never_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    xml = (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file://'
        + str(secret).encode()
        + b'">]>'
        + bpmn(OK).replace(b'id="a">', b'id="a" name="n"><bpmn:documentation>&x;</bpmn:documentation>')
    )
    assert [f.code for f in findings(xml)] == ["bpmn.doctype"]


def harmless() -> Iterator[bytes]:
    """Files with things that do not matter."""
    yield bpmn(OK, extra='<bpmn:category id="c"/>')
    yield bpmn(OK).replace(
        b"</bpmn:process>",
        b'<bpmn:textAnnotation id="t"><bpmn:text>note</bpmn:text></bpmn:textAnnotation></bpmn:process>',
    )


def test_what_does_not_matter_is_reported_and_not_refused() -> None:
    for xml in harmless():
        report = read(xml).report
        assert report and all(f.severity == "warning" for f in report)
        assert "lint.bpmn" not in Wording("vi").say(report[0])
