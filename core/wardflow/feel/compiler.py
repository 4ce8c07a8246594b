"""The table from construct to closure, and the compiled expression that hosts keep and evaluate again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.errors import FeelLimit
from wardflow.feel import compile_calls, compile_logic, compile_loops, compile_values
from wardflow.feel import syntax as s
from wardflow.feel.convert import to_feel
from wardflow.feel.functions import BUILT_INS
from wardflow.feel.limits import DEFAULT, Limits
from wardflow.feel.maker import Make, Maker
from wardflow.feel.parser import parse, parse_tests
from wardflow.feel.run import Evaluator, Outset, Scope
from wardflow.feel.types import Type
from wardflow.feel.walk import free_names

TABLE: dict[type[s.Node], Make] = {
    s.Literal: compile_values.literal,
    s.Name: compile_values.name,
    s.Path: compile_values.path,
    s.Negate: compile_values.negate,
    s.Arithmetic: compile_values.arithmetic_,
    s.Comparison: compile_values.comparison,
    s.If: compile_values.if_,
    s.ListLiteral: compile_values.list_,
    s.ContextLiteral: compile_values.context,
    s.InstanceOf: compile_values.instance_of,
    s.Logic: compile_logic.logic,
    s.Between: compile_logic.between,
    s.Interval: compile_logic.interval,
    s.OneSided: compile_logic.one_sided,
    s.In: compile_logic.in_,
    s.Tests: compile_logic.tests,
    s.For: compile_loops.for_,
    s.Quantified: compile_loops.quantified,
    s.Filter: compile_loops.filter_,
    s.Call: compile_calls.call,
    s.FunctionLiteral: compile_calls.function_literal,
}


class Expression:
    """A compiled text: immutable, safe to share, evaluated against any number of contexts."""

    __slots__ = ("_evaluator", "_limits", "node", "source")

    def __init__(self, source: str, node: s.Node, evaluator: Evaluator, limits: Limits) -> None:
        self.source = source
        self.node = node
        self._evaluator = evaluator
        self._limits = limits

    @property
    def names(self) -> frozenset[str]:
        """The names the text takes from outside, built-in functions not counted."""
        return frozenset(name.name for name in free_names(self.node) if name.name not in BUILT_INS)

    def evaluate(
        self,
        context: Mapping[str, Any] | None = None,
        *,
        calendar: Any = None,
        now: datetime | None = None,
        warnings: list[Reason] | None = None,
    ) -> Any:
        """The value; where it or a part is null for a reason, `warnings` receives the reason."""
        try:
            return self._evaluator(Outset({} if context is None else context, (calendar, now, warnings, self._limits)))
        except RecursionError as error:
            raise FeelLimit(limit=self._limits.height, what="levels in one evaluation") from error

    def run(self, scope: Scope) -> Any:
        """The value in a scope of the caller's own."""
        try:
            return self._evaluator(scope)
        except RecursionError as error:
            raise FeelLimit(limit=self._limits.height, what="levels in one evaluation") from error

    def test(
        self,
        value: Any,
        context: Mapping[str, Any] | None = None,
        *,
        calendar: Any = None,
        now: datetime | None = None,
        warnings: list[Reason] | None = None,
    ) -> bool | None:
        """Whether a value passes these unary tests; null when it cannot be told."""
        outer = Outset({} if context is None else context, (calendar, now, warnings, self._limits))
        answer = self.run(outer.within({"?": to_feel(value)}))
        return answer if isinstance(answer, bool) else None

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


def compile(
    source: str,
    *,
    names: Iterable[str] = (),
    types: Mapping[str, Type] | None = None,
    functions: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> Expression:
    """The compiled expression; `names` are names in scope that hold signs or keywords, `functions` those a model defines."""
    return _made(source, parse(source, names, limits), types, functions, limits)


def compile_tests(
    source: str,
    *,
    names: Iterable[str] = (),
    types: Mapping[str, Type] | None = None,
    functions: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> Expression:
    """The compiled unary tests, to be held against values with `test`."""
    return _made(source, parse_tests(source, names, limits), types, functions, limits)


def _made(
    source: str, node: s.Node, types: Mapping[str, Type] | None, functions: Iterable[str], limits: Limits
) -> Expression:
    maker = Maker(TABLE, types or {}, frozenset(functions))
    return Expression(source, node, maker(node), limits)
