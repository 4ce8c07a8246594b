"""What is wrong with a decision model before it is ever asked: texts, types, and tables that overlap or leave gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from wardflow.dmn.boxed import logic_of
from wardflow.dmn.coverage import Column, column, constant, gap, overlaps
from wardflow.dmn.elements import Decision
from wardflow.dmn.items import type_reference
from wardflow.dmn.model import Model
from wardflow.dmn.reader import File, files_of, key_of, model_of, workshop_of
from wardflow.dmn.tables import policy_of
from wardflow.dmn.workshop import Workshop
from wardflow.dmn.xml import Element, attribute, child, children, line, local, text
from wardflow.domain.findings import LintFinding
from wardflow.feel import syntax as s
from wardflow.feel import types as t
from wardflow.feel.check import check as check_text
from wardflow.feel.convert import text_of
from wardflow.feel.walk import parts

MOST_OVERLAPS = 20
PROMISE_ONE = frozenset(["UNIQUE"])
NEED_ONE = frozenset(["UNIQUE", "ANY", "FIRST", "PRIORITY"])


def check(document: bytes, *, imports: Iterable[bytes] = (), file: str = "decision.dmn") -> tuple[LintFinding, ...]:
    """Every finding on a DMN file, in the order of its lines."""
    files = files_of(document, imports, file)
    model = model_of(files)
    found = list(model.problems)
    workshop = workshop_of(files[0], files)
    for element in children(files[0].root, "decision"):
        found.extend(_expression(element, files[0], model, workshop))
    for element in files[0].root.iter():
        if isinstance(element.tag, str) and local(element) == "decisionTable":
            found.extend(_table(element, file, workshop))
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.column)))


def _expression(element: Element, file: File, model: Model, workshop: Workshop) -> Iterator[LintFinding]:
    """The findings on a decision's literal expression or on the input expressions of its table, by the types it requires."""
    decision = model.elements.get(key_of(element, file))
    logic = logic_of(element)
    if not isinstance(decision, Decision) or logic is None or any(key[0] != file.namespace for key in decision.requires):
        return
    if child(file.root, "inputData") is None:    # then the tool draws no inputs, and any name may be meant
        return
    known: dict[str, t.Type] = {}
    for key in decision.requires:
        if key in model.elements:
            known[model.elements[key].name] = model.elements[key].type or t.ANY
    texts = [logic] if local(logic) == "literalExpression" else []
    if local(logic) == "decisionTable":
        texts = [one for column_ in children(logic, "input") for one in children(column_, "inputExpression")]
    for one in texts:
        if workshop.node(text(one)) is None:
            continue
        for finding in check_text(text(one), known, file=file.file, element=attribute(element, "id")):
            yield LintFinding(
                finding.code, finding.file, line(one) + finding.line - 1, finding.column, finding.element, finding.facts
            )


def _table(element: Element, file: str, workshop: Workshop) -> Iterator[LintFinding]:
    rules = list(children(element, "rule"))
    columns = [_column(place, one, rules, workshop) for place, one in enumerate(children(element, "input"))]
    known = [one for one in columns if one is not None]
    name = _name(element)
    for one in known:
        yield from _never(one, columns.index(one), rules, file)
    if len(known) < len(columns) or not rules or not columns:
        return
    policy = policy_of(element, workshop)
    if policy in PROMISE_ONE:
        for first, second, example in islice(overlaps(known, len(rules)), MOST_OVERLAPS):
            facts = {"first": first, "second": second, "table": name, "example": _example(known, example)}
            yield _finding("dmn.overlap", file, rules[second - 1], facts)
    missing = gap(known, len(rules)) if policy in NEED_ONE and not _has_default(element) else None
    if missing is not None:
        yield _finding("dmn.gap", file, element, {"table": name, "example": _example(known, missing)}, "warning")


def _column(place: int, element: Element, rules: list[Element], workshop: Workshop) -> Column | None:
    expression = child(element, "inputExpression")
    cells: list[s.Tests] = []
    for rule in rules:
        entries = list(children(rule, "inputEntry"))
        node = workshop.node(text(entries[place]) or "-", tests=True) if place < len(entries) else None
        if not isinstance(node, s.Tests):
            return None
        cells.append(node)
    type_ = None if expression is None else workshop.type(type_reference(expression))
    label = attribute(element, "label") or text(expression)
    return column(label, cells, _allowed(element, type_, workshop), workshop.maker)


def _allowed(element: Element, type_: t.Type | None, workshop: Workshop) -> list[Any]:
    """The only values an input may have, where they are listed."""
    rule = text(child(element, "inputValues")) or (type_.text if isinstance(type_, t.Restricted) else "")
    if not rule:
        return [True, False] if type_ == t.BOOLEAN else []
    node = workshop.node(rule, tests=True)
    values = [] if node is None else [constant(part) for part in parts(node)]
    return [] if any(value is None for value in values) else values


def _never(one: Column, place: int, rules: list[Element], file: str) -> Iterator[LintFinding]:
    for number, passing in enumerate(one.rows, start=1):
        if not passing:
            entry = list(children(rules[number - 1], "inputEntry"))[place]
            values = ", ".join(_shown(value) for value in one.samples)
            facts = {"cell": text(entry), "rule": number, "label": one.label, "values": values}
            yield _finding("dmn.never" if one.listed else "dmn.empty", file, entry, facts)


def _has_default(element: Element) -> bool:
    return any(child(output, "defaultOutputEntry") is not None for output in children(element, "output"))


def _name(element: Element) -> str:
    """What people call a table: its label, or the name of the nearest thing around it that has one."""
    found, around = attribute(element, "label"), element.getparent()
    while not found and around is not None:
        found, around = attribute(around, "name"), around.getparent()
    return found


def _example(columns: list[Column], values: tuple[Any, ...]) -> str:
    return ", ".join(f"{one.label} = {_shown(value)}" for one, value in zip(columns, values, strict=True))


def _shown(value: Any) -> str:
    return str(text_of(value, quoted=True))


def _finding(code: str, file: str, element: Element, facts: dict[str, Any], severity: str = "error") -> LintFinding:
    name = attribute(element, "id") or local(element)
    return LintFinding(code, file, line(element), 0, name, facts, "warning" if severity == "warning" else "error")
