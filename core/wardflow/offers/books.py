"""A book that a plugin keeps in its own tables, entry by entry, each in the transaction of the act it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardflow.domain.books import Writing


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands at one moment: its business state, how it ended if it did, and what its steps said."""

    state: str
    data: Mapping[str, Any]
    ended: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class BookContext:
    """What an act did to a case; `before` is None for the act that opens it."""

    now: datetime
    on: date
    by: str
    seq: int
    receiving: str
    """the unit that received the case"""
    authority: str
    after: Standing
    before: Standing | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Enters every act on the cases of a family into the plugin's own tables; nothing to enter costs no statement.

    A book that fails stops the act, for an entry left out could never be made up.
    """

    id: str
    family: str
    enter: Callable[[BookContext], Sequence[Writing]]
