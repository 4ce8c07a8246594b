"""Gateways that do not fit together: joins that wait for ever, ways that are never taken."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.sheet import Sheet

FORKS = ("parallelGateway", "inclusiveGateway", "complexGateway")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Joins to which no two tokens ever come together, and second ways out on the same condition."""
    for path, definition in sheet.definitions.items():
        for node in definition.nodes.values():
            if node.kind == "parallelGateway" and len(node.ins) > 1 and not _fed(definition, node):
                yield sheet.at_node("flow.join-starves", path, node)
            if node.kind == "exclusiveGateway":
                yield from _same(sheet, path, node)


def _fed(definition: Definition, join: Node) -> bool:
    """Whether something before the join can put two tokens on their way to different flows of it."""
    for node in definition.nodes.values():
        if node.scope != join.scope or node is join:
            continue
        reached = [{flow for flow, before in join.reach.items() if target in before} | _straight(definition, node, join, target) for target in _ways(definition, node)]
        together = set().union(*reached) if reached else set()
        if len(together) > 1 and sum(bool(each) for each in reached) > 1:
            return True
    return len([start for start in definition.containers[join.scope].starts if any(start in before for before in join.reach.values())]) > 1


def _ways(definition: Definition, node: Node) -> list[str]:
    """Where tokens go from a node at the same time; nothing for one that sends only one."""
    aside = [event for event in node.boundary if not definition.nodes[event].interrupting]
    if node.kind in FORKS or node.outs and node.kind not in ("exclusiveGateway", "eventBasedGateway") and len(node.outs) > 1:
        return [out.target for out in node.outs] + aside
    return [*(out.target for out in node.outs), *aside] if aside else []


def _straight(definition: Definition, node: Node, join: Node, target: str) -> set[str]:
    """The flows that lead from a fork to the join without anything between."""
    return {out.flow for out in node.outs if out.target == join.id} if target == join.id else set()


def _same(sheet: Sheet, path: str, gateway: Node) -> Iterator[LintFinding]:
    seen: dict[str, str] = {}
    for out in gateway.outs:
        text = " ".join(str(getattr(out.condition, "source", "")).split()) if out.condition is not None else ""
        if text and text in seen:
            yield sheet.at_flow("flow.same-condition", path, out.flow, text=text, other=seen[text])
        seen.setdefault(text, out.flow)
