"""What acts ask of the store about the packages an installation adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from wardflow.adopted import Adopted, OwnTable, OwnValue, Switch


@dataclass(frozen=True, slots=True)
class PluginEntry:
    """One line of the log of what was done to plugins, their thresholds and tables."""

    seq: int
    at: datetime
    by: str
    kind: str
    facts: Mapping[str, Any]


class OwnRows(Protocol):
    """The tables that plugins own."""

    def fresh(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """The rows of a query as they stand now."""


class Adoption(Protocol):
    """What the installation adopted of its plugins."""

    def read(self) -> Adopted:
        """All of it as it stands."""

    def switch(self, row: Switch, by: str, at: datetime, reason: str) -> None:
        """Switches a plugin on or off in a unit."""

    def set_value(self, row: OwnValue) -> None:
        """Sets a threshold from its first day on."""

    def set_table(self, row: OwnTable, model: bytes) -> None:
        """Puts a decision table in the place of a plugin's from its first day on."""

    def keep_files(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        """Keeps the decision tables that cases are pinned to, by digest, each with the id of its table."""

    def log(self, kind: str, facts: Mapping[str, Any], by: str, at: datetime) -> None:
        """Notes what was done to a plugin as a whole."""

    def entries(self, limit: int = 100) -> tuple[PluginEntry, ...]:
        """The newest lines of the log."""

    def add_tally(self, counted: Mapping[tuple[str, str], int], day: date) -> None:
        """Adds how often rules objected or failed on a day."""

    def tally(self) -> Mapping[tuple[str, str], int]:
        """How often each rule ever objected or failed."""

    def running(self) -> Sequence[tuple[str, str, int]]:
        """The procedures that open cases run, each with the version of its pack and how many they are."""
