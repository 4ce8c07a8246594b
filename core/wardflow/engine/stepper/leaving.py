"""Leaving an element, and what follows when nothing is left in a scope."""

from __future__ import annotations

from wardflow.engine.definition import Node, Out
from wardflow.engine.effects import CaseEnded
from wardflow.engine.state import Scope, Token
from wardflow.engine.stepper import activities, compensation, loops
from wardflow.engine.stepper.run import Run, Stuck
from wardflow.errors import FeelLimit

SPLITS = frozenset(("inclusiveGateway", "complexGateway"))


def leave(run: Run, node: Node, scope: int) -> None:
    """Send tokens over the outgoing flows whose condition holds, or the default one (BPMN 2.0.2, 13.2.1 and 13.3.1)."""
    if node.plain:
        run.pass_on(node, scope)
        return
    if node.loop and run.state.scopes[scope].process == "@" + node.id:
        loops.iterated(run, node, run.state.scopes[scope])
        return
    chosen = choose(run, node, scope)
    run.left(node)
    if node.kind == "endEvent":
        note_outcome(run, node, scope)
    for _ in range(node.completion_quantity):
        for out in chosen:
            run.push(out, scope)
    if not node.outs:
        ended(run, scope)


def choose(run: Run, node: Node, scope: int) -> list[Out]:
    """The flows a token takes: every one whose condition holds, else the default; `Stuck` when there is none."""
    try:
        chosen, conditional = _holding(run, node, scope)
    except FeelLimit as error:
        raise Stuck(node, scope, "bpmn.expression-failed", leaving=True) from error
    # Out of a gateway a flow without a condition always holds; out of an activity it is beside the question.
    if not conditional and not (chosen and node.kind in SPLITS):
        chosen.extend(out for out in node.outs if out.default)
    if node.outs and not chosen:
        raise Stuck(node, scope, "bpmn.no-flow", leaving=True)
    return chosen


def _holding(run: Run, node: Node, scope: int) -> tuple[list[Out], bool]:
    """The flows that hold, and whether one of them has a condition."""
    seen = None
    chosen = []
    conditional = False
    for out in node.outs:
        if out.default:
            continue
        if out.condition is None:
            chosen.append(out)
            continue
        if seen is None:
            seen = run.variables(scope)
        if out.condition.evaluate(seen, calendar=run.host.calendar, now=run.now) is True:
            chosen.append(out)
            conditional = True
    return chosen, conditional


def note_outcome(run: Run, node: Node, scope: int) -> None:
    """Remember the business word of an end the whole case reached."""
    outcome = node.attributes.get("outcome")
    if outcome and not scope:
        run.state.outcome = outcome


def ended(run: Run, scope: int) -> None:
    """Close the scope when no token and no waiting join is left in it (BPMN 2.0.2, 13.3.4)."""
    state = run.state
    here = state.scopes.get(scope)
    if here is None:
        return
    if here.owner:
        owner = state.tokens[here.owner]
        if run.nodes[owner.node].adhoc and activities.next_adhoc(run, owner, scope):
            return
    if any(work[1] == scope for work in run.queue) or any(token.scope == scope for token in state.tokens.values()):
        return
    prefix = f"{scope}|"
    if any(key.startswith(prefix) for key in state.joins):
        return
    close(run, here)


def close(run: Run, scope: Scope) -> None:
    """Take the scope away and finish the activity that owns it, or the case."""
    state = run.state
    del state.scopes[scope.id]
    run.clear_alarms(scope=scope.id)
    kept = state.compensations.pop(scope.id, [])
    if not scope.owner:
        finish_case(run, state.outcome or state.business or "done")
        return
    owner = state.tokens[scope.owner]
    node = run.nodes[owner.node]
    if node.outputs:
        run.write(owner.scope, run.bind(node.outputs, owner.scope, **(scope.vars or {})))
    finish(run, owner, kept)


def finish_case(run: Run, outcome: str) -> None:
    """The case is over."""
    run.state.end = outcome
    run.state.compensations.clear()
    run.state.conditions.clear()
    last = next((i for i in reversed(run.passed) if i in run.nodes), "")
    run.effects.append(CaseEnded(outcome, last))


def finish(run: Run, token: Token, kept: list[object] | None = None) -> None:
    """An activity is done: forget its token, remember how to undo it, go on (BPMN 2.0.2, 13.3.2 and 13.5.5)."""
    node = run.nodes[token.node]
    if node.straight and token.extra is None:
        run.forget(token)
        run.pass_on(node, token.scope)
        return
    if node.after:
        run.associate(node.after, token.scope)
    run.forget(token)
    if (
        node.compensated_by
        or (kept and not node.for_compensation)
        or (node.inner and compensation.handler_of(run, node))
    ):
        run.state.compensations.setdefault(token.scope, []).append([node.id, kept or 0])
    if token.extra == "undo" or node.for_compensation:
        undo = compensation.waiting_for(run, token.id)
        if undo is not None:
            run.left(node)
            compensation.go_on(run, undo)
            return
    leave(run, node, token.scope)


def kill(run: Run, token: Token) -> None:
    """Interrupt an activity and everything inside it (BPMN 2.0.2, 13.3.2)."""
    state = run.state
    for scope in [s.id for s in state.scopes.values() if s.owner == token.id]:
        clear(run, scope)
        del state.scopes[scope]
        state.compensations.pop(scope, None)
        run.clear_alarms(scope=scope)
    run.forget(token)
    run.withdraw(token)


def clear(run: Run, scope: int) -> None:
    """Remove every token, join and piece of work of a scope."""
    state = run.state
    for token in [t for t in state.tokens.values() if t.scope == scope]:
        kill(run, token)
    prefix = f"{scope}|"
    for key in [k for k in state.joins if k.startswith(prefix)]:
        del state.joins[key]
    for work in [w for w in run.queue if w[1] == scope]:
        run.queue.remove(work)
