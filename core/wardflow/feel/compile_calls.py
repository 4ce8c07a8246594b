"""Closures for calls and for functions written in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wardflow.errors import FeelLimit
from wardflow.feel import coerce
from wardflow.feel import syntax as s
from wardflow.feel.functions import BUILT_INS
from wardflow.feel.functions.registry import BuiltIn, Overload
from wardflow.feel.maker import Maker
from wardflow.feel.run import Evaluator, Run, Scope
from wardflow.feel.types import Type, resolve
from wardflow.feel.values import Function, Nothing, kind
from wardflow.feel.walk import size


class UserFunction(Function):
    """A function made of an expression; it sees the names around its definition."""

    __slots__ = ("body", "scope", "weight")

    def __init__(
        self,
        name: str,
        parameters: Sequence[str],
        types: Sequence[Type | None],
        body: Evaluator,
        scope: Scope,
        *,
        result: Type | None = None,
        weight: int = 5,
    ) -> None:
        super().__init__(name, parameters, types, result)
        self.body = body
        self.scope = scope
        self.weight = weight

    def call(self, run: Run, arguments: Sequence[Any]) -> Any:
        """The body's value with the parameters bound; null when an argument does not fit its type."""
        if len(arguments) != len(self.parameters):
            raise Nothing("wrong-count", name=self.name, wanted=len(self.parameters), given=len(arguments))
        bound: dict[str, Any] = {}
        for name, type_, value in zip(self.parameters, self.types, arguments, strict=True):
            fits, bound[name] = coerce.converted(value, type_)
            if not fits:
                raise Nothing("wrong-argument", name=self.name, parameter=name, kind=kind(value))
        result = deeper(run, self.weight, self.body, Scope(bound, self.scope, run))
        fits, result = coerce.converted(result, self.result)
        return result


def deeper(run: Run, weight: int, body: Evaluator, scope: Scope) -> Any:
    """What the body gives one call further in, paid for and within the bound on calls."""
    run.spend(weight)
    if run.calls >= run.limits.calls:
        raise FeelLimit(limit=run.limits.calls, what="calls within each other")
    run.calls += 1
    try:
        return body(scope)
    finally:
        run.calls -= 1


def function_literal(node: s.FunctionLiteral, make: Maker) -> Evaluator:
    """A function value; one that names outside code is null, since nothing outside is ever called."""
    names = tuple(parameter.name for parameter in node.parameters)
    types = [None if parameter.type is None else resolve(parameter.type, make.types) for parameter in node.parameters]
    body, weight = make(node.body), size(node.body)

    def made(scope: Scope) -> Function | None:
        if node.external:
            scope.run.warn("external-function")
            return None
        return UserFunction("", names, types, body, scope, weight=weight)

    return made


def call(node: s.Call, make: Maker) -> Evaluator:
    """The result of a call; a built-in known by name is called without looking it up."""
    arguments = [make(argument) for argument in node.arguments]
    if isinstance(node.function, s.Name) and not node.local and node.function.name not in make.functions:
        built_in = BUILT_INS.get(node.function.name)
        if built_in is not None:
            return _built_in_call(built_in, arguments, node)
    return _value_call(make(node.function), arguments, node)


def _built_in_call(built_in: BuiltIn, arguments: list[Evaluator], node: s.Call) -> Evaluator:
    names = node.names
    overload = None if names else built_in.only_overload(len(arguments))
    if overload is not None and not overload.needs_run and not overload.variadic:
        if len(arguments) == 2:
            last = node.arguments[1]
            if isinstance(last, s.Literal) and type(last.value) is overload.python_types[1]:
                constant = _with_constant(built_in, overload, arguments[0], last.value)
                subject = node.arguments[0]
                if isinstance(subject, s.Name) and overload.python_types[0] is str:
                    return _name_with_constant(subject.name, overload.body, last.value, constant)
                return constant
            return _two(built_in, overload, arguments[0], arguments[1])
        if len(arguments) == 1:
            return _one(built_in, overload, arguments[0])

    def called(scope: Scope) -> Any:
        values = [argument(scope) for argument in arguments]
        return guarded(built_in, values, names, scope.run)

    return called


def _one(built_in: BuiltIn, overload: Overload, first: Evaluator) -> Evaluator:
    body, wanted = overload.body, overload.python_types[0]

    def called(scope: Scope) -> Any:
        value = first(scope)
        if type(value) is wanted and wanted is not list:
            try:
                result = body(value)
                if type(result) is str:
                    scope.run.spend(len(result) // 100)
                return result
            except Nothing as nothing:
                return _nothing(nothing, scope.run)
        return guarded(built_in, (value,), (), scope.run)

    return called


def _two(built_in: BuiltIn, overload: Overload, first: Evaluator, second: Evaluator) -> Evaluator:
    body, wanted, wanted_second = overload.body, overload.python_types[0], overload.python_types[1]

    def called(scope: Scope) -> Any:
        a, b = first(scope), second(scope)
        if type(a) is wanted and type(b) is wanted_second and wanted is not list:
            try:
                result = body(a, b)
                if type(result) is str:
                    scope.run.spend(len(result) // 100)
                return result
            except Nothing as nothing:
                return _nothing(nothing, scope.run)
        return guarded(built_in, (a, b), (), scope.run)

    return called


def _with_constant(built_in: BuiltIn, overload: Overload, first: Evaluator, second: Any) -> Evaluator:
    body, wanted = overload.body, overload.python_types[0]

    def called(scope: Scope) -> Any:
        value = first(scope)
        if type(value) is wanted and wanted is not list:
            try:
                result = body(value, second)
                if type(result) is str:
                    scope.run.spend(len(result) // 100)
                return result
            except Nothing as nothing:
                return _nothing(nothing, scope.run)
        return guarded(built_in, (value, second), (), scope.run)

    return called


def _name_with_constant(name: str, body: Callable[..., Any], second: Any, otherwise: Evaluator) -> Evaluator:
    """The commonest call of all, `contains(name, "…")`, while its answer is a truth value."""

    def called(scope: Scope) -> Any:
        value = scope.names.get(name)
        if type(value) is str:
            try:
                answer = body(value, second)
            except Nothing:
                return otherwise(scope)
            if type(answer) is bool:
                return answer
        return otherwise(scope)

    return called


def guarded(function: Function, values: Sequence[Any], names: tuple[str, ...], run: Run) -> Any:
    """The result of a call, or null with the reason noted."""
    try:
        if isinstance(function, BuiltIn):
            return function.call_named(run, names, values) if names else function.call(run, values)
        return function.call(run, _ordered(function, values, names) if names else values)
    except Nothing as nothing:
        return _nothing(nothing, run)


def _ordered(function: Function, values: Sequence[Any], names: tuple[str, ...]) -> Sequence[Any]:
    places = function.positions(names)
    if places is None:
        raise Nothing("wrong-names", name=function.name, given=list(names), wanted=list(function.parameters))
    return [value for _, value in sorted(zip(places, values, strict=True), key=lambda pair: pair[0])]


def _nothing(nothing: Nothing, run: Run) -> None:
    run.warn(nothing.code, **nothing.facts)


def _value_call(function: Evaluator, arguments: list[Evaluator], node: s.Call) -> Evaluator:
    name = node.function.name if isinstance(node.function, s.Name) else ""

    def called(scope: Scope) -> Any:
        target = function(scope)
        if not isinstance(target, Function):
            target = BUILT_INS.get(name)
        if target is None:
            scope.run.warn("not-a-function", name=name)
            return None
        return guarded(target, [argument(scope) for argument in arguments], node.names, scope.run)

    return called
