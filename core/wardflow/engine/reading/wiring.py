"""How the rows of the node table hang together: flows, links, gates, compensation, where scopes begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.engine.definition import Node, Process
from wardflow.engine.reading.data import data_name
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS, Container

JOINS = frozenset(("parallelGateway", "inclusiveGateway", "complexGateway"))


def wire(container: Container, process: Process, nodes: dict[str, Node], sheet: Sheet) -> None:
    """Fill in what one row needs to know about others of its container."""
    rows = [nodes[id] for id in process.nodes]
    _incoming(rows, nodes)
    _compensation(container, nodes)
    _links(rows, sheet, container)
    for row in rows:
        if row.kind == "eventBasedGateway":
            row.gate = tuple(out.target for out in row.outs)
        row.plain = _is_plain(row)
        row.straight = row.plain and not (row.after or row.compensated_by or row.for_compensation or row.inner)
        row.simple = row.loop is None and not row.boundary and not row.before and row.start_quantity == 1
    _reach(rows)
    _starts(process, rows)
    process.data = _data(container)


def _is_plain(row: Node) -> bool:
    return (
        len(row.outs) == 1
        and row.outs[0].condition is None
        and row.completion_quantity == 1
        and row.loop is None
        and row.kind != "endEvent"
    )


def _incoming(rows: list[Node], nodes: dict[str, Node]) -> None:
    incoming: dict[str, list[str]] = {}
    for row in rows:
        for out in row.outs:
            incoming.setdefault(out.target, []).append(out.flow)
    for target, flows in incoming.items():
        if target in nodes:
            nodes[target].ins = tuple(flows)


def _compensation(container: Container, nodes: dict[str, Node]) -> None:
    """A compensation boundary event names its handler by an association (BPMN 2.0.2, 10.6.1)."""
    for association in container.element.iter(NS + "association"):
        ends = (association.get("sourceRef"), association.get("targetRef"))
        for event, handler in (ends, ends[::-1]):
            boundary = nodes.get(event)
            if boundary is None or boundary.host is None or handler not in nodes:
                continue
            if any(trigger.kind == "compensate" for trigger in boundary.triggers):
                nodes[boundary.host].compensated_by = handler


def _links(rows: list[Node], sheet: Sheet, container: Container) -> None:
    """A link throw event goes on at the link catch event of the same name (BPMN 2.0.2, 10.5.5)."""
    targets = {
        t.name: row.id for row in rows if row.kind == "intermediateCatchEvent" for t in row.triggers if t.kind == "link"
    }
    for row in rows:
        for trigger in row.triggers:
            if trigger.kind != "link" or row.kind != "intermediateThrowEvent":
                continue
            if trigger.name in targets:
                row.gate = (targets[trigger.name],)
            else:
                sheet.refuse("bpmn.link-target", container.element, name=trigger.name, event=row.id)


def _edges(rows: list[Node]) -> dict[str, list[tuple[str, str]]]:
    """For each node, from where and over which flow a token comes to it; boundary events and links count as flows
    without id."""
    back: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        for out in row.outs:
            back.setdefault(out.target, []).append((row.id, out.flow))
        for target in (*row.boundary, *(row.gate if row.kind == "intermediateThrowEvent" else ())):
            back.setdefault(target, []).append((row.id, ""))
    return back


def _reach(rows: list[Node]) -> None:
    """For each join and incoming flow, the nodes from which a token can still come through that flow (BPMN 2.0.2,
    13.4.3)."""
    joins = [row for row in rows if row.kind in JOINS and len(row.ins) > 1]
    if not joins:
        return
    back = _edges(rows)
    for join in joins:
        join.reach = {flow: _before(source, join.id, back) for source, flow in back[join.id]}


def _before(source: str, join: str, back: Mapping[str, list[tuple[str, str]]]) -> frozenset[str]:
    seen, todo = {source}, [source]
    while todo:
        for other, _ in back.get(todo.pop(), ()):
            if other not in seen and other != join:
                seen.add(other)
                todo.append(other)
    return frozenset(seen)


def _starts(process: Process, rows: list[Node]) -> None:
    """Where tokens begin: plain start events, or without them every element nothing leads to (BPMN 2.0.2, 10.5.2,
    13.2.1)."""
    plain = [row.id for row in rows if row.kind == "startEvent" and not row.triggers]
    waits = [row.id for row in rows if row.kind == "startEvent" and row.triggers]
    loose = [row for row in rows if _is_loose(row)]
    if not plain:
        waits += [row.id for row in loose if row.instantiates]
    begins = plain + [row.id for row in loose if row.id not in waits and not row.instantiates]
    process.starts = tuple(begins) if plain or not waits else ()
    process.waits = tuple(waits)
    process.event_subs = tuple(row.id for row in rows if row.event_sub)


def _is_loose(row: Node) -> bool:
    if row.ins or row.kind in ("startEvent", "boundaryEvent") or row.for_compensation or row.event_sub:
        return False
    return not (row.kind == "intermediateCatchEvent" and any(trigger.kind == "link" for trigger in row.triggers))


def _data(container: Container) -> dict[str, Any]:
    """The data objects of the container; they begin empty."""
    return {
        data_name(container.element, e.get("id")): None
        for e in container.element.iterchildren(NS + "dataObject")
        if e.get("id")
    }
