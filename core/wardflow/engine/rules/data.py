"""Data, lanes, messages between participants, correlation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ELSEWHERE, NS, Fault, Index, Rule, kind, yes

THROWS = frozenset(("intermediateThrowEvent", "endEvent"))
CATCHES = frozenset(("startEvent", "intermediateCatchEvent", "boundaryEvent"))


def pointless_references(index: Index) -> Iterator[Fault]:
    """A data reference names the data object it stands for."""
    for reference in index.all("dataObjectReference"):
        if not reference.get("dataObjectRef"):
            yield reference, {}


def foreign_sets(index: Index) -> Iterator[Fault]:
    """Input and output sets list the inputs and outputs of their own specification."""
    for item in index.all("dataInputRefs", "dataOutputRefs", "optionalInputRefs", "optionalOutputRefs"):
        target = index.find(item.text, item)
        home = item.getparent().getparent()
        if target is not None and target is not ELSEWHERE and target.getparent() is not home:
            yield item, {"reference": (item.text or "").strip()}


def associations(index: Index) -> Iterator[Fault]:
    """A data association leads from one thing that holds data to another."""
    for association in index.all("dataInputAssociation", "dataOutputAssociation"):
        sources = list(association.iterchildren(NS + "sourceRef"))
        if len(sources) > 1 and association.find(NS + "transformation") is None:
            yield association, {}
        if (
            not sources
            and association.find(NS + "assignment") is None
            and association.find(NS + "transformation") is None
        ):
            yield association, {}
        for end in (*sources, *association.iterchildren(NS + "targetRef")):
            target = index.find(end.text, end)
            if target is None or (target is not ELSEWHERE and local(target) not in HOLDERS):
                yield association, {"reference": (end.text or "").strip()}


HOLDERS = frozenset(
    (
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "dataInput",
        "dataOutput",
        "property",
        "inputDataItem",
        "outputDataItem",
    )
)


def inputs_of_outputs(index: Index) -> Iterator[Fault]:
    """An input association ends at an input of its own activity, an output association begins at an output of it."""
    for tag, end, wanted in (
        ("dataInputAssociation", "targetRef", "dataInput"),
        ("dataOutputAssociation", "sourceRef", "dataOutput"),
    ):
        for association in index.all(tag):
            for reference in association.iterchildren(NS + end):
                target = index.find(reference.text, reference)
                if target is None or target is ELSEWHERE or local(target) not in ("dataInput", "dataOutput"):
                    continue
                if local(target) != wanted or association.getparent() not in target.iterancestors():
                    yield association, {"reference": (reference.text or "").strip()}


def collections(index: Index) -> Iterator[Fault]:
    """A data element is a collection exactly when its item definition says so."""
    for element in index.all("dataObject", "dataInput", "dataOutput"):
        item = index.find(element.get("itemSubjectRef"), element)
        if item is None or item is ELSEWHERE or element.get("isCollection") is None:
            continue
        if yes(element, "isCollection") != yes(item, "isCollection"):
            yield element, {"item": item.get("id")}


def optional_parts(index: Index) -> Iterator[Fault]:
    """What an input or output set calls optional or needed while executing is in the set."""
    for tag, kinds in (
        ("inputSet", ("dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs")),
        ("outputSet", ("dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs")),
    ):
        for element in index.all(tag):
            whole, *parts = ({(e.text or "").strip() for e in element.iterchildren(NS + kind_)} for kind_ in kinds)
            for name in sorted(set().union(*parts) - whole):
                yield element, {"reference": name}


def paired_sets(index: Index) -> Iterator[Fault]:
    """Input and output sets that name each other do so on both sides."""
    for tag, here, there in (
        ("inputSet", "outputSetRefs", "inputSetRefs"),
        ("outputSet", "inputSetRefs", "outputSetRefs"),
    ):
        for element in index.all(tag):
            for reference in element.iterchildren(NS + here):
                other = index.find(reference.text, reference)
                if other is None or other is ELSEWHERE:
                    continue
                if element.get("id") not in {
                    (e.text or "").strip().split(":")[-1] for e in other.iterchildren(NS + there)
                }:
                    yield element, {"reference": (reference.text or "").strip()}


def lanes(index: Index) -> Iterator[Fault]:
    """A node stands in one lane of a lane set."""
    for lane_set in index.all("laneSet", "childLaneSet"):
        seen: set[str] = set()
        for lane in lane_set.iterchildren(NS + "lane"):
            for reference in lane.iterchildren(NS + "flowNodeRef"):
                name = (reference.text or "").strip()
                if name in seen:
                    yield lane, {"node": name}
                seen.add(name)


def pool_of(index: Index, element: Any) -> Any:
    """The participant an element belongs to."""
    if local(element) == "participant":
        return element
    process = next(element.iterancestors(NS + "process"), None)
    name = None if process is None else process.get("id")
    return next((p for p in index.all("participant") if p.get("processRef", "").split(":")[-1] == name), process)


def message_flows(index: Index) -> Iterator[Fault]:
    """A message flow runs between two participants, from what can send to what can receive."""
    for flow in index.all("messageFlow"):
        source, target = index.find(flow.get("sourceRef"), flow), index.find(flow.get("targetRef"), flow)
        if source is None or target is None or ELSEWHERE in (source, target):
            continue
        sends = local(source) not in CATCHES and not local(source).endswith("Gateway")
        hears = local(target) not in THROWS and not local(target).endswith("Gateway")
        if (
            pool_of(index, source) is pool_of(index, target)
            or not sends
            or not hears
            or not _speaks(index, source)
            or not _speaks(index, target)
        ):
            yield flow, {"source": flow.get("sourceRef"), "target": flow.get("targetRef")}


def _speaks(index: Index, element: Any) -> bool:
    """An event on a message flow is a message event."""
    if not local(element).endswith("Event"):
        return True
    kinds = {kind(t) for t in index.triggers(element)}
    return "message" in kinds or not kinds


def multiplicities(index: Index) -> Iterator[Fault]:
    """A participant's minimum is not above its maximum."""
    for element in index.all("participantMultiplicity"):
        low, high = element.get("minimum", "0"), element.get("maximum", "1")
        numbers = low.lstrip("-").isdigit() and high.lstrip("-").isdigit()
        if not numbers or int(low) < 0 or int(high) < 1 or int(high) < int(low):
            yield element, {"minimum": low, "maximum": high}


def correlations(index: Index) -> Iterator[Fault]:
    """A correlation subscription binds exactly the properties of its key."""
    for subscription in index.all("correlationSubscription"):
        key = index.find(subscription.get("correlationKeyRef"), subscription)
        if key is None or key is ELSEWHERE:
            continue
        wanted = {(e.text or "").strip().split(":")[-1] for e in key.iterchildren(NS + "correlationPropertyRef")}
        bound = [
            b.get("correlationPropertyRef", "").split(":")[-1]
            for b in subscription.iterchildren(NS + "correlationPropertyBinding")
        ]
        if set(bound) != wanted or len(bound) != len(set(bound)):
            yield subscription, {}


def partitions(index: Index) -> Iterator[Fault]:
    """A lane is partitioned by an element of its own or by a reference, not by both."""
    for lane in index.all("lane"):
        if lane.get("partitionElementRef") and lane.find(NS + "partitionElement") is not None:
            yield lane, {}


def retrievals(index: Index) -> Iterator[Fault]:
    """A correlation property is read at most once from each message."""
    for prop in index.all("correlationProperty"):
        names = [r.get("messageRef") for r in prop.iterchildren(NS + "correlationPropertyRetrievalExpression")]
        if len(names) != len(set(names)):
            yield prop, {}


RULES = (
    Rule("bpmn.data-reference", "BPMN 2.0.2, 10.4.1", pointless_references),
    Rule("bpmn.data-set", "BPMN 2.0.2, 10.4.1", foreign_sets),
    Rule("bpmn.data-association", "BPMN 2.0.2, 10.4.1", associations),
    Rule("bpmn.data-association-end", "BPMN 2.0.2, 10.4.1", inputs_of_outputs),
    Rule("bpmn.data-collection", "BPMN 2.0.2, 10.4.1", collections),
    Rule("bpmn.data-optional", "BPMN 2.0.2, 10.4.1", optional_parts),
    Rule("bpmn.data-pair", "BPMN 2.0.2, 10.4.1", paired_sets),
    Rule("bpmn.lane-twice", "BPMN 2.0.2, 10.8", lanes),
    Rule("bpmn.lane-partition", "BPMN 2.0.2, 10.8", partitions),
    Rule("bpmn.message-flow", "BPMN 2.0.2, 7.6.2 and 9.4", message_flows),
    Rule("bpmn.multiplicity", "BPMN 2.0.2, 9.3.2", multiplicities),
    Rule("bpmn.correlation", "BPMN 2.0.2, 8.4.2", correlations),
    Rule("bpmn.correlation-twice", "BPMN 2.0.2, 8.4.2", retrievals),
)
