"""Walks over read expressions: their parts, their size, the names they use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from wardflow.feel import syntax as s


@cache
def _part_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name != "at")


def parts(node: s.Node) -> Iterator[s.Node]:
    """The constructs directly inside this one."""
    kind: Any = type(node)
    for name in _part_names(kind):
        yield from _nodes(getattr(node, name))


def _nodes(value: object) -> Iterator[s.Node]:
    if isinstance(value, s.Node):
        yield value
    elif isinstance(value, s.Clause):
        yield value.source
        if value.end is not None:
            yield value.end
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def size(node: s.Node) -> int:
    """How many constructs the expression has."""
    total, waiting = 0, [node]
    while waiting:
        total += 1
        waiting.extend(parts(waiting.pop()))
    return total


def free_names(node: s.Node, bound: frozenset[str] = frozenset()) -> Iterator[s.Name]:
    """The names that the expression takes from outside; inside a filter, an item's own entries may be among them."""
    match node:
        case s.Name(_, name):
            if name not in bound:
                yield node
        case s.For(_, clauses, body):
            yield from _in_clauses(clauses, body, bound | {"partial"})
        case s.Quantified(_, _, clauses, condition):
            yield from _in_clauses(clauses, condition, bound)
        case s.FunctionLiteral(_, parameters, body):
            yield from free_names(body, bound | {parameter.name for parameter in parameters})
        case s.Filter(_, base, condition):
            yield from free_names(base, bound)
            yield from free_names(condition, bound | {"item"})
        case s.ContextLiteral(_, entries):
            for key, value in entries:
                yield from free_names(value, bound)
                bound |= {key}
        case _:
            for part in parts(node):
                yield from free_names(part, bound)


def _in_clauses(clauses: tuple[s.Clause, ...], body: s.Node, bound: frozenset[str]) -> Iterator[s.Name]:
    for clause in clauses:
        yield from free_names(clause.source, bound)
        if clause.end is not None:
            yield from free_names(clause.end, bound)
        bound |= {clause.name}
    yield from free_names(body, bound)
