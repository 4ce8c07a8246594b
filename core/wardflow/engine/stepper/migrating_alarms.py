"""Events that wait while a case goes over to another version: which alarms stay, go, or are set."""

from __future__ import annotations

from wardflow.engine.definition import Definition, Node
from wardflow.engine.effects import AlarmCleared
from wardflow.engine.passage import ANEW, KEEP, Passage
from wardflow.engine.state import CLOSED, Alarm, Scope, Token
from wardflow.engine.stepper.migrating_names import Blocked
from wardflow.engine.stepper.run import Run, Stuck


def watchers(run: Run, definition: Definition, owner: Token | Scope) -> tuple[str, ...]:
    """The events that listen for a token, or the starts of event sub-processes that listen in a scope."""
    if isinstance(owner, Scope):
        container = definition.containers.get(owner.process)
        if container is None or owner.flags & CLOSED:
            return ()
        return tuple(start for sub in container.event_subs for start in definition.containers[sub].waits)
    node = definition.nodes[owner.node]
    instance = run.state.scopes[owner.scope].process == "@" + node.id
    boundary = () if instance or owner.kind in ("undo", "stuck") else node.boundary
    return (*boundary, *((node.gate or (node.id,)) if owner.kind in ("wait", "start") else ()))


def move_alarms(run: Run, passage: Passage, owner: Token | Scope, before: tuple[str, ...]) -> None:
    """An unchanged event keeps its alarm and its moment; one that went loses it; one that came is set from now."""
    after = watchers(run, passage.target, owner)
    renamed = {passage.name(event): event for event in before}
    for event in after:
        new = passage.target.nodes[event]
        if event not in renamed:
            _arm(run, new, owner)
            continue
        old = passage.source.nodes[renamed[event]]
        choice = KEEP if passage.same_event(old, new) else passage.events.get(event, "")
        if choice not in (KEEP, ANEW):
            raise Blocked("event-changed", event=event, step=owner.node if isinstance(owner, Token) else owner.process)
        _take_over(run, old, new, owner, choice)
    for event in renamed.keys() - set(after):
        for alarm in _alarms(run, renamed[event], owner):
            _clear(run, alarm)


def _take_over(run: Run, old: Node, new: Node, owner: Token | Scope, choice: str) -> None:
    timers = [number for number, trigger in enumerate(new.triggers) if trigger.timer is not None]
    for alarm in _alarms(run, old.id, owner):
        if choice == ANEW or not timers:
            _clear(run, alarm)
            continue
        alarm.trigger = alarm.trigger if alarm.trigger in timers else timers[0]
        if alarm.node != new.id:
            _clear(run, alarm)
            alarm.node = new.id
            run.wake(alarm)
    if choice == ANEW or not any(trigger.timer for trigger in old.triggers):
        _arm(run, new, owner)


def _alarms(run: Run, event: str, owner: Token | Scope) -> list[Alarm]:
    token, scope = (owner.id, owner.scope) if isinstance(owner, Token) else (0, owner.id)
    return [a for a in run.state.alarms.values() if (a.node, a.token, a.scope) == (event, token, scope)]


def _clear(run: Run, alarm: Alarm) -> None:
    del run.state.alarms[alarm.id]
    run.effects.append(AlarmCleared(f"a{alarm.id}"))


def _arm(run: Run, node: Node, owner: Token | Scope) -> None:
    """Set the timers of an event; one that cannot be read stands in the way, since the case runs well where it is."""
    token, scope = (owner.id, owner.scope) if isinstance(owner, Token) else (0, owner.id)
    for number, trigger in enumerate(node.triggers):
        if trigger.timer is not None:
            try:
                run.set_alarm(node, number, token, scope)
            except Stuck as stuck:
                raise Blocked("timer-unreadable", event=node.id, value=str(stuck.facts.get("value", ""))) from stuck
