"""Activities: loops, quantities, attachment, sub-processes."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ACTIVITIES, NS, SUBS, Fault, Index, Rule, is_event_sub, scope, yes

COLLECTIONS = (
    "{http://camunda.org/schema/1.0/bpmn}collection",
    "{http://operaton.org/schema/1.0/bpmn}collection",
    "{http://flowable.org/bpmn}collection",
    "{http://activiti.org/bpmn}collection",
)
"""Where tools of the Camunda family write the collection of a multi-instance activity."""


def quantities(index: Index) -> Iterator[Fault]:
    """At least one token starts an activity, at least one leaves it."""
    for activity in index.all(*sorted(ACTIVITIES)):
        for name in ("startQuantity", "completionQuantity"):
            value = (activity.get(name) or "1").strip()
            if not value.isdigit() or int(value) < 1:
                yield activity, {"attribute": name, "value": value}


def endless_loops(index: Index) -> Iterator[Fault]:
    """A loop ends by its condition or after a number of rounds."""
    for loop in index.all("standardLoopCharacteristics"):
        condition = loop.find(NS + "loopCondition")
        maximum = loop.get("loopMaximum")
        if maximum is not None and (not maximum.strip().isdigit()):
            yield loop, {"value": maximum}
        elif maximum is None and (condition is None or not (condition.text or "").strip()):
            yield loop, {"value": ""}


def instances(index: Index) -> Iterator[Fault]:
    """The number of instances comes from a cardinality or from a collection, not from both; items need their collection."""
    for loop in index.all("multiInstanceLoopCharacteristics"):
        cardinality = loop.find(NS + "loopCardinality")
        gathered = loop.find(NS + "loopDataOutputRef") is not None
        collection = loop.find(NS + "loopDataInputRef") is not None or any(loop.get(name) for name in COLLECTIONS)
        if (
            (cardinality is not None and bool((cardinality.text or "").strip())) == collection
            or loop.find(NS + "inputDataItem") is not None
            and not collection
            or loop.find(NS + "outputDataItem") is not None
            and not gathered
        ):
            yield loop, {}


def behaviours(index: Index) -> Iterator[Fault]:
    """A multi-instance behaviour names the event it throws, and only the behaviour that throws it may."""
    for loop in index.all("multiInstanceLoopCharacteristics"):
        behaviour = loop.get("behavior", "All")
        complex_ = loop.find(NS + "complexBehaviorDefinition") is not None
        wrong = (
            (behaviour == "None") != (loop.get("noneBehaviorEventRef") is not None)
            or (behaviour == "One") != (loop.get("oneBehaviorEventRef") is not None)
            or (behaviour == "Complex") != complex_
        )
        if wrong:
            yield loop, {"behaviour": behaviour}


def attached(index: Index) -> Iterator[Fault]:
    """A boundary event is attached to an activity of its own scope that is part of the flow."""
    for event in index.all("boundaryEvent"):
        host = index.by_id.get(event.get("attachedToRef") or "")
        if host is not None and (scope(host) is not scope(event) or is_event_sub(host)):
            yield event, {"host": host.get("id")}


def starting_receive(index: Index) -> Iterator[Fault]:
    """A receive task that starts a process has no way in."""
    for task in index.all("receiveTask"):
        if yes(task, "instantiate") and index.incoming(task):
            yield task, {}


def adhoc(index: Index) -> Iterator[Fault]:
    """An ad-hoc sub-process holds activities, and no start or end events."""
    for sub in index.all("adHocSubProcess"):
        tags = {local(child) for child in sub}
        if tags & {"startEvent", "endEvent"} or not tags & ACTIVITIES:
            yield sub, {}


def calls(index: Index) -> Iterator[Fault]:
    """A call activity says what it calls."""
    for call in index.all("callActivity"):
        if not (call.get("calledElement") or "").strip():
            yield call, {}


def dynamic_calls(index: Index) -> Iterator[Fault]:
    """What is called is known when the pack is published, never computed."""
    for call in index.all("callActivity"):
        if "{" in (call.get("calledElement") or ""):
            yield call, {"called": call.get("calledElement")}


def endless_calls(index: Index) -> Iterator[Fault]:
    """A process or sub-process that is entered must have something to begin with."""
    for sub in index.all(*sorted(SUBS)):
        if is_event_sub(sub) and sub.find(NS + "multiInstanceLoopCharacteristics") is not None:
            yield sub, {}


RULES = (
    Rule("bpmn.quantity", "BPMN 2.0.2, 10.3", quantities),
    Rule("bpmn.loop-endless", "BPMN 2.0.2, 10.3.8", endless_loops),
    Rule("bpmn.loop-instances", "BPMN 2.0.2, 10.3.8", instances),
    Rule("bpmn.loop-behaviour", "BPMN 2.0.2, 10.3.8", behaviours),
    Rule("bpmn.boundary-host", "BPMN 2.0.2, 10.5.4", attached),
    Rule("bpmn.receive-start", "BPMN 2.0.2, 10.3.3, Receive Task", starting_receive),
    Rule("bpmn.adhoc-content", "BPMN 2.0.2, 10.3.5", adhoc),
    Rule("bpmn.call-nothing", "BPMN 2.0.2, 10.3.6", calls),
    Rule("bpmn.call-dynamic", "Wardflow", dynamic_calls),
    Rule("bpmn.event-sub-loop", "BPMN 2.0.2, 10.3.5", endless_calls),
)
