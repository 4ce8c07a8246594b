"""Events that are thrown: messages, signals, errors, escalations, links, termination, cancellation."""

from __future__ import annotations

from wardflow.engine.definition import Node
from wardflow.engine.effects import IncidentRaised, MessageThrown, SignalThrown
from wardflow.engine.state import CLOSED, Scope, Token
from wardflow.engine.stepper import catching, compensation, leaving
from wardflow.engine.stepper.run import Run


def intermediate(run: Run, node: Node, scope: int, flow: str) -> None:
    """Throw what the event says and go on (BPMN 2.0.2, 13.5.1)."""
    if _follow_link(run, node, scope):
        return
    if any(trigger.kind == "compensate" for trigger in node.triggers):
        throw(run, node, scope, None)
        return
    if not node.triggers:
        leaving.leave(run, node, scope)
        return
    token = run.token(node.id, scope, "hold")
    run.hold(token)
    throw(run, node, scope, token)


def end(run: Run, node: Node, scope: int, flow: str) -> None:
    """Throw what the end event says; the token is consumed (BPMN 2.0.2, 13.5.6)."""
    if _follow_link(run, node, scope):
        return
    if not any(trigger.kind == "compensate" for trigger in node.triggers):
        run.left(node)
        leaving.note_outcome(run, node, scope)
    if node.triggers and throw(run, node, scope, None):
        return
    leaving.ended(run, scope)


def _follow_link(run: Run, node: Node, scope: int) -> bool:
    """Go on at the link's target (BPMN 2.0.2, 10.5.5, Link)."""
    if not node.gate:
        return False
    run.left(node)
    run.enter(node.gate[0], scope)
    return True


def throw(run: Run, node: Node, scope: int, token: Token | None) -> bool:
    """Throw every event definition of the node; true when the scope was ended by it."""
    for trigger in node.triggers:
        name = trigger.name or ""
        if trigger.kind == "signal":
            values = run.bind(node.inputs, scope) if node.inputs else run.carried(node.before, scope)
            catching.deliver(run, "signal", name, values)
            run.effects.append(SignalThrown(name, values))
        elif trigger.kind == "message":
            send(run, node, scope, name)
        elif trigger.kind == "error":
            if not propagate(run, "error", trigger.name, scope):
                fail_case(run, node, name)
        elif trigger.kind == "escalation":
            propagate(run, "escalation", trigger.name, scope)
        elif trigger.kind == "terminate":
            here = run.state.scopes[scope]
            leaving.clear(run, scope)
            leaving.close(run, here)
            return True
        elif trigger.kind == "cancel":
            compensation.cancel(run, scope)
            return True
        elif trigger.kind == "compensate":
            compensation.compensate(run, node, scope, trigger.name)
            return True
        if scope not in run.state.scopes:
            return True
    return False


def send(run: Run, node: Node, scope: int, name: str) -> None:
    """Hand a message to the world (BPMN 2.0.2, 13.3.3 Send Task and 10.5.5)."""
    trigger = next(t for t in node.triggers if t.kind == "message" and (t.name or "") == name)
    values = run.bind(node.inputs, scope) if node.inputs else run.carried(node.before, scope)
    keys = run.bind(trigger.keys, scope)
    run.effects.append(MessageThrown(name, values, keys.get("", keys)))


def propagate(run: Run, kind: str, code: str | None, scope: int, token: Token | None = None) -> bool:
    """Let an error or escalation rise to the innermost event that catches it (BPMN 2.0.2, 10.5.7); false when none
    does."""
    state = run.state
    while True:
        if (
            token is not None
            and state.scopes[token.scope].process != "@" + token.node
            and _caught_at(run, token, kind, code)
        ):
            return True
        here = state.scopes[scope]
        if not here.flags & CLOSED and _caught_in(run, here, token, kind, code):
            return True
        if not here.owner:
            return False
        token = state.tokens[here.owner]
        scope = token.scope


def _caught_at(run: Run, token: Token, kind: str, code: str | None) -> bool:
    for exact in (True, False):
        for event in run.nodes[token.node].boundary:
            for trigger in run.nodes[event].triggers:
                if trigger.kind == kind and (trigger.name == code if exact else trigger.name is None):
                    catching.hit(run, token, run.nodes[event], trigger)
                    return True
    return False


def _caught_in(run: Run, scope: Scope, token: Token | None, kind: str, code: str | None) -> bool:
    containers = run.definition.containers
    if scope.process not in containers:
        return False
    for exact in (True, False):
        for sub in containers[scope.process].event_subs:
            if token is not None and token.node == sub:
                continue
            for start in containers[sub].waits:
                heard = any(
                    t.kind == kind and (t.name == code if exact else t.name is None) for t in run.nodes[start].triggers
                )
                if heard:
                    catching.begin_event_sub(run, scope.id, run.nodes[start])
                    return True
    return False


def fail_case(run: Run, node: Node, code: str) -> None:
    """An error end event nobody catches ends the whole case (BPMN 2.0.2, 10.5.3, Error)."""
    state = run.state
    leaving.clear(run, 0)
    state.scopes.clear()
    run.clear_alarms(scope=0)
    run.queue.clear()
    run.effects.append(IncidentRaised("bpmn.error-uncaught", node.id, {"error": code}))
    leaving.finish_case(run, node.attributes.get("outcome") or "error")
