"""What rules and commands see of the tables a plugin owns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol


class Data(Protocol):
    """Tables for reading."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """The rows of a query with `?` for its parameters."""


class OwnData(Data, Protocol):
    """The tables of a plugin, for its commands."""

    def write(self, *statements: tuple[str, Sequence[Sequence[Any]]]) -> None:
        """Runs each statement once for each of its rows of parameters, all in one transaction."""


class _NoData:
    """Stands where nothing is kept, as in a scenario: every table is empty."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        return ()


NO_DATA: Final[Data] = _NoData()
