"""How people write numbers, dates and times, and how a form shows them again."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_GROUPED_DOTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?")
_GROUPED_COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?|[+-]?[1-9]\d{0,2}(,\d{3})+\.\d*")
_PLAIN = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"(\S+)\s+(\d{1,2}):(\d{2})")
_SHOWN_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):00\+07:00")
_HOURS = "+07:00"  # the one offset of the country, which has no summer time
_LONGEST = 40


def number(text: str, *, whole: bool = False) -> int | float | None:
    """The number somebody wrote, the Vietnamese way ("1.234,5") or plainly ("1234.5"); None when it is none.

    "1.234" can be read in two ways: where only whole numbers are asked for it is 1234, elsewhere it is not guessed.
    """
    compact = re.sub(r"[\s\u00a0\u202f_]|₫|đ$", "", text)
    if len(compact) > _LONGEST or (not whole and two_ways(compact)):
        return None
    if _GROUPED_DOTS.fullmatch(compact):
        plain = compact.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMAS.fullmatch(compact):
        plain = compact.replace(",", "")
    elif _PLAIN.fullmatch(compact):
        plain = compact.replace(",", ".")
    else:
        return None
    return _json_number(plain)


def two_ways(text: str) -> bool:
    """Whether the text is a whole number written with a dot, or a fraction, and nobody can tell which."""
    return _TWO_WAYS.fullmatch(text.strip()) is not None


def show_number(value: float, *, grouped: bool = False) -> str:
    """The number with a decimal comma; thousands get dots only for reading, so that it can be typed over."""
    exact = Decimal(repr(value))
    exact_to_read = isinstance(value, int) or -8 <= exact.adjusted() <= 14
    plain = format(exact, "f") if exact_to_read else repr(value)
    plain = plain.removesuffix(".0")
    if grouped and "e" not in plain:
        return format(Decimal(plain), ",f").translate(str.maketrans(",.", ".,"))
    return plain.replace(".", ",")


def day(text: str) -> str | None:
    """The date somebody wrote as dd/MM/yyyy (or ISO) as ISO text; None when there is no such day."""
    written = text.strip()
    if _ISO_DAY.fullmatch(written):
        parts = written.split("-")
    elif found := _DAY.fullmatch(written):
        parts = [found[3], found[2], found[1]]
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def show_day(value: str) -> str:
    """An ISO date as dd/MM/yyyy; anything else as it is."""
    if not is_day(value):
        return value
    return "/".join(reversed(value.split("-")))


def instant(text: str) -> str | None:
    """The moment somebody wrote as "dd/MM/yyyy HH:mm", as ISO text with its offset; None when there is no such moment."""
    found = _INSTANT.fullmatch(text.strip())
    on = day(found[1]) if found else None
    if not found or on is None or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    return f"{on}T{int(found[2]):02d}:{found[3]}:00{_HOURS}"


def show_instant(value: str) -> str:
    """An ISO moment as "dd/MM/yyyy HH:mm" where that says all of it; anything else as it is."""
    found = _SHOWN_INSTANT.fullmatch(value)
    return f"{show_day(found[1])} {found[2]}" if found else value


def is_day(text: str) -> bool:
    """Whether the text is an ISO date as `day` writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Whether ISO text names a real moment with its offset."""
    try:
        return "T" in text.upper() and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _json_number(plain: str) -> int | float | None:
    try:
        exact = Decimal(plain)
    except InvalidOperation:
        return None
    if "e" not in plain.lower() and exact == exact.to_integral_value():
        return int(exact)
    as_float = float(exact)
    return as_float if abs(as_float) != float("inf") else None
