"""Built-in functions on texts; positions count characters from 1."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Any

from wardflow.feel.functions.registry import Library
from wardflow.feel.numbers import whole
from wardflow.feel.regex import Flags, compile_pattern
from wardflow.feel.run import Run
from wardflow.feel.values import Nothing, kind

library = Library()


def position(number: Decimal, length: int, name: str) -> int:
    """The Python index of a position counted from 1, or from the end when negative."""
    place = whole(number.to_integral_value(ROUND_DOWN))
    if place is None or place == 0 or abs(place) > length:
        raise Nothing("no-position", name=name, position=str(number), length=length)
    return place - 1 if place > 0 else length + place


@library.function("substring", "string: string, start position: number, length?: number")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str:
    """The part of a text from a position on, at most `length` characters."""
    first = position(start, len(string), "substring")
    if length is None:
        return string[first:]
    count = whole(length.to_integral_value(ROUND_DOWN))
    if count is None or count < 1:
        raise Nothing("out-of-reach", sign="length")
    return string[first : first + count]


@library.function("string length", "string: string")
def string_length(string: str) -> Decimal:
    """The number of characters."""
    return Decimal(len(string))


@library.function("upper case", "string: string")
def upper_case(string: str) -> str:
    """The text in capitals."""
    return string.upper()


@library.function("lower case", "string: string")
def lower_case(string: str) -> str:
    """The text in small letters."""
    return string.lower()


@library.function("substring before", "string: string, match: string")
def substring_before(string: str, match: str) -> str:
    """What stands before the first occurrence; empty where there is none."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@library.function("substring after", "string: string, match: string")
def substring_after(string: str, match: str) -> str:
    """What stands behind the first occurrence; empty where there is none."""
    if not match:
        return string
    _, _, after = string.partition(match)
    return after


@library.function("contains", "string: string, match: string")
def contains(string: str, match: str) -> bool:
    """Whether the text holds the other one."""
    return match in string


@library.function("starts with", "string: string, match: string")
def starts_with(string: str, match: str) -> bool:
    """Whether the text begins with the other one."""
    return string.startswith(match)


@library.function("ends with", "string: string, match: string")
def ends_with(string: str, match: str) -> bool:
    """Whether the text ends with the other one."""
    return string.endswith(match)


@library.function("matches", "input: string, pattern: string, flags?: string")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether some part of the text matches a regular expression."""
    return compile_pattern(pattern, Flags.read(flags)).search(text, 0, run.spend) is not None


@library.function("replace", "input: string, pattern: string, replacement: string, flags?: string")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every match replaced; `$1` stands for what the first group matched."""
    result = compile_pattern(pattern, Flags.read(flags)).replaced(text, replacement, run.spend, run.fits_characters)
    run.fits_characters(len(result))
    return result


@library.function("split", "string: string, delimiter: string")
def split(run: Run, text: str, delimiter: str) -> list[str]:
    """The parts between the matches of a regular expression."""
    parts = compile_pattern(delimiter, Flags.read(None)).split(text, run.spend)
    run.fits_items(len(parts))
    return parts


@library.function("string join", "list: list, delimiter?: string")
def string_join(run: Run, texts: list[Any], delimiter: str | None = None) -> str:
    """The texts one after the other, nulls left out, the delimiter between them."""
    for text in texts:
        if text is not None and not isinstance(text, str):
            raise Nothing("wrong-argument", name="string join", parameter="list", kind=kind(text), wanted="string")
    kept = [text for text in texts if text is not None]
    run.fits_characters(sum(map(len, kept)) + len(delimiter or "") * len(kept))
    return (delimiter or "").join(kept)
