"""Expressions checked against what a case really knows: names of steps, properties of their forms, values they offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow import feel, forms
from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.errors import WardflowError
from wardflow.feel import syntax
from wardflow.feel.walk import free_names, parts
from wardflow.packs.answers import BEGINNING, OWN_SERVICES
from wardflow.packs.linting.sheet import PEOPLE, Sheet

ANY = "Any"
WRITTEN = ("unit", "person")
"""wf: attributes that hold an expression after `=`."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names of one diagram with their types and, for forms, their schemas; `complete` when no step may bring others."""

    types: Mapping[str, Any]
    schemas: Mapping[str, Mapping[str, Any]]
    complete: bool


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Expressions that cannot mean what they say."""
    for path, definition in sheet.definitions.items():
        known = names_of(sheet, definition)
        for node in definition.nodes.values():
            yield from _attributes(sheet, path, node, known)
            for out in node.outs:
                if out.condition is not None:
                    for code, facts in faults(out.condition, known):
                        yield sheet.at_flow(code, path, out.flow, **facts)
            for expression in _compiled(node):
                for code, facts in faults(expression, known):
                    yield sheet.at_node(code, path, node, **facts)


def names_of(sheet: Sheet, definition: Definition) -> Known:
    """What the variables of a case of this diagram are called."""
    types: dict[str, Any] = dict.fromkeys(BEGINNING, ANY)
    schemas: dict[str, Mapping[str, Any]] = {}
    registry, complete = sheet.registry(), True
    for container in definition.containers.values():
        types |= dict.fromkeys(container.data, ANY)
    for node in definition.nodes.values():
        types |= _given(node)
        if node.kind in PEOPLE:
            schema = sheet.forms.get(node.attributes.get("form", ""))
            types[node.element] = ANY if schema is None else forms.types(schema, schemas=registry)
            if schema is not None:
                schemas[node.element] = schema
        elif node.handler or node.kind in ("scriptTask", "businessRuleTask", "callActivity", "receiveTask"):
            complete = complete and bool(node.result or node.outputs)
    return Known(types, schemas, complete)


def _given(node: Node) -> dict[str, Any]:
    """The variables an element sets beside a form's."""
    given: dict[str, Any] = {binding.name: ANY for binding in node.outputs}
    if node.result:
        given[node.result] = OWN_SERVICES.get(node.handler, ANY)
    given |= {trigger.name: ANY for trigger in node.triggers if trigger.kind == "message" and trigger.name}
    if node.loop is not None:
        given |= {name: ANY for name in (node.loop.item, node.loop.output, "loopCounter") if name}
        given |= dict.fromkeys(("numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances"), ANY)
    return given


def _attributes(sheet: Sheet, path: str, node: Node, known: Known) -> Iterator[LintFinding]:
    for name in WRITTEN:
        text = node.attributes.get(name, "").strip()
        if not text.startswith("="):
            continue
        try:
            expression = feel.compile(text.removeprefix("="))
        except WardflowError as wrong:
            yield sheet.at_node("feel.syntax", path, node, attribute=name, text=text, why=str(wrong))
            continue
        for code, facts in faults(expression, known):
            yield sheet.at_node(code, path, node, **facts)


def _compiled(node: Node) -> Iterator[Any]:
    """Every expression of an element but its conditions; outputs speak about an answer, not about the case."""
    yield from (binding.value for binding in node.inputs)
    for trigger in node.triggers:
        if trigger.condition is not None:
            yield trigger.condition
        if trigger.timer is not None and not isinstance(trigger.timer.text, str):
            yield trigger.timer.text
    if node.loop is not None:
        yield from (each for each in (node.loop.collection, node.loop.condition, node.loop.done) if each is not None)
    if node.script is not None:
        yield node.script


def faults(expression: Any, known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an expression names that does not exist."""
    if known.complete:
        unknown = sorted({name for name in expression.names if name not in known.types})
        yield from (("feel.name-unknown", {"name": name, "text": expression.source}) for name in unknown)
    free = {id(name) for name in free_names(expression.node)}
    for node in _every(expression.node):
        if isinstance(node, syntax.Path) and (missing := _missing(node, known, free)):
            yield "feel.property-unknown", {"name": missing, "text": expression.source}
        if isinstance(node, syntax.Comparison) and (fact := _impossible(node, known, free)):
            yield "feel.value-unknown", {**fact, "text": expression.source}


def _every(node: syntax.Node) -> Iterator[syntax.Node]:
    yield node
    for part in parts(node):
        yield from _every(part)


def _steps(node: syntax.Node, free: set[int]) -> list[str]:
    """`a.b.c` as its names, empty when it does not begin with a name from outside."""
    match node:
        case syntax.Name() if id(node) in free:
            return [node.name]
        case syntax.Path():
            above = _steps(node.base, free)
            return [*above, node.name] if above else []
    return []


def _missing(path: syntax.Path, known: Known, free: set[int]) -> str:
    """The first property on the way that no form asks for."""
    names = _steps(path, free)
    if not names:
        return ""
    found: Any = known.types.get(names[0], ANY)
    for at, name in enumerate(names[1:], 2):
        if isinstance(found, list) and len(found) == 1:
            found = found[0]
        if not isinstance(found, Mapping):
            return ""
        if name not in found:
            return ".".join(names[:at])
        found = found[name]
    return ""


def _impossible(comparison: syntax.Comparison, known: Known, free: set[int]) -> dict[str, Any]:
    """Facts of a comparison with a text that the form does not offer; none when it could be so."""
    for path, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        names = _steps(path, free)
        if len(names) != 2 or not isinstance(other, syntax.Literal) or not isinstance(other.value, str):
            continue
        offered = known.schemas.get(names[0], {}).get("properties", {}).get(names[1], {}).get("enum")
        if comparison.sign in ("=", "!=") and offered and other.value not in offered:
            return {"name": ".".join(names), "value": other.value, "offered": ", ".join(str(each) for each in offered if each)}
    return {}
