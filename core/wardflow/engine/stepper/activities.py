"""Tasks, sub-processes and calls: beginning them and taking their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.engine.definition import Node
from wardflow.engine.effects import IncidentRaised, ServiceCalled, TaskOpened
from wardflow.engine.state import ISOLATED, Token
from wardflow.engine.stepper import catching, leaving, loops, throwing
from wardflow.engine.stepper.run import LATER, SERVICES, BpmnError, Run, Stuck
from wardflow.errors import TaskGone
from wardflow.feel import to_json

PEOPLE = frozenset(("userTask", "manualTask"))
CONTAINERS = frozenset(("subProcess", "transaction", "adHocSubProcess", "callActivity"))


def person(run: Run, node: Node, scope: int, flow: str) -> None:
    """Open a task for a person (BPMN 2.0.2, 13.3.3, User Task and Manual Task)."""
    if node.simple:
        token = run.token(node.id, scope, "task")
        run.effects.append(TaskOpened(f"t{token.id}", node.id, node.process))
    else:
        activity(run, node, scope, flow)


def activity(run: Run, node: Node, scope: int, flow: str) -> None:
    """Begin an activity once enough tokens have come (BPMN 2.0.2, 13.3.2)."""
    if node.start_quantity > 1 and not _enough(run, node, scope):
        return
    instance = run.state.scopes[scope].process == "@" + node.id
    if node.loop and not instance:
        loops.begin(run, node, scope)
        return
    if node.before:
        run.associate(node.before, scope)
    bare = not (node.boundary and not instance) and not node.compensated_by and not node.for_compensation
    kind = node.kind
    if bare and kind == "task":
        leaving.leave(run, node, scope)
    elif bare and kind == "scriptTask":
        try:
            later = _script(run, node, scope) is LATER
        except BpmnError as error:
            _raised(run, node, scope, error.code, None)
            return
        if later:
            call(run, node, run.token(node.id, scope, "task"))
        else:
            run.associate(node.after, scope)
            leaving.leave(run, node, scope)
    else:
        _guarded(run, node, scope, instance)


def _enough(run: Run, node: Node, scope: int) -> bool:
    """Count tokens up to startQuantity (BPMN 2.0.2, 13.3.2)."""
    key = f"{scope}|{node.id}"
    counts = run.state.joins.setdefault(key, {})
    counts["#"] = counts.get("#", 0) + 1
    if counts["#"] < node.start_quantity:
        return False
    del run.state.joins[key]
    return True


def _guarded(run: Run, node: Node, scope: int, instance: bool) -> None:
    kind = node.kind
    token = run.token(node.id, scope, TOKENS.get(kind, "hold"))
    if kind == "sendTask" and node.handler:
        token.kind = "task"
    if node.kind in PEOPLE:
        run.effects.append(TaskOpened(f"t{token.id}", node.id, node.process))
    if node.boundary and not instance:
        for event in node.boundary:
            catching.arm(run, run.nodes[event], scope, token)
    if kind in CONTAINERS:
        _open(run, node, token)
    elif kind == "receiveTask":
        catching.arm(run, node, scope, token)
    elif kind == "sendTask" and not node.handler:
        run.hold(token)
        throwing.throw(run, node, scope, token)
    elif kind == "businessRuleTask" and run.host.decide is not None and node.decision:
        _decide(run, node, token)
    elif token.kind == "task" and kind in SERVICES:
        call(run, node, token)
    elif kind == "scriptTask":
        _guarded_script(run, node, token)
    elif kind == "task":
        run.hold(token)


TOKENS = {
    "userTask": "task",
    "manualTask": "task",
    "serviceTask": "task",
    "businessRuleTask": "task",
    "receiveTask": "wait",
    "subProcess": "sub",
    "transaction": "sub",
    "adHocSubProcess": "sub",
    "callActivity": "sub",
}
"""The kind of token each activity keeps; the others hold theirs only until the events of the moment were heard."""


# Services, decisions, scripts


def call(run: Run, node: Node, token: Token, number: int = 0, **local: Any) -> None:
    """Ask a registered handler to work (BPMN 2.0.2, 13.3.3, Service Task)."""
    seen = run.variables(token.scope, **local)
    inputs = run.bind(node.inputs, token.scope, **local) if node.inputs else dict(seen)
    handler = node.handler or node.decision or node.script_text
    run.effects.append(ServiceCalled(f"t{number or token.id}", node.id, handler, inputs))


def answered(run: Run, node: Node, scope: int, values: Mapping[str, Any], local: dict[str, Any] | None = None) -> None:
    """Keep what a task, a service or a decision gave back."""
    if node.outputs and node.kind not in CONTAINERS:
        seen = {**(local or {}), **values}
        run.write(scope, run.bind(node.outputs, scope, **seen), local)
    elif node.result:
        run.write(scope, {node.result: dict(values)}, local)
    elif values:
        run.write(scope, values, local)


def _decide(run: Run, node: Node, token: Token) -> None:
    """Ask a decision of the pack (BPMN 2.0.2, 13.3.3, Business Rule Task)."""
    assert run.host.decide is not None
    inputs = run.bind(node.inputs, token.scope) if node.inputs else dict(run.variables(token.scope))
    try:
        value = to_json(run.host.decide(node.decision, inputs))
    except Exception as error:
        run.forget(token)
        raise Stuck(
            node, token.scope, "bpmn.decision-failed", decision=node.decision, error=type(error).__name__
        ) from error
    if node.result:
        run.write(token.scope, {node.result: value})
    else:
        answered(run, node, token.scope, value if isinstance(value, dict) else {node.decision: value})
    token.kind = "hold"
    run.hold(token)


def _script(run: Run, node: Node, scope: int) -> object:
    """Do what the script says (BPMN 2.0.2, 13.3.3, Script Task): FEEL, or a language the host registered."""
    if node.script is not None:
        value: Any = run.evaluate(node.script, scope)
    else:
        try:
            value = run.host.scripts[node.script_language](node.script_text, run.variables(scope))
        except (BpmnError, Stuck):
            raise
        except KeyError as error:
            raise Stuck(node, scope, "bpmn.script-language", language=node.script_language) from error
        except Exception as error:
            raise Stuck(node, scope, "bpmn.handler-failed", error=type(error).__name__) from error
        if value is LATER:
            return LATER
    value = to_json(value)
    if node.result:
        run.write(scope, {node.result: value})
    elif isinstance(value, dict):
        run.write(scope, value)
    return None


def _guarded_script(run: Run, node: Node, token: Token) -> None:
    run.hold(token)
    try:
        later = _script(run, node, token.scope) is LATER
    except BpmnError as error:
        _raised(run, node, token.scope, error.code, token)
        return
    except Stuck:
        run.queue.pop()
        run.forget(token)
        raise
    if later:
        run.queue.pop()
        token.kind = "task"
        call(run, node, token)


def _raised(run: Run, node: Node, scope: int, code: str, token: Token | None) -> None:
    """A script or handler raised a business error: an event catches it, or the step waits as an incident."""
    if throwing.propagate(run, "error", code, scope, token):
        return
    if token is not None:
        run.forget(token)
        run.queue = [work for work in run.queue if work[3] != token.id]
    raise Stuck(node, scope, "bpmn.error-uncaught", error=code)


# Sub-processes and calls


def _open(run: Run, node: Node, token: Token) -> None:
    """Begin a sub-process or a called process (BPMN 2.0.2, 13.3.4)."""
    assert node.inner is not None
    vars = catching.initial(run, node.inner)
    if node.isolated:
        child = run.scope(node.inner, token.id, {**(vars or {}), **run.bind(node.inputs, token.scope)}, ISOLATED)
    else:
        if node.inputs:
            vars = {**(vars or {}), **run.bind(node.inputs, token.scope)}
        child = run.scope(node.inner, token.id, vars)
    process = run.definition.containers[node.inner]
    if node.adhoc and node.adhoc.sequential:
        token.extra = list(process.starts[1:])
        run.enter(process.starts[0], child.id)
    else:
        begin(run, process.id, child.id)
    if not process.starts and not process.waits:
        leaving.ended(run, child.id)


def begin(run: Run, process: str, scope: int) -> None:
    """Put tokens on the start events of a scope, or wait for the event that starts it (BPMN 2.0.2, 13.2 and 13.5.1)."""
    container = run.definition.containers[process]
    for start in container.starts:
        run.enter(start, scope)
    if not container.starts:
        for start in container.waits:
            catching.arm(run, run.nodes[start], scope, run.token(start, scope, "start"))
    if container.event_subs:
        catching.open_event_subs(run, process, scope)


def next_adhoc(run: Run, owner: Token, scope: int) -> bool:
    """Whether an ad-hoc sub-process goes on with its next activity (BPMN 2.0.2, 13.3.5)."""
    adhoc = run.nodes[owner.node].adhoc
    assert adhoc is not None
    if adhoc.done is not None and run.holds(adhoc.done, scope):
        if adhoc.cancel_rest:
            leaving.clear(run, scope)
        owner.extra = None
    elif owner.extra:
        run.enter(owner.extra.pop(0), scope)
        return True
    return False


# Answers


def complete(run: Run, task: str, values: Mapping[str, Any], kinds: frozenset[str]) -> None:
    """An open task or call of one of these kinds is done with these values."""
    token = open_task(run, task, kinds)
    if token.kind == "many":
        loops.complete_one(run, token, int(task[1:]), values)
        return
    answered(run, run.nodes[token.node], token.scope, values)
    leaving.finish(run, token)


def fail(run: Run, task: str, code: str, values: Mapping[str, Any]) -> None:
    """A call failed: an error event catches the code, or the call stays open as an incident."""
    token = open_task(run, task, SERVICES)
    if values:
        run.write(token.scope, values)
    if not throwing.propagate(run, "error", code, token.scope, token):
        run.effects.append(
            IncidentRaised("bpmn.service-failed", token.node, {"error": code, "task": task, "incident": f"i{task[1:]}"})
        )


def open_task(run: Run, task: str, kinds: frozenset[str]) -> Token:
    """The token of an open task; `TaskGone` when it is no longer open."""
    number = int(task[1:]) if task[:1] == "t" and task[1:].isdigit() else 0
    token = run.state.tokens.get(number)
    if token is None or token.kind != "task":
        token = next((t for t in run.state.tokens.values() if t.kind == "many" and loops.is_open(t, number)), None)
    if token is None or run.nodes[token.node].kind not in kinds:
        raise TaskGone(task=task, case="")
    return token
