"""Events that wait: arming them, hearing timers, messages, signals and conditions, and what a hit does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from wardflow.engine import iso
from wardflow.engine.definition import Node, Trigger
from wardflow.engine.effects import AlarmCleared, IncidentRaised
from wardflow.engine.state import CLOSED, Alarm, Token
from wardflow.engine.stepper import leaving
from wardflow.engine.stepper.incidents import attempt
from wardflow.engine.stepper.run import Run, Stuck
from wardflow.feel import to_json

Catcher = tuple[Token | int, Node]
"""Who listens (a token, or the scope of an event sub-process) and through which node."""


def arm(run: Run, node: Node, scope: int, token: Token | None = None) -> None:
    """Set the timers of a waiting event; one whose time cannot be read is an incident and the rest goes on."""
    for number, trigger in enumerate(node.triggers):
        if trigger.timer is None:
            continue
        owner = token.id if token else 0
        try:
            run.set_alarm(node, number, owner, scope)
        except Stuck as stuck:
            facts = {**stuck.facts, "incident": f"w{owner}|{scope}|{node.id}|{number}"}
            run.effects.append(IncidentRaised(stuck.code, node.id, facts))


def arm_again(run: Run, incident: str) -> None:
    """Set a timer whose time could not be read before, if what it watches is still there."""
    owner, scope, node, number = incident[1:].split("|")
    watched = run.state.tokens if int(owner) else run.state.scopes
    if (int(owner) or int(scope)) in watched:
        try:
            run.set_alarm(run.nodes[node], int(number), int(owner), int(scope))
        except Stuck as stuck:
            run.effects.append(IncidentRaised(stuck.code, node, {**stuck.facts, "incident": incident}))


def wait(run: Run, node: Node, scope: int, flow: str) -> None:
    """Wait for the event, or at an event gateway for the first of several (BPMN 2.0.2, 13.4.4 and 13.5.2)."""
    if not node.triggers and node.kind == "intermediateCatchEvent" or any(t.kind == "link" for t in node.triggers):
        leaving.leave(run, node, scope)
        return
    token = run.token(node.id, scope, "wait")
    for event in node.gate or (node.id,):
        arm(run, run.nodes[event], scope, token)


def open_event_subs(run: Run, process: str, scope: int) -> None:
    """Arm the event sub-processes of a scope that begins (BPMN 2.0.2, 13.5.4)."""
    for sub in run.definition.containers[process].event_subs:
        for start in run.definition.containers[sub].waits:
            arm(run, run.nodes[start], scope)


# Timers


def ring(run: Run) -> bool:
    """Fire the earliest alarm that is due; an event beats the work it would interrupt."""
    alarm = min(run.state.alarms.values(), key=lambda a: (a.at, a.id))
    if alarm.at > run.now.timestamp() or run.state.end:
        return False
    fire(run, alarm)
    return True


def fire(run: Run, alarm: Alarm) -> None:
    """Let an alarm do what it was set for, and set it again when it repeats (BPMN 2.0.2, 10.5.5)."""
    del run.state.alarms[alarm.id]
    run.effects.append(AlarmCleared(f"a{alarm.id}"))
    if alarm.left:
        # An endless repetition that was slept through rings once, not once for every missed round.
        while alarm.left < 0 and iso.following(run.moment(alarm.at), alarm.every) <= run.now:
            alarm.at = iso.following(run.moment(alarm.at), alarm.every).timestamp()
        run.set_again(alarm)
    node = run.nodes[alarm.node]
    if alarm.token:
        token = run.state.tokens[alarm.token]
        attempt(run, lambda: hit(run, token, node, node.triggers[alarm.trigger]))
    else:
        attempt(run, lambda: begin_event_sub(run, alarm.scope, node))


# Messages, signals, conditions


def matches(trigger: Trigger, kind: str, name: str | None) -> bool:
    """Whether the event definition listens to that; an error or escalation without a code hears all."""
    return trigger.kind == kind and (trigger.name == name or (trigger.name is None and kind in ("error", "escalation")))


def catchers(run: Run) -> Iterator[Catcher]:
    """Everything that listens now: event sub-processes first, then boundary events, then plain waits."""
    state, nodes, containers = run.state, run.nodes, run.definition.containers
    for scope in list(state.scopes.values()):
        if scope.process in containers and not scope.flags & CLOSED:
            for sub in containers[scope.process].event_subs:
                for start in containers[sub].waits:
                    yield scope.id, nodes[start]
    tokens = list(state.tokens.values())
    for token in tokens:
        node = nodes[token.node]
        if node.boundary and token.kind not in ("undo", "stuck") and state.scopes[token.scope].process != "@" + node.id:
            for event in node.boundary:
                yield token, nodes[event]
    for token in tokens:
        if token.kind in ("wait", "start"):
            for event in nodes[token.node].gate or (token.node,):
                yield token, nodes[event]


def deliver(run: Run, kind: str, name: str, values: Mapping[str, Any], keys: Mapping[str, Any] | None = None) -> bool:
    """Hand a message to the one event that waits for it, a signal to all (BPMN 2.0.2, 8.4.2 and 10.5.5)."""
    heard = False
    for owner, node in list(catchers(run)):
        trigger = next((t for t in node.triggers if matches(t, kind, name)), None)
        if trigger is None or not still_listens(run, owner):
            continue
        scope = owner if isinstance(owner, int) else owner.scope
        if trigger.keys and not belongs(run, trigger, scope, values, keys or {}):
            continue
        take(run, node, scope, values)
        attempt(run, partial(reach, run, owner, node, trigger))
        heard = True
        if kind == "message":
            break
    return heard


def still_listens(run: Run, owner: Token | int) -> bool:
    """Whether a catcher is still there after those before it were served."""
    if isinstance(owner, int):
        scope = run.state.scopes.get(owner)
        return scope is not None and not scope.flags & CLOSED
    return owner.id in run.state.tokens


def belongs(run: Run, trigger: Trigger, scope: int, values: Mapping[str, Any], keys: Mapping[str, Any]) -> bool:
    """Whether the keys of a message are those this case waits for (BPMN 2.0.2, 8.4.2)."""
    wanted = run.bind(trigger.keys, scope)
    if "" in wanted:
        wanted = wanted[""] or {}
    carried = {
        name: to_json(e.evaluate(values, calendar=run.host.calendar, now=run.now)) for name, e in trigger.payload
    } | dict(keys)
    return all(name in carried and carried[name] == value for name, value in wanted.items())


def take(run: Run, node: Node, scope: int, values: Mapping[str, Any]) -> None:
    """Keep what an event brought."""
    if node.result:
        run.write(scope, {node.result: dict(values)})
    elif values:
        run.write(scope, values)
    if node.kind != "intermediateCatchEvent" and node.kind != "receiveTask":
        run.associate(node.after, scope)  # those finish a token of their own and carry their data there


def conditions(run: Run) -> bool:
    """Fire a conditional event whose condition became true; it fires again only after having been false (10.5.5)."""
    holding: list[str] = []
    for owner, node in list(catchers(run)):
        for trigger in node.triggers:
            if trigger.condition is None:
                continue
            scope = owner if isinstance(owner, int) else owner.scope
            if not run.holds(trigger.condition, scope):
                continue
            key = f"s{owner}|{node.id}" if isinstance(owner, int) else f"{owner.id}|{node.id}"
            holding.append(key)
            if key not in run.state.conditions:
                run.state.conditions.append(key)
                attempt(run, partial(reach, run, owner, node, trigger))
                return True
    run.state.conditions = holding
    return False


# What a hit does


def reach(run: Run, owner: Token | int, node: Node, trigger: Trigger) -> None:
    """Let the event go on through the node that heard it."""
    if isinstance(owner, int):
        begin_event_sub(run, owner, node)
    else:
        hit(run, owner, node, trigger)


def hit(run: Run, token: Token, node: Node, trigger: Trigger) -> None:
    """An event reached a token through a boundary event, the waiting node itself, or a branch of an event gateway
    (13.5.2, 13.5.3)."""
    if node.parallel_multiple and len(node.triggers) > 1 and not heard_all(run, token, node, trigger):
        return
    if node.kind == "boundaryEvent":
        if node.interrupting or trigger.kind == "error":
            leaving.kill(run, token)
        run.entered(node)
        leaving.leave(run, node, token.scope)
        return
    if token.kind == "start":
        for other in [
            t for t in run.state.tokens.values() if t.kind == "start" and t.scope == token.scope and t is not token
        ]:
            run.forget(other)
    if token.node != node.id or token.kind == "start":
        run.forget(token)
        if token.node != node.id:
            run.left(run.nodes[token.node])
        run.entered(node)
        leaving.leave(run, node, token.scope)
    else:
        leaving.finish(run, token)


def heard_all(run: Run, token: Token, node: Node, trigger: Trigger) -> bool:
    """Whether every trigger of a parallel-multiple event has now been heard (BPMN 2.0.2, 10.5.5)."""
    heard = run.state.heard.setdefault(f"{token.id}|{node.id}", [])
    number = node.triggers.index(trigger)
    if number not in heard:
        heard.append(number)
    return len(heard) == len(node.triggers)


def begin_event_sub(run: Run, scope: int, start: Node) -> None:
    """Run an event sub-process, interrupting its scope or beside it (BPMN 2.0.2, 13.5.4)."""
    if start.interrupting:
        leaving.clear(run, scope)
        run.state.scopes[scope].flags |= CLOSED
        run.clear_alarms(scope=scope)
    sub = run.nodes[start.scope]
    run.entered(sub)
    token = run.token(sub.id, scope, "sub")
    child = run.scope(start.scope, token.id, initial(run, start.scope))
    run.entered(start)
    leaving.leave(run, start, child.id)
    open_event_subs(run, start.scope, child.id)


def initial(run: Run, process: str) -> dict[str, Any] | None:
    """The data objects of a sub-process with the values they begin with."""
    data = run.definition.containers[process].data
    return dict(data) if data else None
