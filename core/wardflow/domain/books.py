"""What is entered into a book of a plugin: statements over the plugin's own tables, written with the act they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardflow.domain.reasons import Objection


class _ThisCase:
    """Stands for the number of the case, which a case that is being opened does not have yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "THIS_CASE"


THIS_CASE: Final = _ThisCase()


@dataclass(frozen=True, slots=True)
class Writing:
    """One statement with `?` for its parameters, run once for each of its rows; `THIS_CASE` stands for the case's number.

    `refused` is what is said at the form, and nothing is written, when a constraint of the table does not take it.
    """

    sql: str
    rows: Sequence[Sequence[Any]]
    refused: Objection

    def rows_of(self, case_id: int) -> list[tuple[Any, ...]]:
        """The rows with the number of the case in its place."""
        return [tuple(case_id if value is THIS_CASE else value for value in row) for row in self.rows]
