"""Sequence flows: what they may connect, and where conditions may stand."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ACTIVITIES, NS, Fault, Index, Rule, is_event_sub, kind, scope, yes


def crossing(index: Index) -> Iterator[Fault]:
    """A sequence flow stays inside its process or sub-process."""
    for flow in index.all("sequenceFlow"):
        source, target = (index.by_id.get(flow.get(end) or "") for end in ("sourceRef", "targetRef"))
        if source is not None and target is not None and not (scope(source) is scope(target) is scope(flow)):
            yield flow, {"source": flow.get("sourceRef"), "target": flow.get("targetRef")}


def out_of_end(index: Index) -> Iterator[Fault]:
    """Nothing leaves an end event."""
    for event in index.all("endEvent"):
        for flow in index.outgoing(event):
            yield flow, {"node": event.get("id")}


def into_start(index: Index) -> Iterator[Fault]:
    """Nothing enters a start event or a boundary event."""
    for event in index.all("startEvent", "boundaryEvent"):
        for flow in index.incoming(event):
            yield flow, {"node": event.get("id")}


def around_event_sub(index: Index) -> Iterator[Fault]:
    """An event sub-process begins by its event, never by a flow, and nothing follows it."""
    for sub in index.all("subProcess", "transaction", "adHocSubProcess"):
        if is_event_sub(sub) and (index.incoming(sub) or index.outgoing(sub)):
            yield sub, {}


def around_compensation(index: Index) -> Iterator[Fault]:
    """A compensation handler stands outside the normal flow."""
    for activity in index.all(*sorted(ACTIVITIES)):
        if yes(activity, "isForCompensation") and (index.incoming(activity) or index.outgoing(activity)):
            yield activity, {}


def conditions_out_of_events(index: Index) -> Iterator[Fault]:
    """Only activities and deciding gateways may have conditions on their outgoing flows."""
    for node in index.all(
        "startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "eventBasedGateway"
    ):
        for flow in index.outgoing(node):
            if flow.find(NS + "conditionExpression") is not None:
                yield flow, {"node": node.get("id")}


def lonely_condition(index: Index) -> Iterator[Fault]:
    """An activity with a conditional flow needs another way out."""
    for activity in index.all(*sorted(ACTIVITIES)):
        flows = index.outgoing(activity)
        if len(flows) == 1 and flows[0].find(NS + "conditionExpression") is not None:
            yield flows[0], {"node": activity.get("id")}


def foreign_default(index: Index) -> Iterator[Fault]:
    """The default flow leaves the node that names it."""
    for node in index.nodes():
        default = node.get("default")
        flow = index.by_id.get(default) if default else None
        if flow is not None and local(flow) == "sequenceFlow" and flow.get("sourceRef") != node.get("id"):
            yield node, {"flow": default}


def conditional_default(index: Index) -> Iterator[Fault]:
    """The default flow is taken when no condition holds, so it has none itself."""
    for node in index.nodes():
        flow = index.by_id.get(node.get("default") or "")
        if flow is not None and flow.find(NS + "conditionExpression") is not None:
            yield flow, {"node": node.get("id")}


def listed_wrongly(index: Index) -> Iterator[Fault]:
    """The incoming and outgoing lists of a node agree with the flows."""
    for node in index.nodes():
        for tag, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
            for child in node.iterchildren(NS + tag):
                flow = index.find(child.text, child)
                if (
                    flow is not None
                    and hasattr(flow, "get")
                    and local(flow) == "sequenceFlow"
                    and flow.get(end) != node.get("id")
                ):
                    yield child, {"flow": (child.text or "").strip()}


def no_way_in(index: Index) -> Iterator[Fault]:
    """Where there is a start event, everything is reached by a flow."""
    for node in index.nodes():
        home = scope(node)
        if home is None or index.incoming(node) or home.find(NS + "startEvent") is None:
            continue
        if (
            local(node) in ("startEvent", "boundaryEvent")
            or is_event_sub(node)
            or yes(node, "isForCompensation")
            or yes(node, "instantiate")
        ):
            continue
        if local(node) == "intermediateCatchEvent" and any(kind(t) == "link" for t in index.triggers(node)):
            continue
        yield node, {}


def no_way_out(index: Index) -> Iterator[Fault]:
    """Where there is an end event, everything leads on."""
    for node in index.nodes():
        home = scope(node)
        if home is None or index.outgoing(node) or home.find(NS + "endEvent") is None:
            continue
        if local(node) == "endEvent" or is_event_sub(node) or yes(node, "isForCompensation"):
            continue
        kinds = {kind(t) for t in index.triggers(node)}
        if (
            local(node) == "intermediateThrowEvent"
            and "link" in kinds
            or local(node) == "boundaryEvent"
            and "compensate" in kinds
        ):
            continue
        yield node, {}


RULES = (
    Rule("bpmn.flow-crosses", "BPMN 2.0.2, 7.6.1", crossing),
    Rule("bpmn.flow-out-of-end", "BPMN 2.0.2, 10.5.3", out_of_end),
    Rule("bpmn.flow-into-start", "BPMN 2.0.2, 10.5.2 and 10.5.4", into_start),
    Rule("bpmn.flow-event-sub", "BPMN 2.0.2, 10.3.5", around_event_sub),
    Rule("bpmn.flow-compensation", "BPMN 2.0.2, 10.6.1", around_compensation),
    Rule("bpmn.condition-event", "BPMN 2.0.2, 8.4.13", conditions_out_of_events),
    Rule("bpmn.condition-alone", "BPMN 2.0.2, 7.6.1 and 8.4.13", lonely_condition),
    Rule("bpmn.default-foreign", "BPMN 2.0.2, 8.4.13", foreign_default),
    Rule("bpmn.default-condition", "BPMN 2.0.2, 8.4.13", conditional_default),
    Rule("bpmn.flow-listed", "BPMN 2.0.2, 8.4.10", listed_wrongly),
    Rule("bpmn.no-way-in", "BPMN 2.0.2, 10.5.2", no_way_in),
    Rule("bpmn.no-way-out", "BPMN 2.0.2, 10.5.3", no_way_out),
)
