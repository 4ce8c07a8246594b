"""Who is told, and when, that the time of a matter runs out: the rows [[warnings]] of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.domain.early_warning import Rung

KEYS = ("at", "notices", "letter")


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One rung with the notices it sends; with `letter` a new date with an apology is drafted for a head to sign."""

    rung: Rung
    notices: tuple[str, ...]
    letter: bool = False

    @classmethod
    def read_all(cls, rows: Iterable[Mapping[str, Any]]) -> tuple[EarlyWarning, ...]:
        """The warnings of a table, in the order in which they are written; ValueError where one makes no sense."""
        return tuple(cls._read(row) for row in rows)

    @classmethod
    def _read(cls, row: Mapping[str, Any]) -> EarlyWarning:
        if unknown := sorted(row.keys() - set(KEYS)):
            raise ValueError(f"warnings: {', '.join(unknown)} is none of {', '.join(KEYS)}")
        return cls(Rung.parse(str(row["at"])), tuple(map(str, row.get("notices", ()))), bool(row.get("letter", False)))
