"""FEEL values beside Python's own: ranges and functions; the name of a value's kind; lists and texts within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wardflow.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.types import ANY, Type


class Nothing(Exception):
    """Raised inside a built-in whose result is null, with the code and facts of the reason; never leaves the evaluator."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; `sign` keeps a one-sided range apart from one written with brackets."""

    low: Any
    high: Any
    low_closed: bool = False
    high_closed: bool = False
    sign: str = ""


class Function:
    """A value that can be called: `parameters` are its names in order, `types` what they take, `result` what it gives."""

    __slots__ = ("name", "parameters", "result", "types")

    def __init__(
        self, name: str, parameters: Sequence[str], types: Sequence[Type | None] = (), result: Type | None = None
    ) -> None:
        self.name = name
        self.parameters = tuple(parameters)
        self.types = tuple(types) or (None,) * len(self.parameters)
        self.result = result

    def call(self, run: Any, arguments: Sequence[Any]) -> Any:
        """The result for these arguments, given by position."""
        raise NotImplementedError

    def positions(self, names: Sequence[str]) -> list[int] | None:
        """Where each named argument belongs; None when the function has no such parameters."""
        if sorted(names) != sorted(self.parameters):
            return None
        return [self.parameters.index(name) for name in names]

    @property
    def parameter_types(self) -> tuple[Type, ...]:
        """What each parameter takes, Any where nothing is said."""
        return tuple(type_ or ANY for type_ in self.types)


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysTime: "days and time duration",
    YearsMonths: "years and months duration",
    Range: "range",
}


def kind(value: Any) -> str:
    """The FEEL name of the value's kind."""
    return KINDS.get(type(value)) or ("function" if isinstance(value, Function) else "unknown")
