"""Entries a person names: objects whose schema leaves the names open, all of them or besides those it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wardflow.forms.registry import Part, inner
from wardflow.forms.shape import Shape
from wardflow.forms.values import ABSENT, get

_REST = ("additionalProperties", "unevaluatedProperties")


def names_open(shape: Shape) -> bool:
    """Whether a person may add entries: a pattern or a schema says what they are, or the object lists no names at all."""
    if any(True for _ in shape.every("patternProperties")):
        return True
    said = [each for word in _REST for _, each in shape.every(word)]
    if any(isinstance(each, Mapping) and each != {"not": {}} for each in said):
        return True
    return not shape.properties and shape.get("maxProperties") != 0 and False not in said


def entry_parts(shape: Shape, name: str) -> tuple[Part, ...]:
    """The parts that speak about an entry of that name; none says anything where every value will do."""
    found: list[Part] = []
    for part in shape.parts:
        matching = [each for pattern, each in part.schema.get("patternProperties", {}).items() if matches(pattern, name)]
        listed = name in part.schema.get("properties", {})
        for word in _REST:
            rest = part.schema.get(word)
            if isinstance(rest, Mapping) and not matching and not listed:
                matching = [rest]
        found += [inner(part, each) for each in matching]
    return tuple(found)


def sample_parts(shape: Shape) -> tuple[Part, ...]:
    """The parts that speak about some entry whose name is not known yet."""
    found: list[Part] = []
    for part in shape.parts:
        patterns = list(part.schema.get("patternProperties", {}).values())
        rest = [part.schema[word] for word in _REST if isinstance(part.schema.get(word), Mapping)]
        found += [inner(part, each) for each in (rest or patterns)[:1]]
    return tuple(found)


def matches(pattern: str, name: str) -> bool:
    """Whether a name is one a pattern means; a pattern that is no pattern means none."""
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def entries(shape: Shape, value: Any, known: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The entries a value has beyond the names the form draws by itself."""
    listed = set(known)
    return ((name, value[name]) for name in value if name not in listed) if isinstance(value, Mapping) else iter(())


def fresh_name(value: Any) -> str:
    """A name for a new entry: none yet, or the first number that is free."""
    names = ["", *(str(number) for number in range(2, 2002))]
    return next((name for name in names if get(value, (name,)) is ABSENT), "")
