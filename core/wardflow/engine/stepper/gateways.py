"""Gateways and joins: where tokens part and meet."""

from __future__ import annotations

from wardflow.engine.definition import Node
from wardflow.engine.effects import IncidentRaised
from wardflow.engine.stepper import leaving
from wardflow.engine.stepper.run import Run, Stuck

FIRED, REPORTED = "!", "?"
"""Marks in a join's counts: a complex gateway has let its first tokens through; a dead join was reported."""


def exclusive(run: Run, node: Node, scope: int, flow: str) -> None:
    """Take the first flow whose condition holds, else the default (BPMN 2.0.2, 13.4.2)."""
    chosen = None
    default = None
    seen = None
    for out in node.outs:
        if out.default:
            default = out
            continue
        if out.condition is None:
            chosen = out
            break
        if seen is None:
            seen = run.variables(scope)
        if out.condition.evaluate(seen, calendar=run.host.calendar, now=run.now) is True:
            chosen = out
            break
    chosen = chosen or default
    if chosen is None and node.outs:
        raise Stuck(node, scope, "bpmn.no-flow", flow=flow)
    run.crossed(node)
    if chosen is None:
        leaving.ended(run, scope)
    else:
        run.push(chosen, scope)


def parallel(run: Run, node: Node, scope: int, flow: str) -> None:
    """Wait for one token on each incoming flow, then send one over each outgoing flow (BPMN 2.0.2, 13.4.1)."""
    if len(node.ins) > 1:
        key = f"{scope}|{node.id}"
        counts = run.state.joins.setdefault(key, {})
        counts[flow] = counts.get(flow, 0) + 1
        if any(incoming not in counts for incoming in node.ins):
            return
        take_one_of_each(run, key)
    run.crossed(node)
    for out in node.outs:
        run.push(out, scope)
    if not node.outs:
        leaving.ended(run, scope)


def inclusive(run: Run, node: Node, scope: int, flow: str) -> None:
    """Split at once; a join waits until no token can still come (BPMN 2.0.2, 13.4.3; see `fire_late`)."""
    if len(node.ins) <= 1:
        split(run, node, scope, flow)
        return
    counts = run.state.joins.setdefault(f"{scope}|{node.id}", {})
    counts[flow] = counts.get(flow, 0) + 1


def complex_(run: Run, node: Node, scope: int, flow: str) -> None:
    """Fire when the activation condition holds, then swallow the tokens still to come (BPMN 2.0.2, 13.4.5)."""
    if len(node.ins) <= 1:
        split(run, node, scope, flow)
        return
    counts = run.state.joins.setdefault(f"{scope}|{node.id}", {})
    counts[flow] = counts.get(flow, 0) + 1
    if FIRED in counts or node.activation is None:
        return
    if run.holds(node.activation, scope, activationCount=sum(counts.values())):
        counts[FIRED] = 1
        split(run, node, scope, flow)


def split(run: Run, node: Node, scope: int, flow: str) -> None:
    """Send a token over each flow whose condition holds, else over the default (BPMN 2.0.2, 13.4.3)."""
    try:
        chosen = leaving.choose(run, node, scope)
    except Stuck as stuck:
        raise Stuck(node, scope, stuck.code, flow=flow) from stuck
    run.crossed(node)
    for out in chosen:
        run.push(out, scope)
    if not node.outs:
        leaving.ended(run, scope)


def take_one_of_each(run: Run, key: str) -> None:
    """Consume one token per incoming flow; surplus ones stay for the next round."""
    counts = run.state.joins[key]
    counts.pop(REPORTED, None)
    for flow in list(counts):
        counts[flow] -= 1
        if not counts[flow]:
            del counts[flow]
    if not counts:
        del run.state.joins[key]


def fire_late(run: Run) -> bool:
    """Fire an inclusive join, or reset a complex one, once nothing can still come (BPMN 2.0.2, 13.4.3, 13.4.5)."""
    found = late(run)
    if found is None:
        return False
    _fire(run, found[0], found[1], found[2])
    return True


def late(run: Run) -> tuple[str, Node, int] | None:
    """The first join, with its node and scope, that nothing more can come to (BPMN 2.0.2, 13.4.3, 13.4.5).

    A token stands in the way when it can reach an empty flow and none of those that already hold a token.
    """
    for key, counts in run.state.joins.items():
        scope, node = _parts(run, key)
        if node.kind == "parallelGateway" or node.kind not in JOINS:
            continue
        filled = frozenset().union(*(node.reach[f] for f in counts if f in node.reach))
        empty = frozenset().union(*(reach for f, reach in node.reach.items() if f not in counts)) - filled
        places = _places(run, scope, key)
        if not places & empty and not (FIRED in counts and places & filled):
            return key, node, scope
    return None


def doomed(run: Run) -> frozenset[str]:
    """The parallel joins at which the case is bound to wait for ever: some of their flows can still bring a token, or
    hold one already, and some cannot (BPMN 2.0.2, 13.4.1)."""
    found: set[str] = set()
    for scope in run.state.scopes.values():
        container = run.definition.containers.get(scope.process)
        for id in container.nodes if container is not None else ():
            node = run.nodes[id]
            if node.kind != "parallelGateway" or len(node.ins) < 2:
                continue
            key = f"{scope.id}|{id}"
            counts, places = run.state.joins.get(key, {}), _places(run, scope.id, key)
            coming = [flow in counts or bool(places & node.reach.get(flow, frozenset())) for flow in node.ins]
            if any(coming) and not all(coming):
                found.add(id)
    return frozenset(found)


def _fire(run: Run, key: str, node: Node, scope: int) -> None:
    if node.kind == "complexGateway":
        counts = run.state.joins.pop(key)
        if FIRED in counts:
            leaving.ended(run, scope)
        elif node.activation is not None:
            raise Stuck(node, scope, "bpmn.no-activation")
        else:
            split(run, node, scope, "")
        return
    take_one_of_each(run, key)
    split(run, node, scope, "")


def report_dead(run: Run) -> None:
    """Raise an incident for each parallel join whose missing flow no token can reach any more; it is said once."""
    for key, counts in run.state.joins.items():
        scope, node = _parts(run, key)
        if node.kind != "parallelGateway" or REPORTED in counts:
            continue
        places = _places(run, scope, key)
        missing = [flow for flow in node.ins if flow not in counts and not places & node.reach.get(flow, frozenset())]
        if missing:
            counts[REPORTED] = 1
            run.effects.append(IncidentRaised("bpmn.dead-join", node.id, {"flows": missing, "incident": f"j{key}"}))


def let_through(run: Run, key: str) -> None:
    """Fire a parallel join without what can no longer come, because somebody says so."""
    scope, node = _parts(run, key)
    take_one_of_each(run, key)
    run.crossed(node)
    for out in node.outs:
        run.push(out, scope)
    if not node.outs:
        leaving.ended(run, scope)


def _places(run: Run, scope: int, key: str) -> frozenset[str]:
    """Where tokens of the scope are, tokens waiting at other joins included."""
    prefix = f"{scope}|"
    here = {token.node for token in run.state.tokens.values() if token.scope == scope}
    here.update(other.split("|")[1] for other in run.state.joins if other != key and other.startswith(prefix))
    return frozenset(here)


def _parts(run: Run, key: str) -> tuple[int, Node]:
    scope, node = key.split("|")
    return int(scope), run.nodes[node]


JOINS = frozenset(("parallelGateway", "inclusiveGateway", "complexGateway"))
