"""Boxed expressions as closures: literal expressions, tables, contexts, lists, relations, calls, functions, loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardflow.dmn.items import type_reference
from wardflow.dmn.tables import read_table
from wardflow.dmn.workshop import Workshop, typed
from wardflow.dmn.xml import Element, attribute, child, children, local, text
from wardflow.feel import compile_loops, compile_values
from wardflow.feel.compile_calls import UserFunction, guarded
from wardflow.feel.run import Evaluator, Scope
from wardflow.feel.types import Type
from wardflow.feel.values import Function

KINDS = (
    "literalExpression", "decisionTable", "context", "list", "relation", "invocation", "functionDefinition",
    "conditional", "for", "filter", "some", "every",
)  # fmt: skip


WEIGHT = 10
"""What one round of a boxed loop costs: the size of its body is not known here."""


def logic_of(element: Element) -> Element | None:
    """The boxed expression directly inside an element."""
    return child(element, *KINDS)


def boxed(element: Element | None, workshop: Workshop, name: str = "", result: Type | None = None) -> Evaluator:
    """The closure of a boxed expression, its own type applied; one that is missing gives null."""
    if element is None:
        return lambda scope: None
    made = TABLE[local(element)](element, workshop, name) if local(element) != "decisionTable" else None
    if made is None:
        made = read_table(element, workshop, name, result).evaluate
    return typed(made, workshop.type(type_reference(element)), name)


def _inner(element: Element, part: str, workshop: Workshop) -> Evaluator:
    holder = child(element, part)
    return boxed(None if holder is None else logic_of(holder), workshop)


def _literal(element: Element, workshop: Workshop, name: str) -> Evaluator:
    written = text(element)
    return workshop.expression(written, element) if written else lambda scope: None


def _context(element: Element, workshop: Workshop, name: str) -> Evaluator:
    entries: list[tuple[str, Evaluator]] = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        key = "" if variable is None else attribute(variable, "name")
        evaluate = boxed(logic_of(entry), workshop, key or name)
        type_ = None if variable is None else workshop.type(type_reference(variable))
        entries.append((key, typed(evaluate, type_, key)))

    def built(scope: Scope) -> Any:
        made: dict[str, Any] = {}
        inner = scope.within(made)
        for key, evaluate in entries:
            value = evaluate(inner)
            if not key:
                return value
            made[key] = value
        return made

    return built


def _list(element: Element, workshop: Workshop, name: str) -> Evaluator:
    items = [boxed(one, workshop, name) for one in children(element, *KINDS)]
    return lambda scope: [item(scope) for item in items]


def _relation(element: Element, workshop: Workshop, name: str) -> Evaluator:
    columns = [attribute(column, "name") for column in children(element, "column")]
    types = [workshop.type(type_reference(column)) for column in children(element, "column")]
    rows = [
        [typed(boxed(one, workshop), type_, name) for one, type_ in zip(children(row, *KINDS), types, strict=False)]
        for row in children(element, "row")
    ]
    return lambda scope: [
        {column: cell(scope) for column, cell in zip(columns, row, strict=False)} for row in rows
    ]


def _invocation(element: Element, workshop: Workshop, name: str) -> Evaluator:
    function = boxed(child(element, *KINDS), workshop)
    names: list[str] = []
    arguments: list[Evaluator] = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        names.append("" if parameter is None else attribute(parameter, "name"))
        arguments.append(boxed(logic_of(binding), workshop))

    def called(scope: Scope) -> Any:
        target = function(scope)
        if not isinstance(target, Function):
            scope.run.warn("not-a-function", name=name)
            return None
        return guarded(target, [argument(scope) for argument in arguments], tuple(names), scope.run)

    return called


def function_definition(element: Element, workshop: Workshop, name: str, result: Type | None = None) -> Evaluator:
    """A function; one written in another language than FEEL is null, since nothing outside is ever called."""
    parameters = [attribute(one, "name") for one in children(element, "formalParameter")]
    types = [workshop.type(type_reference(one)) for one in children(element, "formalParameter")]
    foreign = attribute(element, "kind") not in ("", "FEEL", "F")
    body = boxed(logic_of(element), workshop, name, result)
    if foreign:
        workshop.note("dmn.external", element, kind=attribute(element, "kind"))

    def made(scope: Scope) -> Function | None:
        if foreign:
            scope.run.warn("external-function")
            return None
        return UserFunction(name, parameters, types, body, scope, result=result, weight=10)

    return made


def _function(element: Element, workshop: Workshop, name: str) -> Evaluator:
    return function_definition(element, workshop, name)


def _conditional(element: Element, workshop: Workshop, name: str) -> Evaluator:
    parts = [_inner(element, part, workshop) for part in ("if", "then", "else")]
    return compile_values.branch(*parts)


def _loop(element: Element, workshop: Workshop, name: str) -> Evaluator:
    kind = local(element)
    clauses = [(attribute(element, "iteratorVariable"), _inner(element, "in", workshop), None)]
    if kind == "for":
        return compile_loops.loop(clauses, _inner(element, "return", workshop), WEIGHT)
    return compile_loops.quantify(clauses, _inner(element, "satisfies", workshop), kind, WEIGHT)


def _filter(element: Element, workshop: Workshop, name: str) -> Evaluator:
    return compile_loops.select(_inner(element, "in", workshop), _inner(element, "match", workshop), WEIGHT)


TABLE: dict[str, Callable[[Element, Workshop, str], Evaluator]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": _function,
    "conditional": _conditional,
    "for": _loop,
    "some": _loop,
    "every": _loop,
    "filter": _filter,
}
