"""One change: a code with facts, and the file it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.errors import LimitUnreadable

LONGEST = 160
"""Letters of a value that a sentence shows; the rest is in the file."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was."""

    code: str
    file: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> Reason:
        """The change as something that can be said."""
        return Reason(self.code, {"file": self.file, **self.facts})


def gone_and_come(old: Iterable[str], new: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """The names only the old has, only the new has, and both have, in the order they stand."""
    before, after = list(old), list(new)
    return [n for n in before if n not in set(after)], [n for n in after if n not in set(before)], [n for n in before if n in set(after)]


def limits(before: str, after: str) -> Mapping[str, Any] | None:
    """The facts of a changed time limit: both lengths, and what is counted where that is the same; None for no limits."""
    try:
        one, other = Limit.parse(before), Limit.parse(after)
    except LimitUnreadable:
        return None
    return {"before": one.amount if one.unit is other.unit else str(one), "after": str(other), "same": one.unit is other.unit}


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Everything inside a value by its path, as texts; an element of a list is called by its id where it has one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value, 1):
            name = str(inner.get("id", inner.get("name", place))) if isinstance(inner, Mapping) else str(place)
            yield from flat(inner, f"{path}[{name}]")
        if not value:
            yield path, "[]"
    else:
        yield path, shown(value)


def changed(old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    """Each place that differs, with both texts; nothing there is an empty text."""
    before, after = dict(flat(old)), dict(flat(new))
    gone, come, both = gone_and_come(before, after)
    yield from ((path, before[path], after[path]) for path in both if before[path] != after[path])
    yield from ((path, before[path], "") for path in gone)
    yield from ((path, "", after[path]) for path in come)


def shown(value: Any) -> str:
    """A value as a sentence shows it."""
    text = "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
