"""Activities that are done more than once: standard loops and multi-instance, dense when the instances only wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.engine.definition import Loop, Node, Trigger
from wardflow.engine.effects import TaskOpened
from wardflow.engine.state import Scope, Token
from wardflow.engine.stepper import activities, catching, leaving
from wardflow.engine.stepper.run import Run, Stuck
from wardflow.feel import to_json

DENSE = frozenset(("userTask", "manualTask", "serviceTask"))
"""Kinds whose parallel instances differ only in their number while they wait: they share one token."""

STARTED, DONE, TOTAL = 0, 1, 2
"""What a loop token counts."""


def begin(run: Run, node: Node, scope: int) -> None:
    """Begin a loop or multi-instance activity (BPMN 2.0.2, 13.3.6 and 13.3.7)."""
    loop = node.loop
    assert loop is not None
    total = None if loop.standard else _total(run, node, loop, scope)
    if total and not loop.sequential and node.kind in DENSE and not node.compensated_by and loop.behaviour == "all":
        _begin_dense(run, node, scope, total)
        return
    token = run.token(node.id, scope, "loop", [0, 0, total])
    for event in node.boundary:
        catching.arm(run, run.nodes[event], scope, token)
    _prepare_output(run, loop, scope, total)
    if total == 0 or (loop.standard and loop.test_before and not _again(run, loop, token)):
        leaving.finish(run, token)
        return
    for _ in range(1 if loop.sequential else total or 0):
        _iterate(run, node, token)


def _total(run: Run, node: Node, loop: Loop, scope: int) -> int:
    """How many instances there are (BPMN 2.0.2, 10.3.8, loopCardinality and loopDataInputRef)."""
    if loop.collection is not None:
        items = run.evaluate(loop.collection, scope)
        if not isinstance(items, list | tuple):
            raise Stuck(node, scope, "bpmn.no-collection")
        return len(items)
    value = to_json(run.evaluate(loop.cardinality, scope)) if loop.cardinality is not None else None
    if not isinstance(value, int | float) or value < 0 or value != int(value):
        raise Stuck(node, scope, "bpmn.no-cardinality", value=value)
    return int(value)


def _prepare_output(run: Run, loop: Loop, scope: int, total: int | None) -> None:
    """Begin the collection of results: in the order of the instances, null where one gave none."""
    if loop.output:
        run.write(scope, {loop.output: [] if loop.sequential else [None] * (total or 0)})


def _again(run: Run, loop: Loop, token: Token) -> bool:
    """Whether a standard loop goes round once more (BPMN 2.0.2, 13.3.6)."""
    if loop.maximum is not None and token.extra[DONE] >= loop.maximum:
        return False
    return loop.condition is None or run.holds(loop.condition, token.scope, loopCounter=token.extra[STARTED])


def _iterate(run: Run, node: Node, token: Token) -> None:
    number = token.extra[STARTED]
    token.extra[STARTED] += 1
    instance = run.scope("@" + node.id, token.id, instance_data(run, node, token.scope, number))
    run.queue.append((node.id, instance.id, "", 0))


def instance_data(run: Run, node: Node, scope: int, number: int) -> dict[str, Any]:
    """The variables of one instance: its number from 1, its item of the collection, and room for its result."""
    loop = node.loop
    assert loop is not None
    own: dict[str, Any] = {"loopCounter": number + 1}
    if isinstance(loop.output_item, str):
        own[loop.output_item] = None
    if loop.collection is not None and loop.item:
        own[loop.item] = to_json(run.evaluate(loop.collection, scope)[number])
    return own


def iterated(run: Run, node: Node, instance: Scope) -> None:
    """One instance is done: go on with the next, or finish (BPMN 2.0.2, 13.3.6 and 13.3.7)."""
    state, loop = run.state, node.loop
    assert loop is not None
    token = state.tokens[instance.owner]
    token.extra[DONE] += 1
    done, total = token.extra[DONE], token.extra[TOTAL]
    assert instance.vars is not None
    _collect(run, loop, token.scope, instance.vars)
    over = not loop.standard and _complete(run, loop, instance.id, done, token.extra[STARTED] - done, total)
    del state.scopes[instance.id]
    kept = state.compensations.pop(instance.id, None)
    if kept:
        state.compensations.setdefault(token.scope, []).extend(kept)
    _throw_implicit(run, node, loop, token, done)
    if token.id not in state.tokens:
        return
    if loop.standard:
        if _again(run, loop, token):
            _iterate(run, node, token)
            return
    elif not over and (token.extra[STARTED] < total if loop.sequential else done < total):
        if loop.sequential:
            _iterate(run, node, token)
        return
    for other in [s.id for s in state.scopes.values() if s.owner == token.id]:
        leaving.clear(run, other)
        del state.scopes[other]
    leaving.finish(run, token)


def _complete(run: Run, loop: Loop, scope: int, done: int, active: int, total: int, **local: Any) -> bool:
    """Whether the completion condition ends the activity early (BPMN 2.0.2, 10.3.8, completionCondition)."""
    if loop.done is None:
        return False
    return run.holds(loop.done, scope, **local, **counts(done, active, total))


def counts(done: int, active: int, total: int) -> dict[str, int]:
    """The instance counts under the names of the specification and of the Camunda family."""
    return {
        "numberOfInstances": total,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": done,
        "numberOfTerminatedInstances": 0,
        "nrOfInstances": total,
        "nrOfActiveInstances": active,
        "nrOfCompletedInstances": done,
    }


def _collect(run: Run, loop: Loop, scope: int, own: dict[str, Any]) -> None:
    """Put the result of an instance into the output collection at its place."""
    if not loop.output or loop.output_item is None:
        return
    if isinstance(loop.output_item, str):
        value = own.get(loop.output_item, run.variables(scope).get(loop.output_item))
    else:
        value = to_json(run.evaluate(loop.output_item, scope, **own))
    results = list(run.variables(scope).get(loop.output) or [])
    place = own["loopCounter"] - 1
    results.extend([None] * (place + 1 - len(results)))
    results[place] = value
    run.write(scope, {loop.output: results})


def _throw_implicit(run: Run, node: Node, loop: Loop, token: Token, done: int) -> None:
    """Throw what `behavior` says to the activity's own boundary events, which it never interrupts (BPMN 2.0.2,
    10.3.8)."""
    if loop.standard or loop.behaviour == "all":
        return
    thrown: list[Trigger] = []
    if loop.behaviour == "none":
        thrown += loop.each
    elif loop.behaviour == "one" and done == 1:
        thrown += loop.first
    elif loop.behaviour == "complex":
        for condition, triggers in loop.complex:
            if run.holds(condition, token.scope, **counts(done, token.extra[STARTED] - done, token.extra[TOTAL])):
                thrown += triggers
    for trigger in thrown:
        for event in node.boundary:
            if any(catching.matches(t, trigger.kind, trigger.name) for t in run.nodes[event].triggers):
                leaving.leave(run, run.nodes[event], token.scope)


# Dense instances: extra is [first number, total, open ones as hexadecimal bits, done]


def _begin_dense(run: Run, node: Node, scope: int, total: int) -> None:
    loop = node.loop
    assert loop is not None
    _prepare_output(run, loop, scope, total)
    token = run.token(node.id, scope, "many")
    first = token.id + 1
    run.state.last += total
    token.extra = [first, total, f"{(1 << total) - 1:x}", 0]
    for event in node.boundary:
        catching.arm(run, run.nodes[event], scope, token)
    for number in range(first, first + total):
        if node.kind == "serviceTask":
            activities.call(run, node, token, number, **instance_data(run, node, scope, number - first))
        else:
            run.effects.append(TaskOpened(f"t{number}", node.id, node.process))


def is_open(token: Token, number: int) -> bool:
    """Whether an instance of a dense token still waits."""
    first, total, open_, _ = token.extra
    return first <= number < first + total and bool(int(open_, 16) >> (number - first) & 1)


def complete_one(run: Run, token: Token, number: int, values: Mapping[str, Any]) -> None:
    """One dense instance is done (BPMN 2.0.2, 13.3.7)."""
    node = run.nodes[token.node]
    loop = node.loop
    assert loop is not None
    first, total, open_, done = token.extra
    left = int(open_, 16) & ~(1 << (number - first))
    own = instance_data(run, node, token.scope, number - first)
    activities.answered(run, node, token.scope, values, own)
    _collect(run, loop, token.scope, own)
    token.extra = [first, total, f"{left:x}", done + 1]
    if not left or _complete(run, loop, token.scope, done + 1, total - done - 1, total, **own):
        run.withdraw(token)
        leaving.finish(run, token)
