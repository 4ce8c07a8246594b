"""Where a token can go on from each element, through sub-processes, events at their edge and events inside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from wardflow.engine import Definition, Node

PARALLEL, ERROR = "parallelGateway", "error"


def entries(definition: Definition, container: str) -> list[str]:
    """Where tokens begin in a process or sub-process."""
    process = definition.containers[container]
    begins = [*process.starts, *process.waits, *process.event_subs]
    if not process.starts and not process.waits:
        begins += [name for name in process.nodes if not definition.nodes[name].ins and not definition.nodes[name].host]
    return begins


def onward(definition: Definition) -> Mapping[str, frozenset[str]]:
    """The elements that may come next after each; whatever happens inside a sub-process, an event at its edge may follow."""
    around: dict[str | None, Node] = {node.inner: node for node in definition.nodes.values() if node.inner}
    return {node.id: frozenset(_next(definition, node, around)) for node in definition.nodes.values()}


def _next(definition: Definition, node: Node, around: Mapping[str | None, Node]) -> set[str]:
    thrown = [trigger for trigger in node.triggers if trigger.kind == ERROR] if node.kind == "endEvent" else []
    if thrown:
        return _caught(definition, node, around, thrown[0].name)
    ahead = {*(out.target for out in node.outs), *_edge(definition, node), *node.gate}
    ahead |= {node.compensated_by} if node.compensated_by else set()
    if node.inner in definition.containers:
        ahead |= set(entries(definition, str(node.inner)))
        if not node.event_sub:
            ahead -= {out.target for out in node.outs}    # what comes after it comes after the ends inside it
    holder = around.get(node.scope)
    if holder is not None and not node.outs and not node.gate:
        ahead |= {out.target for out in holder.outs}
    while holder is not None:
        ahead |= set(_edge(definition, holder))
        holder = around.get(holder.scope)
    return ahead | set(definition.containers[node.scope].event_subs) - {node.id}


def _edge(definition: Definition, host: Node) -> list[str]:
    """The events at the edge of an activity; those for an error that an end inside throws come after that end alone."""
    inside = definition.containers[host.inner].nodes if host.inner is not None and host.inner in definition.containers else ()
    thrown = {trigger.name for name in inside for trigger in definition.nodes[name].triggers if trigger.kind == ERROR and definition.nodes[name].kind == "endEvent"}
    return [name for name in host.boundary if not any(t.kind == ERROR and t.name in thrown for t in definition.nodes[name].triggers)]


def _caught(definition: Definition, end: Node, around: Mapping[str | None, Node], error: str | None) -> set[str]:
    """The event that hears an error thrown by this end: the nearest one around it."""
    holder = around.get(end.scope)
    while holder is not None:
        for name in holder.boundary:
            if any(trigger.kind == ERROR and trigger.name in (error, None) for trigger in definition.nodes[name].triggers):
                return {name}
        holder = around.get(holder.scope)
    return set()


def reached(ways: Mapping[str, Collection[str]], begins: Iterable[str], *, until: Collection[str] = ()) -> frozenset[str]:
    """Every element that can come from there, the beginnings counted; nothing is looked for beyond those of `until`."""
    seen: set[str] = set()
    waiting = list(begins)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += () if name in until else ways.get(name, ())
    return frozenset(seen)


def straight(definition: Definition) -> Mapping[str, frozenset[str]]:
    """The elements that may come next after each, without those that only go beside it."""
    aside = {node.id for node in definition.nodes.values() if node.host and not node.interrupting}
    aside |= {name for container in definition.containers.values() for name in container.event_subs}
    return {name: ahead - aside for name, ahead in onward(definition).items()}


def beside(definition: Definition) -> Iterator[frozenset[str]]:
    """The elements of each event sub-process that withdraws nothing: they are gone through while the rest goes on."""
    ways = onward(definition)
    for node in definition.nodes.values():
        if node.event_sub and node.inner in definition.containers:
            begins = entries(definition, str(node.inner))
            if begins and not any(definition.nodes[name].interrupting for name in begins):
                inner = set(definition.containers[str(node.inner)].nodes)
                yield reached({name: ahead & inner for name, ahead in ways.items()}, begins)


def main_way(definition: Definition) -> frozenset[str]:
    """The elements a case comes to by itself: not those that only go beside it, at an event that withdraws nothing."""
    ways = straight(definition)
    begins = [name for id in definition.processes for name in (*definition.processes[id].starts, *definition.processes[id].waits)]
    return reached(ways, begins or [name for id in definition.processes for name in entries(definition, id)])


def joins(definition: Definition) -> frozenset[str]:
    """The gateways that make one token of several."""
    return frozenset(node.id for node in definition.nodes.values() if len(node.ins) > 1 and node.kind in (PARALLEL, "inclusiveGateway", "complexGateway"))


def ends_case(definition: Definition, node: Node) -> bool:
    """Whether it is an end of a process, not of a part of it."""
    return node.kind == "endEvent" and node.scope in definition.processes
