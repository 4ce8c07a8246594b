"""Undoing finished work: compensation handlers, compensation event sub-processes, cancelled transactions."""

from __future__ import annotations

from typing import Any

from wardflow.engine.definition import Node
from wardflow.engine.state import Token
from wardflow.engine.stepper import activities, catching, leaving
from wardflow.engine.stepper.run import Run


def handler_of(run: Run, node: Node) -> str | None:
    """The compensation event sub-process inside a sub-process, if it has one."""
    container = run.definition.containers.get(node.inner) if node.inner else None
    if container is None:
        return None
    for sub in container.event_subs:
        for start in run.definition.containers[sub].waits:
            if any(trigger.kind == "compensate" for trigger in run.nodes[start].triggers):
                return sub
    return None


def waiting_for(run: Run, token: int) -> Token | None:
    """The compensation that waits for this handler to end."""
    return next((t for t in run.state.tokens.values() if t.kind == "undo" and t.extra[0] == token), None)


def compensate(run: Run, node: Node, scope: int, activity: str | None) -> None:
    """Undo finished activities of the scope, the last one first, or only the named one (BPMN 2.0.2, 10.6 and
    13.5.5)."""
    _begin(run, node.id, _compensated_scope(run, scope), scope, activity, cancels=False)


def cancel(run: Run, scope: int) -> None:
    """Cancel the transaction: undo what it did, then leave through its cancel boundary event (BPMN 2.0.2, 13.3.4,
    Transaction)."""
    state = run.state
    while not run.nodes[state.tokens[state.scopes[scope].owner].node].transaction:
        scope = state.tokens[state.scopes[scope].owner].scope
    kept = state.compensations.pop(scope, [])
    leaving.clear(run, scope)
    owner = state.tokens[state.scopes[scope].owner]
    if kept:
        state.compensations[scope] = kept
        _begin(run, owner.node, scope, scope, None, cancels=True)
    else:
        _cancelled(run, owner)


def go_on(run: Run, undo: Token) -> None:
    """Run the next handler; leave the throwing event when all are done."""
    todo: list[Any] = undo.extra[1]
    while todo:
        activity, inner = todo.pop()
        node = run.nodes[activity]
        if node.compensated_by:
            undo.extra[0] = run.state.last + 1
            handler = run.nodes[node.compensated_by]
            run.entered(handler)
            activities.activity(run, handler, undo.scope, "")
            return
        sub = handler_of(run, node)
        if sub is not None:
            _begin_handler(run, undo, sub, inner)
            return
        todo.extend(inner or [])
    _done(run, undo)


def _begin(run: Run, node: str, at: int, scope: int, activity: str | None, *, cancels: bool) -> None:
    kept = run.state.compensations.get(at, [])
    todo = [entry for entry in kept if activity is None or entry[0] == activity]
    rest = [entry for entry in kept if entry not in todo]
    if rest:
        run.state.compensations[at] = rest
    else:
        run.state.compensations.pop(at, None)
    go_on(run, run.token(node, scope, "undo", [0, todo, int(cancels)]))


def _compensated_scope(run: Run, scope: int) -> int:
    """Inside a compensation event sub-process it is the enclosing activity that is compensated."""
    state = run.state
    while not state.compensations.get(scope) and state.scopes[scope].owner and _is_handler(run, scope):
        scope = state.tokens[state.scopes[scope].owner].scope
    return scope


def _is_handler(run: Run, scope: int) -> bool:
    container = run.definition.containers.get(run.state.scopes[scope].process)
    if container is None:
        return False
    return any(trigger.kind == "compensate" for start in container.waits for trigger in run.nodes[start].triggers)


def _begin_handler(run: Run, undo: Token, sub: str, inner: Any) -> None:
    start = run.nodes[run.definition.containers[sub].waits[0]]
    run.entered(run.nodes[sub])
    token = run.token(sub, undo.scope, "sub", "undo")
    undo.extra[0] = token.id
    child = run.scope(start.scope, token.id, catching.initial(run, start.scope))
    if inner:
        run.state.compensations[child.id] = inner
    leaving.leave(run, start, child.id)


def _done(run: Run, undo: Token) -> None:
    node, scope, cancels = run.nodes[undo.node], undo.scope, undo.extra[2]
    run.forget(undo)
    if cancels:
        _cancelled(run, run.state.tokens[run.state.scopes[scope].owner])
    elif node.kind == "endEvent":
        run.left(node)
        leaving.note_outcome(run, node, scope)
        leaving.ended(run, scope)
    else:
        leaving.leave(run, node, scope)


def _cancelled(run: Run, owner: Token) -> None:
    for event in run.nodes[owner.node].boundary:
        for trigger in run.nodes[event].triggers:
            if trigger.kind == "cancel":
                catching.hit(run, owner, run.nodes[event], trigger)
                return
    leaving.kill(run, owner)
    leaving.leave(run, run.nodes[owner.node], owner.scope)
