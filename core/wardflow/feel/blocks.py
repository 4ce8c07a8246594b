"""What keywords open: `if`, `for`, `some`, `every`, and functions written where they are used."""

from __future__ import annotations

from collections.abc import Callable

from wardflow.feel import syntax as s
from wardflow.feel.reader import Reader
from wardflow.feel.type_parser import read_type


def _if(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    condition = reader.expression()
    reader.expect("then")
    then = reader.expression()
    reader.expect("else")
    otherwise = reader.expression()
    return reader.add(s.If(at, condition, then, otherwise), condition, then, otherwise)


def _clauses(reader: Reader, end: str) -> tuple[s.Clause, ...]:
    clauses: list[s.Clause] = []
    while not clauses or reader.accept(","):
        name = reader.name("a variable")
        reader.expect("in")
        source = reader.expression()
        clauses.append(s.Clause(name, source, reader.expression() if reader.accept("..") else None))
        reader.bind(name)
    reader.expect(end, f'a comma or "{end}"')
    return tuple(clauses)


def _children(clauses: tuple[s.Clause, ...]) -> list[s.Node]:
    return [node for clause in clauses for node in (clause.source, clause.end) if node is not None]


def _for(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    with reader.binding():
        clauses = _clauses(reader, "return")
        reader.bind("partial")
        body = reader.expression()
    return reader.add(s.For(at, clauses, body), body, *_children(clauses))


def _quantified(reader: Reader) -> s.Node:
    token = reader.token
    reader.place += 1
    with reader.binding():
        clauses = _clauses(reader, "satisfies")
        condition = reader.expression()
    return reader.add(s.Quantified(token.at, token.text, clauses, condition), condition, *_children(clauses))


def function_literal(reader: Reader) -> s.Node:
    """A function written where it is used."""
    at = reader.token.at
    reader.place += 2
    parameters: list[s.Parameter] = []
    while not reader.accept(")"):
        if parameters:
            reader.expect(",", 'a comma or ")"')
        name = reader.name("a parameter")
        parameters.append(s.Parameter(name, read_type(reader) if reader.accept(":") else None))
    external = reader.token.text == "external" and reader.next.text == "{"
    reader.place += external
    with reader.binding(*(parameter.name for parameter in parameters)):
        body = reader.expression()
    return reader.add(s.FunctionLiteral(at, tuple(parameters), body, external), body)


KEYWORDS: dict[str, Callable[[Reader], s.Node]] = {
    "if": _if,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
}
