"""Names with spaces and signs in them: which run of tokens is one name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wardflow.errors import FeelSyntaxError
from wardflow.feel.lexer import Token, tokens

Known = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""First token of a name to the (tokens, name) pairs that begin with it, longest first."""


def known_names(names: Iterable[str]) -> Known:
    """The names that plain reading would cut apart: those holding a keyword or a sign."""
    grouped: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        parts = _parts(name)
        if parts:
            grouped.setdefault(parts[0], []).append((parts, name))
    return {first: tuple(sorted(group, key=lambda pair: -len(pair[0]))) for first, group in grouped.items()}


def _parts(name: str) -> tuple[str, ...]:
    if name.isidentifier() or "." in name:    # with a dot it reads as a path, and the path finds it
        return ()
    try:
        found = tokens(name)[:-1]
    except FeelSyntaxError:
        return ()
    if not found or found[0].kind not in ("name", "keyword") or all(token.kind == "name" for token in found):
        return ()
    return tuple(token.text for token in found)


def known_at(found: Sequence[Token], at: int, known: Known) -> tuple[str, int] | None:
    """The longest known name that starts at token `at`, and the token after it."""
    for parts, name in known.get(found[at].text, ()):
        end = at + len(parts)
        if end < len(found) and all(found[at + step].text == part for step, part in enumerate(parts)):
            return name, end
    return None


def plain_at(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The run of words from token `at` that no keyword or sign ends; blanks between them count as one space."""
    end = at + 1
    while found[end].kind == "name" or (found[end].kind == "number" and found[end].text.isdigit()):
        end += 1
    return " ".join(token.text for token in found[at:end]), end
