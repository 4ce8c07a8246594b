"""What people do to work that cannot go on: do without it, or take the case to another place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.engine.events import IncidentSkipped, TokenMoved
from wardflow.engine.state import State, Token
from wardflow.engine.stepper import activities, gateways, leaving, loops
from wardflow.engine.stepper.incidents import attempt
from wardflow.engine.stepper.run import SERVICES, Run
from wardflow.errors import MoveRefused, SkipRefused

NOT_ENTERED = frozenset(("startEvent", "boundaryEvent"))
"""Elements a case comes to by an event only."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident stands: the token it is about, or the waiting join; and the instance, of one that has many."""

    node: str
    scope: int
    token: Token | None = None
    join: str = ""
    number: int = 0


def place_of(state: State, incident: str) -> Place | None:
    """Where an incident stands; None once the case has left it behind."""
    if incident.startswith("j"):
        held = state.joins.get(incident[1:], {})
        scope, _, node = incident[1:].partition("|")
        return Place(node, int(scope), join=incident[1:]) if gateways.REPORTED in held else None
    if incident.startswith("w") and incident.count("|") == 3:
        return _at_timer(state, incident)
    number = int(incident[1:]) if incident[1:].isdigit() else 0
    token = state.tokens.get(number)
    if token is None:
        token = next((t for t in state.tokens.values() if t.kind == "many" and loops.is_open(t, number)), None)
    return Place(token.node, token.scope, token, number=number) if token else None


def _at_timer(state: State, incident: str) -> Place | None:
    """Where a timer stands that could not be set; None once it is set, or what it watches is over."""
    owner, scope, node, trigger = incident[1:].split("|")
    there = state.tokens.get(int(owner))
    armed = any((a.token, a.node, a.trigger) == (int(owner), node, int(trigger)) for a in state.alarms.values())
    if armed or int(scope) not in state.scopes or (int(owner) and there is None):
        return None
    return Place(node, int(scope), there)


def skippable(run: Run, place: Place) -> bool:
    """Whether the case can go on as if the stopped work were done: not where a person acts or the way is to be chosen."""
    kind, token = run.nodes[place.node].kind, place.token
    if token is None:
        return bool(place.join)
    if token.kind == "stuck":
        return bool(token.extra[0] == "enter") and not kind.endswith("Gateway")
    return (token.kind in ("task", "many") and kind in SERVICES) or (token.kind == "wait" and token.node == place.node)


def skip(run: Run, event: IncidentSkipped) -> None:
    """Go on as if the stopped work were done with these values; `SkipRefused` where that cannot be."""
    place = place_of(run.state, event.incident)
    if place is None or not skippable(run, place):
        raise SkipRefused(node=place.node if place else "")
    node, token = run.nodes[place.node], place.token
    if token is None:
        gateways.let_through(run, place.join)
    elif token.kind in ("task", "many"):
        attempt(run, lambda: activities.complete(run, f"t{place.number}", event.values, SERVICES))
    else:
        _write(run, place.scope, event.values)
        run.forget(token)
        attempt(run, lambda: leaving.leave(run, node, place.scope))


def move(run: Run, event: TokenMoved) -> None:
    """Take the case from where it stands to another element around it; what was open there is withdrawn."""
    place = place_of(run.state, event.incident)
    if place is None or event.node not in targets(run, place):
        raise MoveRefused(node=event.node)
    token = _outermost(run, place)
    scope = place.scope if token is None else token.scope
    if token is None:
        del run.state.joins[place.join]
    else:
        leaving.kill(run, token)
    run.enter(event.node, scope)


def targets(run: Run, place: Place) -> tuple[str, ...]:
    """The elements that a case can be taken to: those around it that are entered by a flow, but no join."""
    token = _outermost(run, place)
    if token is None and not place.join:
        return ()
    around = run.state.scopes[place.scope if token is None else token.scope].process
    return tuple(
        node.id
        for node in run.nodes.values()
        if node.scope == around and node.kind not in NOT_ENTERED and not node.event_sub and not node.for_compensation
        if len(node.ins) < 2 or node.kind not in gateways.JOINS
    )


def seen(run: Run, place: Place) -> dict[str, Any]:
    """The variables that the stopped work sees."""
    token = place.token
    if token is None or token.kind != "many":
        return dict(run.variables(place.scope))
    own = loops.instance_data(run, run.nodes[token.node], token.scope, place.number - token.extra[0])
    return dict(run.variables(token.scope, **own))


def again(run: Run, incident: str, values: Mapping[str, Any]) -> None:
    """Change data where its names live, before the stopped work is tried again."""
    place = place_of(run.state, incident)
    if place is not None:
        _write(run, place.scope, values)


def _write(run: Run, scope: int, values: Mapping[str, Any]) -> None:
    if values:
        run.write(scope, values)


def _outermost(run: Run, place: Place) -> Token | None:
    """The token of the whole activity: one instance of several cannot be taken elsewhere alone."""
    token = place.token
    while token is not None and run.state.scopes[token.scope].process.startswith("@"):
        token = run.state.tokens[run.state.scopes[token.scope].owner]
    return token
