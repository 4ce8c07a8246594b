"""What `+ - * / **` mean for each pair of kinds: one table from sign and kinds to a function."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from wardflow.feel.numbers import CONTEXT
from wardflow.feel.temporal import DAY, NANO, Date, DateTime, DaysTime, Time, YearsMonths
from wardflow.feel.values import Nothing, kind
from wardflow.feel.zones import UTC_ZONE

Operation = Callable[[Any, Any], Any]
_LARGEST = 10**18


def apply(sign: str, left: Any, right: Any) -> Any:
    """The result of `left sign right`; raises Nothing with the reason when there is none."""
    operation = TABLE.get((sign, type(left), type(right)))
    if operation is None:
        raise Nothing("no-operation", sign=sign, left=kind(left), right=kind(right))
    try:
        result = operation(left, right)
    except DecimalException as error:
        zero = sign == "/" and not right
        raise Nothing("divided-by-zero" if zero else "out-of-reach", sign=sign) from error
    if result is None:
        raise Nothing("out-of-reach", sign=sign)
    return result


def days_time(nanos: int) -> DaysTime | None:
    """The duration, None beyond any that FEEL can write."""
    return DaysTime(nanos) if abs(nanos) < _LARGEST * NANO else None


def years_months(months: int) -> YearsMonths | None:
    """The duration, None beyond any that FEEL can write."""
    return YearsMonths(months) if abs(months) < _LARGEST else None


def scaled(amount: int, factor: Decimal) -> int:
    """An amount times a number, its fraction dropped."""
    return int(CONTEXT.multiply(Decimal(amount), factor).to_integral_value("ROUND_DOWN"))


def shared(amount: int, divisor: Decimal) -> int:
    """An amount divided by a number, its fraction dropped."""
    return int(CONTEXT.divide(Decimal(amount), divisor).to_integral_value("ROUND_DOWN"))


def _quotient(left: int, right: int) -> Decimal:
    return CONTEXT.divide(Decimal(left), Decimal(right))


def _between(left: DateTime, right: DateTime) -> DaysTime | None:
    if (left.zone is None) != (right.zone is None):
        raise Nothing("zone-missing")
    return days_time(left.instant - right.instant)


def midnight(date: Date) -> DateTime:
    """The start of the day in universal time, which a bare date means beside a moment."""
    return DateTime(date, Time(0, 0, 0, 0, UTC_ZONE))


def _between_times(left: Time, right: Time) -> DaysTime:
    if (left.zone is None) != (right.zone is None):
        raise Nothing("zone-missing")
    return DaysTime(left.instant - right.instant)


def _date_plus(date: Date, nanos: int) -> Date | None:
    return Date.of_days((date.days * DAY * NANO + nanos) // (DAY * NANO))


def _time_plus(time: Time, nanos: int) -> Time:
    return Time.of_nanos(time.seconds * NANO + time.nano + nanos, time.zone)


TABLE: dict[tuple[str, type, type], Operation] = {
    ("+", Decimal, Decimal): CONTEXT.add,
    ("-", Decimal, Decimal): CONTEXT.subtract,
    ("*", Decimal, Decimal): CONTEXT.multiply,
    ("/", Decimal, Decimal): CONTEXT.divide,
    ("**", Decimal, Decimal): CONTEXT.power,
    ("+", str, str): lambda a, b: a + b,
    ("+", DaysTime, DaysTime): lambda a, b: days_time(a.nanos + b.nanos),
    ("-", DaysTime, DaysTime): lambda a, b: days_time(a.nanos - b.nanos),
    ("*", DaysTime, Decimal): lambda a, b: days_time(scaled(a.nanos, b)),
    ("*", Decimal, DaysTime): lambda a, b: days_time(scaled(b.nanos, a)),
    ("/", DaysTime, Decimal): lambda a, b: days_time(shared(a.nanos, b)),
    ("/", DaysTime, DaysTime): lambda a, b: _quotient(a.nanos, b.nanos),
    ("+", YearsMonths, YearsMonths): lambda a, b: years_months(a.months + b.months),
    ("-", YearsMonths, YearsMonths): lambda a, b: years_months(a.months - b.months),
    ("*", YearsMonths, Decimal): lambda a, b: years_months(scaled(a.months, b)),
    ("*", Decimal, YearsMonths): lambda a, b: years_months(scaled(b.months, a)),
    ("/", YearsMonths, Decimal): lambda a, b: years_months(shared(a.months, b)),
    ("/", YearsMonths, YearsMonths): lambda a, b: _quotient(a.months, b.months),
    ("-", Date, Date): lambda a, b: DaysTime((a.days - b.days) * DAY * NANO),
    ("-", DateTime, DateTime): _between,
    ("-", DateTime, Date): lambda a, b: _between(a, midnight(b)),
    ("-", Date, DateTime): lambda a, b: _between(midnight(a), b),
    ("-", Time, Time): _between_times,
    ("+", Date, DaysTime): lambda a, b: _date_plus(a, b.nanos),
    ("-", Date, DaysTime): lambda a, b: _date_plus(a, -b.nanos),
    ("+", DateTime, DaysTime): lambda a, b: a.plus_nanos(b.nanos),
    ("-", DateTime, DaysTime): lambda a, b: a.plus_nanos(-b.nanos),
    ("+", Time, DaysTime): lambda a, b: _time_plus(a, b.nanos),
    ("-", Time, DaysTime): lambda a, b: _time_plus(a, -b.nanos),
    ("+", Date, YearsMonths): lambda a, b: a.plus_months(b.months),
    ("-", Date, YearsMonths): lambda a, b: a.plus_months(-b.months),
    ("+", DateTime, YearsMonths): lambda a, b: a.plus_months(b.months),
    ("-", DateTime, YearsMonths): lambda a, b: a.plus_months(-b.months),
    ("+", DaysTime, Date): lambda a, b: _date_plus(b, a.nanos),
    ("+", DaysTime, DateTime): lambda a, b: b.plus_nanos(a.nanos),
    ("+", DaysTime, Time): lambda a, b: _time_plus(b, a.nanos),
    ("+", YearsMonths, Date): lambda a, b: b.plus_months(a.months),
    ("+", YearsMonths, DateTime): lambda a, b: b.plus_months(a.months),
}
"""Every pair of kinds that has a result; any other pair is null."""
