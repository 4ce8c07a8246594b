"""How a built-in function is declared, found, and handed arguments that fit."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from wardflow.feel.arithmetic import midnight
from wardflow.feel.run import Run
from wardflow.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.values import Function, Nothing, Range, kind

Body = TypeVar("Body", bound=Callable[..., Any])

Class = type    # `type` itself is a field of a parameter

PYTHON_TYPES: dict[str, Class] = {
    "any": object,
    "string": str,
    "number": Decimal,
    "boolean": bool,
    "list": list,
    "context": dict,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysTime,
    "years and months duration": YearsMonths,
    "range": Range,
    "function": Function,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `optional` may be left out, `nullable` may be null, `variadic` takes all that follow."""

    name: str
    type: str
    optional: bool = False
    nullable: bool = False
    variadic: bool = False

    @property
    def python_type(self) -> Class:
        """The class of values it takes."""
        return PYTHON_TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in."""

    parameters: tuple[Parameter, ...]
    body: Callable[..., Any]
    needs_run: bool

    @property
    def variadic(self) -> bool:
        """Whether it takes any number of arguments."""
        return bool(self.parameters) and self.parameters[-1].variadic

    @property
    def python_types(self) -> tuple[Class, ...]:
        """What each parameter takes."""
        return tuple(parameter.python_type for parameter in self.parameters)

    def takes(self, count: int) -> bool:
        """Whether this many arguments can be given by position."""
        required = sum(not parameter.optional for parameter in self.parameters)
        return required <= count and (count <= len(self.parameters) or self.variadic)

    def bind(self, values: Sequence[Any], name: str) -> list[Any]:
        """The arguments made to fit; raises Nothing for the first that cannot."""
        if self.variadic:
            fixed = len(self.parameters) - 1
            rest = values[fixed:]
            values = [*values[:fixed], rest[0] if len(rest) == 1 and isinstance(rest[0], list) else list(rest)]
        return [
            fitted(value, parameter, name) for value, parameter in zip(values, self.parameters, strict=False)
        ]

    def arrange(self, names: Sequence[str], values: Sequence[Any]) -> list[Any] | None:
        """Named arguments in the order of the parameters; None when the names are not this overload's."""
        given = dict(zip(names, values, strict=True))
        last = max((place for place, one in enumerate(self.parameters) if one.name in given), default=-1)
        wanted = self.parameters[: last + 1]
        if len(given) != len(names) or set(given) - {one.name for one in wanted}:
            return None
        if any(one.name not in given and not one.optional for one in self.parameters):
            return None
        return [given.get(one.name) for one in wanted]


def fitted(value: Any, parameter: Parameter, name: str) -> Any:
    """The value as the parameter wants it, after FEEL's own conversions."""
    wanted = parameter.python_type
    if wanted is object or type(value) is wanted or isinstance(value, wanted) and wanted in (Function, list):
        return value
    if value is None:
        if parameter.nullable or parameter.optional:
            return None
        raise Nothing("null-argument", name=name, parameter=parameter.name)
    if wanted is list:
        return [value]
    if isinstance(value, list) and len(value) == 1 and type(value[0]) is wanted:
        return value[0]
    if wanted is DateTime and isinstance(value, Date):
        return midnight(value)
    raise Nothing("wrong-argument", name=name, parameter=parameter.name, kind=kind(value), wanted=parameter.type)


class BuiltIn(Function):
    """A function of the language itself, with one overload or several."""

    __slots__ = ("overloads",)

    def __init__(self, name: str, overloads: tuple[Overload, ...]) -> None:
        super().__init__(name, [parameter.name for parameter in overloads[0].parameters])
        self.overloads = overloads

    def only_overload(self, count: int) -> Overload | None:
        """The overload that takes this many arguments, where there is just one and it takes exactly these."""
        found = [overload for overload in self.overloads if overload.takes(count)]
        return found[0] if len(found) == 1 and len(found[0].parameters) == count else None

    def call(self, run: Run, arguments: Sequence[Any]) -> Any:
        """The result for arguments by position: of the first overload they fit."""
        fitting = [overload for overload in self.overloads if overload.takes(len(arguments))]
        if not fitting:
            wanted = " | ".join(str(len(overload.parameters)) for overload in self.overloads)
            raise Nothing("wrong-count", name=self.name, wanted=wanted, given=len(arguments))
        for overload in fitting[:-1]:
            try:
                bound = overload.bind(arguments, self.name)
            except Nothing:
                continue    # the last overload's own complaint is the one to report
            return self._run(run, overload, bound)
        return self._run(run, fitting[-1], fitting[-1].bind(arguments, self.name))

    def call_named(self, run: Run, names: Sequence[str], values: Sequence[Any]) -> Any:
        """The result for named arguments."""
        complaint: Nothing | None = None
        for overload in self.overloads:
            arranged = overload.arrange(names, values)
            if arranged is None:
                continue
            try:
                return self._run(run, overload, overload.bind(arranged, self.name))
            except Nothing as nothing:
                complaint = nothing
        wanted = [parameter.name for parameter in self.overloads[0].parameters]
        raise complaint or Nothing("wrong-names", name=self.name, given=list(names), wanted=wanted)

    def _run(self, run: Run, overload: Overload, arguments: list[Any]) -> Any:
        for argument in arguments:
            if type(argument) is list:
                run.spend(len(argument) // 4)
            elif type(argument) is dict:
                run.spend(len(argument))
        result = overload.body(run, *arguments) if overload.needs_run else overload.body(*arguments)
        if type(result) is str:
            run.spend(len(result) // 100)
        return result


class Library:
    """Collects the built-ins of one module."""

    def __init__(self) -> None:
        self._overloads: dict[str, list[Overload]] = {}

    def function(self, name: str, signature: str) -> Callable[[Body], Body]:
        """Declare a built-in: `signature` reads "name: type, name?: type"; `?` behind a name is optional, `?` behind a
        type takes null, and `name...` takes all arguments that follow. A body whose first parameter is `run` gets it."""
        parameters = tuple(_parameter(part) for part in signature.split(",") if part.strip())

        def declare(body: Body) -> Body:
            needs_run = next(iter(inspect.signature(body).parameters), "") == "run"
            self._overloads.setdefault(name, []).append(Overload(parameters, body, needs_run))
            return body

        return declare

    def built_ins(self) -> dict[str, BuiltIn]:
        """Every function declared here, by name."""
        return {name: BuiltIn(name, tuple(overloads)) for name, overloads in self._overloads.items()}


def _parameter(text: str) -> Parameter:
    name, type_ = (part.strip() for part in text.split(":"))
    return Parameter(
        name.rstrip("?."),
        type_.rstrip("?"),
        optional=name.endswith("?"),
        nullable=type_.endswith("?"),
        variadic=name.endswith("..."),
    )
