"""Events: which definitions each may have, and what those need to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.engine.refused import local
from wardflow.engine.rules.index import (
    ACTIVITIES,
    ELSEWHERE,
    NS,
    SUBS,
    Fault,
    Index,
    Rule,
    is_event_sub,
    kind,
    scope,
    yes,
)

TOP = frozenset(("message", "timer", "conditional", "signal"))
BY_EVENT = TOP | {"escalation", "error", "compensate"}
ALLOWED = {
    "endEvent": frozenset(("message", "error", "escalation", "cancel", "compensate", "signal", "terminate")),
    "intermediateCatchEvent": frozenset(("message", "timer", "conditional", "link", "signal")),
    "intermediateThrowEvent": frozenset(("message", "escalation", "compensate", "link", "signal")),
    "boundaryEvent": frozenset(
        ("message", "timer", "escalation", "error", "cancel", "compensate", "conditional", "signal")
    ),
}


def wrong_kinds(index: Index) -> Iterator[Fault]:
    """Each place takes only certain event definitions."""
    for tag, allowed in ALLOWED.items():
        for event in index.all(tag):
            for trigger in index.triggers(event):
                if kind(trigger) not in allowed:
                    yield event, {"kind": kind(trigger)}


def wrong_starts(index: Index) -> Iterator[Fault]:
    """A process starts plainly or by message, timer, condition or signal; a sub-process only plainly; an event
    sub-process by its event."""
    for event in index.all("startEvent"):
        kinds = {kind(t) for t in index.triggers(event)}
        home = scope(event)
        if home is None:
            continue
        if is_event_sub(home):
            allowed = BY_EVENT
        elif local(home) == "process":
            allowed = TOP
        else:
            allowed = frozenset()
        for found in sorted(kinds - allowed):
            yield event, {"kind": found}


def event_sub_starts(index: Index) -> Iterator[Fault]:
    """An event sub-process has exactly one start event, and that has an event."""
    for sub in index.all(*sorted(SUBS)):
        if not is_event_sub(sub):
            continue
        starts = list(sub.iterchildren(NS + "startEvent"))
        if len(starts) != 1 or not index.triggers(starts[0]):
            yield sub, {"count": len(starts)}


def nothing_caught(index: Index) -> Iterator[Fault]:
    """A catching event must say what it waits for."""
    for event in index.all("intermediateCatchEvent", "boundaryEvent"):
        if not index.triggers(event):
            yield event, {}


def dead_boundary(index: Index) -> Iterator[Fault]:
    """What happens at the border of an activity leads on; only compensation has its handler instead."""
    for event in index.all("boundaryEvent"):
        if not index.outgoing(event) and all(kind(t) != "compensate" for t in index.triggers(event)):
            yield event, {}


def nested_definitions(index: Index) -> Iterator[Fault]:
    """Several events may share a definition that stands by itself, none that belongs to another event."""
    for reference in index.all("eventDefinitionRef"):
        definition = index.find(reference.text, reference)
        if definition is not None and definition is not ELSEWHERE and local(definition.getparent()) != "definitions":
            yield reference, {"definition": definition.get("id")}


def must_interrupt(index: Index) -> Iterator[Fault]:
    """Errors and cancellation always interrupt."""
    for event in index.all("boundaryEvent", "startEvent"):
        attribute = "cancelActivity" if local(event) == "boundaryEvent" else "isInterrupting"
        kinds = {kind(t) for t in index.triggers(event)}
        if not yes(event, attribute, default=True) and kinds & {"error", "cancel"}:
            yield event, {"kind": min(kinds)}


def cancel_place(index: Index) -> Iterator[Fault]:
    """Cancellation belongs to transactions."""
    for event in index.all("boundaryEvent", "endEvent"):
        if not any(kind(t) == "cancel" for t in index.triggers(event)):
            continue
        if local(event) == "boundaryEvent":
            host = index.by_id.get(event.get("attachedToRef") or "")
            right = host is not None and local(host) == "transaction"
        else:
            right = next(event.iterancestors(NS + "transaction"), None) is not None
        if not right:
            yield event, {}


def compensation_place(index: Index) -> Iterator[Fault]:
    """A compensation boundary event points to a handler beside it by an association, never by a flow."""
    for event in index.all("boundaryEvent"):
        if not any(kind(t) == "compensate" for t in index.triggers(event)):
            continue
        ends = [(a.get("sourceRef"), a.get("targetRef")) for a in index.all("association")]
        other = {b if a == event.get("id") else a for a, b in ends if event.get("id") in (a, b)}
        handlers = [e for name in other if (e := index.by_id.get(name)) is not None and yes(e, "isForCompensation")]
        if index.outgoing(event) or len(handlers) != 1 or scope(handlers[0]) is not scope(event):
            yield event, {}


def links(index: Index) -> Iterator[Fault]:
    """A link has a name, one target for each name, and no flow on its open side."""
    targets: dict[tuple[Any, str], int] = {}
    for event in index.all("intermediateCatchEvent", "intermediateThrowEvent"):
        for trigger in index.triggers(event):
            if kind(trigger) != "link":
                continue
            catches = local(event) == "intermediateCatchEvent"
            key = (scope(event), trigger.get("name") or "")
            targets[key] = targets.get(key, 0) + catches
            flows = index.incoming(event) if catches else index.outgoing(event)
            if not trigger.get("name") or flows or targets[key] > 1:
                yield event, {"name": trigger.get("name") or ""}


def link_pairs(index: Index) -> Iterator[Fault]:
    """A link that is thrown is caught in the same process, and the other way round."""
    names: dict[str, set[tuple[Any, str]]] = {"intermediateCatchEvent": set(), "intermediateThrowEvent": set()}
    events = []
    for event in index.all(*names):
        for trigger in index.triggers(event):
            if kind(trigger) == "link":
                key = (scope(event), trigger.get("name") or "")
                names[local(event)].add(key)
                events.append((event, key))
    for event, key in events:
        other = "intermediateThrowEvent" if local(event) == "intermediateCatchEvent" else "intermediateCatchEvent"
        if key not in names[other]:
            yield event, {"name": key[1]}


def undated_timers(index: Index) -> Iterator[Fault]:
    """A timer says when in exactly one way."""
    for timer in index.all("timerEventDefinition"):
        times = [
            c
            for c in timer.iterchildren(NS + "timeDate", NS + "timeDuration", NS + "timeCycle")
            if (c.text or "").strip()
        ]
        if len(times) != 1:
            yield timer, {}


def empty_conditions(index: Index) -> Iterator[Fault]:
    """A conditional event has a condition."""
    for definition in index.all("conditionalEventDefinition"):
        condition = definition.find(NS + "condition")
        if condition is None or not (condition.text or "").strip():
            yield definition, {}


def nameless_throws(index: Index) -> Iterator[Fault]:
    """What is thrown has a code or a name by which it can be caught."""
    needed = {"error": "errorRef", "escalation": "escalationRef", "signal": "signalRef"}
    for event in index.all("endEvent", "intermediateThrowEvent"):
        for trigger in index.triggers(event):
            attribute = needed.get(kind(trigger))
            if attribute and not trigger.get(attribute):
                yield event, {"kind": kind(trigger)}


def codeless_throws(index: Index) -> Iterator[Fault]:
    """A thrown error or escalation has a code by which it is caught."""
    for event in index.all("endEvent", "intermediateThrowEvent"):
        for trigger in index.triggers(event):
            code = {"error": "errorCode", "escalation": "escalationCode"}.get(kind(trigger))
            target = index.by_id.get((trigger.get(f"{kind(trigger)}Ref") or "").split(":")[-1])
            if code and target is not None and not target.get(code):
                yield event, {"kind": kind(trigger)}


def speechless_messages(index: Index) -> Iterator[Fault]:
    """A message event says which message."""
    for definition in index.all("messageEventDefinition"):
        if not definition.get("messageRef") and definition.find(NS + "operationRef") is None:
            yield definition, {}


def unused_handlers(index: Index) -> Iterator[Fault]:
    """A compensation handler belongs to a compensation boundary event."""
    ends = {(a.get("sourceRef"), a.get("targetRef")) for a in index.all("association")}
    boundary = {e.get("id") for e in index.all("boundaryEvent")}
    for activity in index.all(*sorted(ACTIVITIES)):
        if yes(activity, "isForCompensation") and not is_event_sub(activity):
            id = activity.get("id")
            if not any((a in boundary and b == id) or (b in boundary and a == id) for a, b in ends):
                yield activity, {}


def compensated_scope(index: Index) -> Iterator[Fault]:
    """A compensation event names an activity of its own scope, or of the one around its event sub-process."""
    for definition in index.all("compensateEventDefinition"):
        target = index.by_id.get(definition.get("activityRef") or "")
        home = scope(definition)
        homes = {home, scope(home) if home is not None and is_event_sub(home) else home}
        if target is not None and scope(target) not in homes:
            yield definition, {"activity": target.get("id")}


def starts_and_ends(index: Index) -> Iterator[Fault]:
    """Start and end events come together."""
    for home in index.all("process", *sorted(SUBS)):
        start, end = home.find(NS + "startEvent"), home.find(NS + "endEvent")
        begins = start is not None or any(yes(c, "instantiate") for c in home)
        if end is not None and not begins or start is not None and end is None:
            yield home, {"missing": "startEvent" if start is None else "endEvent"}


RULES = (
    Rule("bpmn.event-kind", "BPMN 2.0.2, 10.5.3 and 10.5.4", wrong_kinds),
    Rule("bpmn.start-kind", "BPMN 2.0.2, 10.5.2", wrong_starts),
    Rule("bpmn.event-sub-start", "BPMN 2.0.2, 10.3.5 and 10.5.2", event_sub_starts),
    Rule("bpmn.event-nothing", "BPMN 2.0.2, 10.5.4", nothing_caught),
    Rule("bpmn.boundary-end", "BPMN 2.0.2, 10.5.4", dead_boundary),
    Rule("bpmn.definition-nested", "BPMN 2.0.2, 10.5.5", nested_definitions),
    Rule("bpmn.must-interrupt", "BPMN 2.0.2, 10.5.2 and 10.5.4", must_interrupt),
    Rule("bpmn.cancel-place", "BPMN 2.0.2, 10.5.3 and 10.5.4", cancel_place),
    Rule("bpmn.compensation-handler", "BPMN 2.0.2, 10.6.1", compensation_place),
    Rule("bpmn.link", "BPMN 2.0.2, 10.5.5, Link", links),
    Rule("bpmn.link-pair", "BPMN 2.0.2, 10.5.5, Link", link_pairs),
    Rule("bpmn.timer-time", "BPMN 2.0.2, 10.5.5, Timer", undated_timers),
    Rule("bpmn.condition-empty", "BPMN 2.0.2, 10.5.5, Conditional", empty_conditions),
    Rule("bpmn.throw-nameless", "BPMN 2.0.2, 10.5.5", nameless_throws),
    Rule("bpmn.throw-codeless", "BPMN 2.0.2, 10.5.5, Error and Escalation", codeless_throws),
    Rule("bpmn.message-nothing", "BPMN 2.0.2, 10.5.5, Message", speechless_messages),
    Rule("bpmn.handler-unused", "BPMN 2.0.2, 10.6.1", unused_handlers),
    Rule("bpmn.compensated-scope", "BPMN 2.0.2, 10.5.5, Compensation", compensated_scope),
    Rule("bpmn.start-and-end", "BPMN 2.0.2, 10.5.2 and 10.5.3", starts_and_ends),
)
