"""Reads a type as it stands after `instance of` or behind a parameter's colon."""

from __future__ import annotations

from wardflow.feel.reader import Reader
from wardflow.feel.types import BUILT_IN, ContextOf, FunctionOf, ListOf, RangeOf, Simple, Type

LONG_NAMES = tuple(tuple(name.split()) for name in BUILT_IN if " " in name)


def read_type(reader: Reader) -> Type:
    """The type that stands here."""
    with reader.nested():
        name = _type_name(reader)
        if not reader.accept("<"):
            return BUILT_IN.get(name) or Simple(name)
        return _with_parts(reader, name)


def _type_name(reader: Reader) -> str:
    for words in LONG_NAMES:
        if tuple(token.text for token in reader.tokens[reader.place : reader.place + len(words)]) == words:
            reader.place += len(words)
            return " ".join(words)
    if reader.token.text == "null":
        reader.place += 1
        return "Null"
    name = reader.name("a type")
    while reader.accept("."):
        name += "." + reader.name("a type")
    return name


def _with_parts(reader: Reader, name: str) -> Type:
    match name:
        case "list" | "range":
            item = read_type(reader)
            reader.expect(">")
            return ListOf(item) if name == "list" else RangeOf(item)
        case "context":
            return ContextOf(_entries(reader))
        case "function":
            parameters: list[Type] = []
            while not reader.accept(">"):
                if parameters:
                    reader.expect(",")
                parameters.append(read_type(reader))
            reader.expect("->")
            return FunctionOf(tuple(parameters), read_type(reader))
    reader.refuse("list, range, context or function before these brackets")


def _entries(reader: Reader) -> tuple[tuple[str, Type], ...]:
    entries: list[tuple[str, Type]] = []
    while not reader.accept(">"):
        if entries:
            reader.expect(",")
        key = reader.name("a key")
        reader.expect(":")
        entries.append((key, read_type(reader)))
    return tuple(entries)
