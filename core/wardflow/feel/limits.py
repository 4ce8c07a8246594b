"""How much one expression may use: every measure that a hostile or careless text could make grow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one expression and of one evaluation; the defaults stop any text within a fraction of a second."""

    source: int = 50_000
    """Characters of an expression."""
    nodes: int = 5_000
    """Constructs in an expression."""
    nesting: int = 60
    """How deep constructs may stand within each other in the text."""
    height: int = 150
    """How deep the read expression may be, chains of operators included."""
    calls: int = 80
    """Functions running within each other."""
    steps: int = 100_000
    """Work of loops, filters, calls and list functions together; every item of a list that the host gave adds a little."""
    items: int = 150_000
    """Length of a list or range made by an expression."""
    characters: int = 200_000
    """Length of a text made by an expression."""


DEFAULT = Limits()
