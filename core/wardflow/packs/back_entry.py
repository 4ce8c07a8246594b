"""How long afterwards a pack lets its cases be entered with the time at which they were really received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.domain.limits import Limit


@dataclass(frozen=True, slots=True)
class BackEntry:
    """The rule of `[back_entry]` in pack.toml."""

    longest: Limit

    @classmethod
    def read(cls, table: Mapping[str, Any] | None) -> BackEntry | None:
        """The rule of a table; None without one: then nothing is entered afterwards."""
        return cls(Limit.parse(str(table["longest"]))) if table else None
