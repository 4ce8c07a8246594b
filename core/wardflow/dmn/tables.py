"""Decision tables: inputs, rules and what they answer, compiled once and asked many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wardflow.dmn.explanation import Cell, Input, Row, Table
from wardflow.dmn.hit_policies import POLICIES, Hit
from wardflow.dmn.items import type_reference
from wardflow.dmn.workshop import Workshop, typed
from wardflow.dmn.xml import Element, attribute, child, children, text
from wardflow.feel import syntax as s
from wardflow.feel.compile_logic import Test
from wardflow.feel.convert import to_json
from wardflow.feel.run import Evaluator, Scope
from wardflow.feel.types import ListOf, Restricted, Type
from wardflow.feel.walk import parts

AGGREGATIONS = ("SUM", "COUNT", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class InputColumn:
    """What one column of tests is held against."""

    label: str
    text: str
    value: Evaluator


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """What one column of results is called; `ranks` are its listed values from the most important on."""

    name: str
    ranks: tuple[Any, ...]
    default: Evaluator | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row; `tests` holds only the columns that can fail, `cells` all of them for the page that explains."""

    number: int
    id: str
    tests: tuple[tuple[int, Test], ...]
    cells: tuple[str, ...]
    outputs: tuple[Evaluator, ...]
    output_texts: tuple[str, ...]
    annotations: tuple[str, ...]

    def matches(self, values: Sequence[Any], scope: Scope) -> bool:
        """Whether the inputs pass every test."""
        for column, test in self.tests:    # noqa: SIM110 - a generator would double the time of every table
            if test(values[column], scope) is not True:
                return False
        return True


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A whole table; calling `evaluate` answers it."""

    name: str
    hit_policy: str
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]

    def evaluate(self, scope: Scope) -> Any:
        """The answer in these names; where somebody asked why, the whole table is noted with it."""
        values = [column.value(scope) for column in self.inputs]
        scope.run.spend(len(self.rules))
        hits: list[Hit] = []
        for rule in self.rules:
            if rule.matches(values, scope):
                hits.append(self._hit(rule, scope))
                if self.hit_policy == "FIRST":
                    break
        answer = self._answer(hits, scope)
        if scope.run.trace is not None:
            scope.run.trace.append(self._traced(values, hits, answer, scope))
        return answer

    def _hit(self, rule: Rule, scope: Scope) -> Hit:
        outputs = tuple(output(scope) for output in rule.outputs)
        return Hit(rule.number, outputs, self._together(outputs))

    def _together(self, outputs: Sequence[Any]) -> Any:
        if len(self.outputs) == 1:
            return outputs[0]
        return {column.name: value for column, value in zip(self.outputs, outputs, strict=True)}

    def _answer(self, hits: list[Hit], scope: Scope) -> Any:
        if not hits:
            return self._default(scope)
        ranks = [column.ranks for column in self.outputs]
        return POLICIES[self.hit_policy](hits, ranks, scope.run)

    def _default(self, scope: Scope) -> Any:
        if any(column.default is not None for column in self.outputs):
            values = [None if column.default is None else column.default(scope) for column in self.outputs]
            return self._together(values)
        scope.run.warn("no-rule", table=self.name)
        return None

    def _traced(self, values: Sequence[Any], hits: list[Hit], answer: Any, scope: Scope) -> Table:
        outputs = {hit.number: tuple(to_json(value) for value in hit.outputs) for hit in hits}
        return Table(
            self.name,
            self.hit_policy,
            tuple(
                Input(column.label, column.text, to_json(value))
                for column, value in zip(self.inputs, values, strict=True)
            ),
            tuple(column.name for column in self.outputs),
            tuple(self._traced_row(rule, values, outputs, scope) for rule in self.rules),
            to_json(answer),
        )

    def _traced_row(self, rule: Rule, values: Sequence[Any], outputs: dict[int, Any], scope: Scope) -> Row:
        tests = dict(rule.tests)
        cells = tuple(
            Cell(cell, tests[column](values[column], scope) if column in tests else True)
            for column, cell in enumerate(rule.cells)
        )
        matched = rule.number in outputs
        found = outputs.get(rule.number, ())
        return Row(rule.number, cells, matched, found, rule.output_texts, rule.annotations, rule.id)


def read_table(element: Element, workshop: Workshop, name: str, result: Type | None = None) -> DecisionTable:
    """The table as the file has it."""
    inputs = tuple(_input(one, workshop) for one in children(element, "input"))
    columns = list(children(element, "output"))
    outputs = tuple(_output(one, workshop, result if len(columns) == 1 else None) for one in columns)
    types = [workshop.type(type_reference(one)) for one in columns]
    rules = tuple(
        _rule(one, number, len(inputs), types, workshop) for number, one in enumerate(children(element, "rule"), 1)
    )
    return DecisionTable(attribute(element, "label") or name, policy_of(element, workshop), inputs, outputs, rules)


def policy_of(element: Element, workshop: Workshop) -> str:
    """The hit policy with its aggregator; UNIQUE where none is written, as the standard says."""
    policy = attribute(element, "hitPolicy") or "UNIQUE"
    aggregation = attribute(element, "aggregation")
    if policy == "COLLECT" and aggregation in AGGREGATIONS:
        policy = f"COLLECT {aggregation}"
    if policy not in POLICIES:
        workshop.note("dmn.hit-policy", element, policy=policy)
        return "UNIQUE"
    return policy


def _input(element: Element, workshop: Workshop) -> InputColumn:
    expression = child(element, "inputExpression")
    written = text(expression)
    evaluate = workshop.expression(written, element if expression is None else expression)
    return InputColumn(attribute(element, "label") or written, written, evaluate)


def _output(element: Element, workshop: Workshop, result: Type | None) -> OutputColumn:
    listed = child(element, "outputValues")
    type_ = workshop.type(type_reference(element)) or result
    while isinstance(type_, ListOf):
        type_ = type_.item
    rule = text(listed) or (type_.text if isinstance(type_, Restricted) else "")
    default = child(element, "defaultOutputEntry")
    return OutputColumn(
        attribute(element, "name") or attribute(element, "label"),
        _ranks(rule, workshop),
        workshop.expression(text(default), default) if default is not None and text(default) else None,
    )


def _ranks(rule: str, workshop: Workshop) -> tuple[Any, ...]:
    """The values listed one by one, in the order that PRIORITY and OUTPUT ORDER go by."""
    node = workshop.node(rule, tests=True) if rule else None
    return tuple(part.value for part in parts(node) if isinstance(part, s.Literal)) if node is not None else ()


def _rule(element: Element, number: int, width: int, types: Sequence[Type | None], workshop: Workshop) -> Rule:
    entries = list(children(element, "inputEntry"))
    cells = tuple(text(entry) or "-" for entry in entries)
    tests = tuple(
        (column, workshop.tests(cell, entry))
        for column, (cell, entry) in enumerate(zip(cells[:width], entries, strict=False))
        if cell != "-"
    )
    results = list(children(element, "outputEntry"))
    outputs = tuple(
        typed(_result(entry, workshop), type_, "rule") for entry, type_ in zip(results, types, strict=False)
    )
    return Rule(
        number,
        attribute(element, "id"),
        tests,
        cells,
        outputs,
        tuple(text(entry) for entry in results),
        tuple(text(entry) for entry in children(element, "annotationEntry")),
    )


def _result(entry: Element, workshop: Workshop) -> Evaluator:
    written = text(entry)
    if written in ("", "-"):
        return lambda scope: None
    return workshop.expression(written, entry)
