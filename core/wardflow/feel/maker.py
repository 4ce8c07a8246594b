"""Turns nodes into closures: one table from node to function, and what the functions need to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wardflow.feel.run import Evaluator
from wardflow.feel.syntax import Node
from wardflow.feel.types import Type

Make = Callable[[Any, "Maker"], Evaluator]


class Maker:
    """Called with a node, gives its closure; knows the types a model names and the functions it defines."""

    __slots__ = ("functions", "table", "types")

    def __init__(
        self, table: Mapping[type[Node], Make], types: Mapping[str, Type], functions: frozenset[str] = frozenset()
    ) -> None:
        self.table = table
        self.types = types
        self.functions = functions

    def __call__(self, node: Node) -> Evaluator:
        return self.table[type(node)](node, self)
