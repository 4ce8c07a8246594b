"""Expressions checked against what a case really knows: names of steps, properties of their forms, values they offer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow import feel, forms
from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.feel.declared import declared_types
from wardflow.feel.types import ListOf, Restricted
from wardflow.packs.answers import BEGINNING, OWN_SERVICES
from wardflow.packs.linting import rulings
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.pack import SETTINGS

ANY = "Any"
UNKNOWN = "feel.name-unknown"
WRITTEN = ("unit", "person", "until", "begin", "pay", "priority")
ALWAYS = ("priority",)
"""An expression also without the sign that tells it from a plain word."""
"""wf: attributes that hold an expression after `=`."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names of one diagram with their types; `complete` when no step may bring others."""

    types: Mapping[str, Any]
    complete: bool


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Expressions that cannot mean what they say."""
    asked: dict[str, Mapping[str, Any]] = {}
    for path, definition in sheet.definitions.items():
        known = names_of(sheet, definition)
        if known.complete:
            asked |= {node.decision: together((asked.get(node.decision, {}), known.types)) for node in definition.nodes.values() if node.decision}
        for node in definition.nodes.values():
            yield from _attributes(sheet, path, node, known)
            for out in node.outs:
                if out.condition is not None:
                    for code, facts in faults(source(out.condition), known):
                        yield sheet.at_flow(code, path, out.flow, **facts)
            for expression in compiled(node):
                for code, facts in faults(source(expression), known):
                    yield sheet.at_node(code, path, node, **facts)
    if sheet.decisions is not None:
        yield from rulings.cells(sheet, asked)
    yield from _noticed(sheet)


def _noticed(sheet: Sheet) -> Iterator[LintFinding]:
    """The expressions that say in which unit somebody is told."""
    every = [names_of(sheet, definition) for definition in sheet.definitions.values()]
    known = Known(together(each.types for each in every), all(each.complete for each in every) and not sheet.broken)
    for notice in sheet.pack.notices.values():
        if notice.unit.startswith("="):
            for code, facts in faults(notice.unit.removeprefix("=").strip(), known):
                yield sheet.at_text(code, SETTINGS, f"{notice.id} =", **facts)


def names_of(sheet: Sheet, definition: Definition) -> Known:
    """What the variables of a case of this diagram are called."""
    types: dict[str, Any] = dict.fromkeys(BEGINNING, ANY)
    registry, complete = sheet.registry(), True
    for container in definition.containers.values():
        types |= dict.fromkeys(container.data, ANY)
    if (filed := _filed(sheet, definition, registry)) is not None:
        types["form"] = filed
    ruled = rulings.answers(sheet) if any(node.decision for node in definition.nodes.values()) else {}
    for node in definition.nodes.values():
        types |= _given(sheet, node, registry)
        if node.decision and node.result and definition_gives(definition, node.result) == 1:
            types[node.result] = ruled.get(node.decision, ANY)
        if node.kind in PEOPLE:
            schema = sheet.forms.get(node.attributes.get("form", ""))
            types[node.element] = ANY if schema is None else offered(schema, registry)
        elif node.handler or node.kind in ("scriptTask", "businessRuleTask", "callActivity", "receiveTask"):
            complete = complete and bool(node.result or node.outputs)
    return Known(types, complete)


def _filed(sheet: Sheet, definition: Definition, registry: forms.Schemas) -> dict[str, Any] | None:
    """What the records that run this diagram ask at the filing, taken together; None where a package may ask more."""
    asked = [record.form for record in sheet.procedures.values() if record.process in definition.processes]
    if not asked or sheet.broken or any(form not in sheet.forms or "$ref" in sheet.forms[form] for form in asked):
        return None
    every = [offered(sheet.forms[form], registry) for form in dict.fromkeys(asked)]
    found: dict[str, Any] = {}
    for given in every:
        for name, type_ in given.items():
            found[name] = type_ if len(every) == 1 else ANY
    return found


def together(every: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The names of several diagrams in one: what two of them call alike may be either."""
    found: dict[str, Any] = {}
    for types in every:
        for name, type_ in types.items():
            before = found.get(name, type_)
            both = isinstance(before, Mapping) and isinstance(type_, Mapping)
            found[name] = {**before, **type_} if both else type_ if before == type_ else ANY
    return found


def definition_gives(definition: Definition, name: str) -> int:
    """How many elements write a variable."""
    return sum(node.result == name or any(each.name == name for each in node.outputs) or node.element == name for node in definition.nodes.values())


def _given(sheet: Sheet, node: Node, registry: forms.Schemas) -> dict[str, Any]:
    """The variables an element sets beside a form's."""
    given: dict[str, Any] = {binding.name: ANY for binding in node.outputs}
    if node.result:
        given[node.result] = OWN_SERVICES.get(node.handler, ANY)
    for name in [str(trigger.name) for trigger in node.triggers if trigger.kind == "message" and trigger.name]:
        told = sheet.pack.messages.get(name)
        schema = sheet.forms.get(told.form) if told is not None else None
        given[name] = ANY if schema is None else offered(schema, registry)
    if node.loop is not None:
        given |= {name: ANY for name in (node.loop.item, node.loop.output, "loopCounter") if name}
        given |= dict.fromkeys(("numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances"), ANY)
    return given


def _attributes(sheet: Sheet, path: str, node: Node, known: Known) -> Iterator[LintFinding]:
    for name in WRITTEN:
        text = node.attributes.get(name, "").strip()
        if text.startswith("=") or (text and name in ALWAYS):
            for code, facts in faults(text.removeprefix("=").strip(), known):
                yield sheet.at_node(code, path, node, **facts)


def compiled(node: Node) -> Iterator[Any]:
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


def source(expression: Any) -> str:
    """The text an expression was compiled from."""
    return str(expression.source)


def faults(text: str, known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an expression says that cannot be; where steps may bring names nobody foresees, unknown names are let pass."""
    for found in feel.check(text, known.types):
        if known.complete or found.code != UNKNOWN:
            yield found.code, {"text": text, **found.facts}


def offered(schema: Mapping[str, Any], registry: forms.Schemas) -> dict[str, Any]:
    """The types a form gives to its answers, with the values it offers where it offers some."""
    if forms.undrawable(schema, schemas=registry):
        return dict.fromkeys(schema.get("properties", ()), ANY)    # what is wrong with it is said at the form
    own = schema.get("properties", {})
    chosen = {
        name: type_ for name, type_ in declared_types(schema).items()
        if isinstance(type_, Restricted) or isinstance(type_, ListOf) and '"$ref"' not in json.dumps(own.get(name))
    }
    return {**forms.types(schema, schemas=registry), **chosen}
