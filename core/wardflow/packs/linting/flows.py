"""Ways through a diagram: elements that nothing reaches, that lead to no end, errors nobody throws, open choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.linting.ways import entries

CHOICES = ("exclusiveGateway", "inclusiveGateway")
THROWERS = frozenset({"serviceTask", "sendTask", "businessRuleTask", "callActivity", "scriptTask"})


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What the drawing promises and the process never does."""
    for path, definition in sheet.definitions.items():
        reached, ending = _reached(definition), _ending(definition)
        for node in definition.nodes.values():
            if node.id not in reached:
                yield sheet.at_node("flow.unreachable", path, node)
            elif node.id not in ending:
                yield sheet.at_node("flow.dead-end", path, node)
            if node.kind == "boundaryEvent" and _never_thrown(definition, node):
                yield sheet.at_node("flow.error-unthrown", path, node, error=node.triggers[0].name)
            if node.kind in CHOICES and len(node.outs) > 1:
                yield from _undecided(sheet, path, node)
            if node.kind == "exclusiveGateway" and _open(node):
                yield sheet.at_node("flow.no-default", path, node)


def _reached(definition: Definition) -> frozenset[str]:
    """Every element a token can get to."""
    begins = {id: entries(definition, id) for id in definition.containers}
    begun = [id for id, container in definition.containers.items() if not container.parent]
    waiting = [node for id in begun for node in begins[id]]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        node = definition.nodes[name]
        waiting += _next(node)
        if node.inner:
            waiting += begins.get(node.inner, ())
    return frozenset(seen)


def _next(node: Node) -> Iterable[str]:
    yield from (out.target for out in node.outs)
    yield from node.boundary
    yield from node.gate
    if node.compensated_by:
        yield node.compensated_by


def _ending(definition: Definition) -> frozenset[str]:
    """Every element from which its process or sub-process can come to an end."""
    before: dict[str, list[str]] = {}
    for node in definition.nodes.values():
        for name in _next(node):
            before.setdefault(name, []).append(node.id)
    waiting = [node.id for node in definition.nodes.values() if not node.outs and not node.gate]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += before.get(name, ())
    return frozenset(seen)


def _never_thrown(definition: Definition, event: Node) -> bool:
    """True for an error event on a sub-process in which nothing throws that error and no service could fail with it."""
    if not event.host or not event.triggers or event.triggers[0].kind != "error":
        return False
    host = definition.nodes[event.host]
    if host.kind in THROWERS or host.inner is None:
        return False
    inside = list(_inside(definition.containers, definition, host.inner))
    if any(node.kind == "callActivity" for node in inside):
        return False
    wanted = event.triggers[0].name
    thrown = {t.name for node in inside if node.kind == "endEvent" for t in node.triggers if t.kind == "error"}
    return wanted not in thrown if wanted else not thrown and not any(node.kind in THROWERS for node in inside)


def _inside(containers: Mapping[str, object], definition: Definition, container: str) -> Iterator[Node]:
    for name in definition.containers[container].nodes:
        node = definition.nodes[name]
        yield node
        if node.inner in containers:
            yield from _inside(containers, definition, str(node.inner))


def _undecided(sheet: Sheet, path: str, gateway: Node) -> Iterator[LintFinding]:
    for out in gateway.outs:
        if out.condition is None and not out.default:
            yield sheet.at_flow("flow.no-condition", path, out.flow, gateway=gateway.element)


def _open(gateway: Node) -> bool:
    return len(gateway.outs) > 1 and all(out.condition is not None and not out.default for out in gateway.outs)
