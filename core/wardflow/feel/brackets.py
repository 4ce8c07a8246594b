"""What brackets open: parentheses, lists, ranges, contexts, and the text behind an `@`."""

from __future__ import annotations

from collections.abc import Callable

from wardflow.feel import syntax as s
from wardflow.feel.lexer import string_value
from wardflow.feel.reader import Reader
from wardflow.feel.temporal_text import read_any


def _at_literal(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    if reader.token.kind != "string":
        reader.refuse("a text with a date, a time or a duration")
    value = read_any(string_value(reader.token.text))
    reader.place += 1
    return reader.add(s.Literal(at, value))


def round_(reader: Reader) -> s.Node:
    """What stands in parentheses: one expression, a range, or tests joined by commas."""
    at = reader.token.at
    reader.place += 1
    first = reader.test()
    if reader.accept(".."):
        return _interval(reader, at, first, low_closed=False)
    if reader.accept(","):
        parts = (first, *reader.tests())
        reader.expect(")")
        return reader.add(s.Tests(at, parts), *parts)
    reader.expect(")")
    return first


def _parenthesised(reader: Reader) -> s.Node:
    node = round_(reader)
    if isinstance(node, s.Tests):
        reader.place -= 1
        reader.refuse("one expression between these brackets")
    return node


def _square(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    if reader.accept("]"):
        return reader.add(s.ListLiteral(at, ()))
    first = reader.test()
    if reader.accept(".."):
        return _interval(reader, at, first, low_closed=True)
    items = [first]
    while reader.accept(","):
        items.append(reader.test())
    reader.expect("]", 'a comma or "]"')
    return reader.add(s.ListLiteral(at, tuple(items)), *items)


def _open_interval(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    low = reader.operand()
    reader.expect("..")
    return _interval(reader, at, low, low_closed=False)


def _interval(reader: Reader, at: int, low: s.Node, *, low_closed: bool) -> s.Node:
    high = reader.operand()
    high_closed = reader.accept("]")
    if not high_closed and not reader.accept(")", "["):
        reader.refuse('"]", ")" or "[" to close the range')
    return reader.add(s.Interval(at, low, high, low_closed, high_closed), low, high)


def _context(reader: Reader) -> s.Node:
    at = reader.token.at
    reader.place += 1
    entries: list[tuple[str, s.Node]] = []
    with reader.binding():
        while not reader.accept("}"):
            if entries:
                reader.expect(",", 'a comma or "}"')
            entries.append(_entry(reader))
    return reader.add(s.ContextLiteral(at, tuple(entries)), *(value for _, value in entries))


def _entry(reader: Reader) -> tuple[str, s.Node]:
    if reader.token.kind == "string":
        key = string_value(reader.token.text)
        reader.place += 1
    else:
        key = reader.key()
    reader.expect(":")
    value = reader.expression()
    reader.bind(key)
    return key, value


BRACKETS: dict[str, Callable[[Reader], s.Node]] = {
    "@": _at_literal,
    "(": _parenthesised,
    "[": _square,
    "]": _open_interval,
    "{": _context,
}
