"""What a case would hear: the messages and signals that its waiting events listen for, read without stepping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardflow.engine.definition import Definition, Node, Trigger
from wardflow.engine.events import MessageReceived, SignalReceived
from wardflow.engine.state import load
from wardflow.engine.stepper.catching import belongs, catchers, matches
from wardflow.engine.stepper.run import NOBODY, Host, Run

OUTSIDE = ("message", "signal")


@dataclass(frozen=True, slots=True)
class Listener:
    """One event of a case that waits for a message or a signal."""

    key: str
    """names it within its case"""
    kind: str
    name: str
    node: str
    wants: Mapping[str, Any] = field(default_factory=dict)
    """the keys a message must carry; empty also where only the content of a message can tell"""
    by_content: bool = False


def listeners(definition: Definition, state: bytes, now: datetime, host: Host = NOBODY) -> tuple[Listener, ...]:
    """Every event of the case that listens now, in the order in which they are asked (BPMN 2.0.2, 8.4.2 and 10.5.5)."""
    if not definition.hears:
        return ()
    run = Run(definition, load(state), now, host)
    if run.state.end:
        return ()
    found = []
    for owner, node in catchers(run):
        held, scope = (f"s{owner}", owner) if isinstance(owner, int) else (f"t{owner.id}", owner.scope)
        for number, trigger in enumerate(node.triggers):
            if trigger.kind in OUTSIDE and trigger.name:
                found.append(_listener(run, f"{held}.{number}.{node.id}", node, trigger, scope))
    return tuple(found)


def hearer(
    definition: Definition, state: bytes, event: MessageReceived | SignalReceived, now: datetime, host: Host = NOBODY
) -> Node | None:
    """The element of the case that waits for exactly that message or signal, or None; nothing is stepped."""
    run = Run(definition, load(state), now, host)
    if not definition.hears or run.state.end:
        return None
    kind = "signal" if isinstance(event, SignalReceived) else "message"
    keys = event.keys if isinstance(event, MessageReceived) else {}
    for owner, node in catchers(run):
        trigger = next((t for t in node.triggers if matches(t, kind, event.name)), None)
        scope = owner if isinstance(owner, int) else owner.scope
        if trigger is not None and (not trigger.keys or belongs(run, trigger, scope, event.values, keys)):
            return node
    return None


def _listener(run: Run, key: str, node: Node, trigger: Trigger, scope: int) -> Listener:
    wants = run.bind(trigger.keys, scope) if trigger.keys else {}
    wants = wants.get("", wants)
    if not isinstance(wants, Mapping):
        wants = {}
    if trigger.payload:    # what the keys of a message are is read from its content, which is not there yet
        return Listener(key, trigger.kind, trigger.name or "", node.id, by_content=True)
    return Listener(key, trigger.kind, trigger.name or "", node.id, wants)
