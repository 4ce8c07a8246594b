"""How ways end and go aside: ends that say less than their neighbours, gateways that decide nothing, events that take work away for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.linting.ways import ends_case, joins, main_way, reached, straight

MEANT = ("state", "outcome", "clock", "slip")
"""What an element may say that changes the case."""
TELLS = ("endEvent", "intermediateThrowEvent")
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Ends, gateways and events that cannot be meant so."""
    for path, definition in sheet.definitions.items():
        yield from _ends(sheet, path, definition)
        for node in definition.nodes.values():
            if node.kind in GATEWAYS and len(node.outs) == 1 and len(node.ins) < 2:
                yield sheet.at_node("flow.gateway-idle", path, node)
            if node.kind == "boundaryEvent" and node.host:
                yield from _aside(sheet, path, definition, node)


def _ends(sheet: Sheet, path: str, definition: Definition) -> Iterator[LintFinding]:
    """Ends of a process without the word that every other end of it says."""
    main = main_way(definition)
    for process in definition.processes:
        ends = [node for node in definition.nodes.values() if ends_case(definition, node) and node.scope == process and node.name and node.id in main]
        for word in ("state", "outcome"):
            silent = [node for node in ends if not node.attributes.get(word)]
            if len(ends) > 2 and len(silent) == 1:
                yield sheet.at_node("end.unlike", path, silent[0], word=word)


def _aside(sheet: Sheet, path: str, definition: Definition, event: Node) -> Iterator[LintFinding]:
    ways = straight(definition)
    begins = [out.target for out in event.outs]
    host = definition.nodes[str(event.host)]
    if event.interrupting:
        if begins and all(_only_tells(definition.nodes[name]) for name in reached(ways, begins)) and not _means(event):
            yield sheet.at_node("flow.withdrawn-for-nothing", path, event, step=host.element)
        return
    flows = {node.id: [out.target for out in node.outs] for node in definition.nodes.values()}
    closing = [definition.nodes[name] for name in sorted(reached(flows, begins)) if definition.nodes[name].attributes.get("outcome")]
    plain = [node for node in closing if ends_case(definition, node) and not node.triggers]
    if plain:
        yield sheet.at_node("flow.ends-beside", path, event, step=host.element, end=plain[0].element)
    stops = joins(definition) | {node.id for node in definition.nodes.values() if node.kind == "endEvent"}
    after = reached(ways, [out.target for out in host.outs], until=stops)
    aside = reached(ways, begins, until=stops)
    both = [definition.nodes[name] for name in sorted(after & aside) if definition.nodes[name].kind in PEOPLE]
    again = [host] if host.id in aside and event.id not in after else []
    if (both or again) and event.id not in after:
        yield sheet.at_node("flow.twice", path, event, step=(again or both)[0].element)


def _only_tells(node: Node) -> bool:
    return node.kind in TELLS and not _means(node) and not node.triggers


def _means(node: Node) -> bool:
    return any(node.attributes.get(name) for name in MEANT)
