"""The pairs a browser posts, sorted by the places of a form they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wardflow.forms import texts
from wardflow.forms.paths import path_of_name, pointer
from wardflow.forms.values import Path

_WORDS = ("_blank", "_choice", "_order", "_stored", "_names", "_key")


@dataclass(slots=True)
class Posted:
    """What was posted at one place and in it; `named` when the page listed all entries that people name themselves."""

    texts: list[str] = field(default_factory=list)
    inside: dict[str | int, Posted] = field(default_factory=dict)
    blank: str = ""
    stored: str = ""
    order: list[str] = field(default_factory=list)
    named: bool = False

    def at(self, path: Path) -> Posted:
        """The place below, made when it is new."""
        here = self
        for token in path:
            here = here.inside.setdefault(token, Posted())
        return here


@dataclass(frozen=True, slots=True)
class Sorted:
    """A post by places, and the alternatives picked by hand, by JSON pointer."""

    posted: Posted
    choices: Mapping[str, int]


def sort(pairs: Iterable[tuple[str, str]]) -> Sorted:
    """The post as a tree; entries whose names were typed over stand under their new names."""
    known = [(word, path, text) for name, text in pairs for word, path in [_split(name)] if path is not None]
    renamed = _renamed(known)
    posted, choices = Posted(), {}
    for word, path, text in known:
        place = _translated(path, renamed)
        if word == "_choice":
            if text.isdigit():
                choices[pointer(place)] = int(text[:3])
        elif word:
            _mark(posted.at(place), word, text)
        else:
            posted.at(place).texts.append(text)
    return Sorted(posted, choices)


def _mark(place: Posted, word: str, text: str) -> None:
    if word == "_blank":
        place.blank = text
    elif word == "_stored":
        place.stored = text
    elif word == "_order":
        place.order.append(text)
    elif word == "_names":
        place.named = True


def _split(name: str) -> tuple[str, Path | None]:
    word, _, rest = name.partition(".") if name.startswith("_") and not name.startswith("_root") else ("", "", name)
    return word, path_of_name(rest) if word in ("", *_WORDS) else None


Known = Sequence[tuple[str, Path, str]]


def _renamed(known: Known) -> dict[Path, str]:
    """The new name of each entry whose name was typed over; a name that is taken gets a number, so that nothing is lost."""
    keys = [(path, text) for word, path, text in known if word == "_key" and path]
    if not keys:
        return {}
    entries = {path for path, _ in keys}
    lengths = {len(path) for path in entries}
    taken = {path[:length] for _, path, _ in known for length in lengths if len(path) >= length} - entries
    found: dict[Path, str] = {}
    for path, text in keys:
        wanted = str(path[-1]) if texts.unchanged(str(path[-1]), text) else text.strip()
        free = next(name for name in _numbered(wanted) if (*path[:-1], name) not in taken)
        taken.add((*path[:-1], free))
        if free != path[-1]:
            found[path] = free
    return found


def _numbered(name: str) -> Iterable[str]:
    yield name
    yield from (f"{name} ({number})" for number in range(2, 10_000))


def _translated(path: Path, renamed: Mapping[Path, str]) -> Path:
    if not renamed:
        return path
    return tuple(renamed.get(path[: depth + 1], token) for depth, token in enumerate(path))
