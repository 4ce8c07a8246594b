"""Why a decision came out as it did: the tables that were asked, their inputs, each cell, and the rules that matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardflow.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Cell:
    """One test of a rule: what it says and whether the input passed it (null: it could not be told)."""

    text: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its cells in the order of the inputs, and what it gives where it matched."""

    number: int
    cells: tuple[Cell, ...]
    matched: bool
    outputs: tuple[Any, ...]
    texts: tuple[str, ...]
    annotations: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a table: its label, its expression, and its value as JSON."""

    label: str
    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Table:
    """One table that was asked: everything a page needs to show it with the matching rules marked."""

    name: str
    hit_policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]
    value: Any

    @property
    def matched(self) -> tuple[int, ...]:
        """The numbers of the rules that matched, counted from 1 as people do."""
        return tuple(row.number for row in self.rows if row.matched)


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on the way, with the tables it asked; values are JSON."""

    name: str
    value: Any
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The result as JSON, every decision on the way to it in the order it was made, and what became null why."""

    name: str
    value: Any
    steps: tuple[Step, ...]
    warnings: tuple[Reason, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table that was asked."""
        return tuple(table for step in self.steps for table in step.tables)
