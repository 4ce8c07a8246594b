"""Pools and lanes: who stands where, what participants send each other, and what keeps it together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ELSEWHERE, NS, Fault, Index, Rule, kind, process_of

THROWS = frozenset(("intermediateThrowEvent", "endEvent"))
CATCHES = frozenset(("startEvent", "intermediateCatchEvent", "boundaryEvent"))
CONVERSATIONS = frozenset(("conversation", "subConversation", "callConversation"))


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
    process = process_of(element)
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


def foreign_lanes(index: Index) -> Iterator[Fault]:
    """A lane holds nodes of its own process."""
    for reference in index.all("flowNodeRef"):
        node = index.find(reference.text, reference)
        if node is not None and node is not ELSEWHERE and process_of(node) is not process_of(reference):
            yield reference, {"node": node.get("id")}


def conversation_links(index: Index) -> Iterator[Fault]:
    """A conversation link joins a conversation and a participant."""
    for link in index.all("conversationLink"):
        ends = [index.find(link.get(name), link) for name in ("sourceRef", "targetRef")]
        if None in ends or ELSEWHERE in ends:
            continue
        if len([end for end in ends if local(end) in CONVERSATIONS]) != 1:
            yield link, {}


RULES = (
    Rule("bpmn.lane-twice", "BPMN 2.0.2, 10.8", lanes),
    Rule("bpmn.lane-foreign", "BPMN 2.0.2, 10.8", foreign_lanes),
    Rule("bpmn.lane-partition", "BPMN 2.0.2, 10.8", partitions),
    Rule("bpmn.message-flow", "BPMN 2.0.2, 7.6.2 and 9.4", message_flows),
    Rule("bpmn.multiplicity", "BPMN 2.0.2, 9.3.2", multiplicities),
    Rule("bpmn.conversation-link", "BPMN 2.0.2, 9.5.4", conversation_links),
    Rule("bpmn.correlation", "BPMN 2.0.2, 8.4.2", correlations),
    Rule("bpmn.correlation-twice", "BPMN 2.0.2, 8.4.2", retrievals),
)
