"""FEEL's numbers: decimals of 34 digits, rounded half to even, never infinite and never "not a number"."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

CONTEXT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[DivisionByZero, InvalidOperation, Overflow]
)
"""Handed to each operation by name, so that the thread's own decimal settings stay untouched."""

ZERO, ONE = Decimal(0), Decimal(1)


def from_text(text: str) -> Decimal | None:
    """The number a literal stands for; null where it is too large to be one."""
    try:
        return CONTEXT.create_decimal(text)
    except (Overflow, InvalidOperation):
        return None


def from_python(value: float | Decimal) -> Decimal | None:
    """The number for a Python number; a float counts as it prints; null for infinity and the like."""
    try:
        number = CONTEXT.create_decimal(repr(value) if isinstance(value, float) else value)
    except (Overflow, InvalidOperation):
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """The digits of a number without exponent and without zeros that say nothing."""
    if number == 0:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(number: Decimal) -> int | None:
    """The number as an int where it has no fraction and a size that a position or a count can have."""
    if number.adjusted() > 18 or number != number.to_integral_value():
        return None
    return int(number)
