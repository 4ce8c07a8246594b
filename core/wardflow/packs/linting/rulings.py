"""Decision tables within their pack: names and values that the diagrams give, answers that the diagrams ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow import feel
from wardflow.dmn.xml import Element, attribute, child, children, line, parse, text
from wardflow.domain.findings import LintFinding
from wardflow.errors import DmnRefused
from wardflow.feel.check import check_tests
from wardflow.feel.declared import one_of
from wardflow.feel.types import BUILT_IN
from wardflow.packs.linting.sheet import Sheet, finding

ANY = "Any"
TYPES = frozenset([*BUILT_IN, "dateTime", "dayTimeDuration", "yearMonthDuration", "days and time duration", "years and months duration"])
SINGLE = ("UNIQUE", "FIRST", "ANY", "PRIORITY")
"""Hit policies that give one answer."""


def answers(sheet: Sheet) -> Mapping[str, Any]:
    """The type of each decision's answer: the texts its rows write, Any where it may be something else."""
    found: dict[str, Any] = {}
    for path, decision, table in tables(sheet):
        if (attribute(table, "hitPolicy") or "UNIQUE") in SINGLE and sheet.decisions is not None and path:
            found[attribute(decision, "name")] = _answer(table)
    return found


def tables(sheet: Sheet) -> Iterator[tuple[str, Element, Element]]:
    """Every decision that is a table, with its file."""
    for path in sheet.pack.paths(".dmn"):
        try:
            root = parse(sheet.pack.files[path])
        except DmnRefused:
            continue    # said at its file
        for decision in children(root, "decision"):
            table = child(decision, "decisionTable")
            if table is not None:
                yield path, decision, table


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Decisions that two tables give, and rows that give no answer where their neighbours do."""
    places: dict[str, str] = {}
    for path, decision, table in tables(sheet):
        name = attribute(decision, "name")
        if name in places:
            yield finding("table.twice", sheet.pack.at(path), line(decision), 1, decision=name, other=places[name])
        places.setdefault(name, path)
        rules = list(children(table, "rule"))
        yield from _rows(sheet, path, name, table)
        for place, _ in enumerate(children(table, "output")):
            cells_ = [list(children(rule, "outputEntry"))[place : place + 1] for rule in rules]
            silent = [number for number, cell in enumerate(cells_) if not cell or not text(cell[0]).strip()]
            if len(silent) < len(rules):
                for number in silent:
                    yield finding("table.answer-missing", sheet.pack.at(path), line(rules[number]), 1, decision=name, rule=number + 1)


def _rows(sheet: Sheet, path: str, name: str, table: Element) -> Iterator[LintFinding]:
    """Rows that ask the same as one above them, and columns of a type that is none."""
    seen: dict[tuple[str, ...], int] = {}
    for number, rule in enumerate(children(table, "rule"), 1):
        asked = tuple(" ".join(text(entry).split()) for entry in children(rule, "inputEntry"))
        if asked in seen and (attribute(table, "hitPolicy") or "UNIQUE") in SINGLE:
            yield finding("table.row-twice", sheet.pack.at(path), line(rule), 1, decision=name, rule=number, other=seen[asked])
        seen.setdefault(asked, number)
    named = {attribute(each, "name") for each in children(table.getroottree().getroot(), "itemDefinition")}
    for each in table.iter("{*}inputExpression", "{*}output"):
        declared = attribute(each, "typeRef")
        if declared and ":" not in declared and declared not in named and declared not in TYPES:
            yield finding("table.type-unknown", sheet.pack.at(path), line(each), 1, decision=name, type=declared)


def _answer(table: Element) -> Any:
    columns: dict[str, Any] = {}
    for place, output in enumerate(children(table, "output")):
        written = [list(children(rule, "outputEntry")) for rule in children(table, "rule")]
        said = [text(cells[place]).strip() for cells in written if place < len(cells)]
        literal = all(cell.startswith('"') and cell.endswith('"') and cell.count('"') == 2 for cell in said)
        default = child(output, "defaultOutputEntry") is not None
        columns[attribute(output, "name")] = one_of([cell.strip('"') for cell in said]) if said and literal and not default else ANY
    return next(iter(columns.values())) if len(columns) == 1 else columns


def cells(sheet: Sheet, known: Mapping[str, Mapping[str, Any]]) -> Iterator[LintFinding]:
    """Texts of the tables that speak of names or values nobody gives; `known` are the names for each decision asked."""
    for path, decision, table in tables(sheet):
        types = known.get(attribute(decision, "name"))
        if types is None or child(decision, "informationRequirement") is not None and _needs_decisions(decision):
            continue
        for place, column in enumerate(children(table, "input")):
            expression = child(column, "inputExpression")
            if expression is None:
                continue
            asked = text(expression)
            yield from _said(sheet, path, expression, feel.check(asked, types))
            kind = _type_of(asked, types, attribute(expression, "typeRef"))
            for rule in children(table, "rule"):
                entries = list(children(rule, "inputEntry"))
                if place < len(entries) and (cell := text(entries[place]).strip()) not in ("", "-"):
                    yield from _said(sheet, path, entries[place], check_tests(cell, kind, types))
        for rule in children(table, "rule"):
            for entry in children(rule, "outputEntry"):
                if text(entry).strip():
                    yield from _said(sheet, path, entry, feel.check(text(entry), types))


def _needs_decisions(decision: Element) -> bool:
    return any(child(each, "requiredDecision") is not None for each in children(decision, "informationRequirement"))


def _type_of(asked: str, types: Mapping[str, Any], declared: str) -> Any:
    """The type of a column: that of the answer it names, else what the table declares."""
    found: Any = types
    for part in asked.strip().split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if found is not None and found != ANY and not isinstance(found, Mapping) else declared or ANY


def _said(sheet: Sheet, path: str, element: Element, found: list[LintFinding]) -> Iterator[LintFinding]:
    for each in found:
        yield finding(each.code, sheet.pack.at(path), line(element), 1, attribute(element, "id"), **each.facts)
