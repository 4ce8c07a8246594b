"""Built-in functions on numbers and on truth values."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)
from typing import Any

from wardflow.feel.functions.registry import Library
from wardflow.feel.numbers import CONTEXT, ZERO, whole
from wardflow.feel.run import Run
from wardflow.feel.temporal import DaysTime, YearsMonths
from wardflow.feel.values import Nothing, kind

library = Library()
_SCALE_LIMIT = 6111
COSTLY = 100
"""What a root, logarithm or exponential costs of the budget."""


def _rounded(number: Decimal, scale: Decimal, way: str) -> Decimal:
    places = whole(scale.to_integral_value(ROUND_DOWN))
    if places is None or not -_SCALE_LIMIT <= places <= 6176:
        raise Nothing("out-of-reach", sign="scale")
    if places >= -int(number.as_tuple().exponent):
        return number
    try:
        return number.quantize(Decimal(1).scaleb(-places), way, CONTEXT)
    except DecimalException:
        return number.scaleb(places, CONTEXT).to_integral_value(way).scaleb(-places, CONTEXT)


@library.function("decimal", "n: number, scale: number")
def decimal(n: Decimal, scale: Decimal) -> Decimal:
    """The number rounded to `scale` places, half to even."""
    return _rounded(n, scale, ROUND_HALF_EVEN)


@library.function("floor", "n: number, scale?: number")
def floor(n: Decimal, scale: Decimal = ZERO) -> Decimal:
    """The next number down with `scale` places."""
    return _rounded(n, _given(scale), ROUND_FLOOR)


@library.function("ceiling", "n: number, scale?: number")
def ceiling(n: Decimal, scale: Decimal = ZERO) -> Decimal:
    """The next number up with `scale` places."""
    return _rounded(n, _given(scale), ROUND_CEILING)


def _given(scale: Decimal | None) -> Decimal:
    if scale is None:
        raise Nothing("null-argument", name="floor, ceiling", parameter="scale")
    return scale


@library.function("round up", "n: number, scale: number")
def round_up(n: Decimal, scale: Decimal) -> Decimal:
    """Rounded away from zero."""
    return _rounded(n, scale, ROUND_UP)


@library.function("round down", "n: number, scale: number")
def round_down(n: Decimal, scale: Decimal) -> Decimal:
    """Rounded towards zero."""
    return _rounded(n, scale, ROUND_DOWN)


@library.function("round half up", "n: number, scale: number")
def round_half_up(n: Decimal, scale: Decimal) -> Decimal:
    """Rounded to the nearest, halves away from zero."""
    return _rounded(n, scale, ROUND_HALF_UP)


@library.function("round half down", "n: number, scale: number")
def round_half_down(n: Decimal, scale: Decimal) -> Decimal:
    """Rounded to the nearest, halves towards zero."""
    return _rounded(n, scale, ROUND_HALF_DOWN)


@library.function("abs", "n: any")
def absolute(n: Any) -> Any:
    """A number or duration without its sign."""
    match n:
        case Decimal():
            return CONTEXT.abs(n)
        case DaysTime(nanos):
            return DaysTime(abs(nanos))
        case YearsMonths(months):
            return YearsMonths(abs(months))
        case [one]:
            return absolute(one)
    raise Nothing("wrong-argument", name="abs", parameter="n", kind=kind(n), wanted="number")


@library.function("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """What division leaves over, with the sign of the divisor."""
    if divisor == 0:
        raise Nothing("divided-by-zero", sign="modulo")
    quotient = CONTEXT.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    return CONTEXT.subtract(dividend, CONTEXT.multiply(divisor, quotient))


@library.function("sqrt", "number: number")
def sqrt(run: Run, number: Decimal) -> Decimal:
    """The square root."""
    run.spend(COSTLY)
    if number < 0:
        raise Nothing("out-of-reach", sign="sqrt")
    return CONTEXT.sqrt(number)


@library.function("log", "number: number")
def log(run: Run, number: Decimal) -> Decimal:
    """The natural logarithm."""
    run.spend(COSTLY)
    if number <= 0:
        raise Nothing("out-of-reach", sign="log")
    return CONTEXT.ln(number)


@library.function("exp", "number: number")
def exp(run: Run, number: Decimal) -> Decimal:
    """Euler's number to this power."""
    run.spend(COSTLY)
    try:
        return CONTEXT.exp(number)
    except DecimalException as error:
        raise Nothing("out-of-reach", sign="exp") from error


@library.function("odd", "number: number")
def odd(number: Decimal) -> bool:
    """Whether a whole number is odd."""
    return number.to_integral_value() == number and _last_digit(number) % 2 == 1


@library.function("even", "number: number")
def even(number: Decimal) -> bool:
    """Whether a whole number is even."""
    return number.to_integral_value() == number and _last_digit(number) % 2 == 0


def _last_digit(number: Decimal) -> int:
    exponent = int(number.as_tuple().exponent)
    return 0 if exponent > 0 else int(abs(number)) % 10


@library.function("not", "negand: any")
def negation(negand: Any) -> bool | None:
    """The opposite truth value."""
    if isinstance(negand, list) and len(negand) == 1:
        negand = negand[0]
    if isinstance(negand, bool):
        return not negand
    if negand is None:
        return None
    raise Nothing("wrong-argument", name="not", parameter="negand", kind=kind(negand), wanted="boolean")
