"""What an extension of a legal clock must keep to: how often, how long, by whom, in which form and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.domain.limits import Limit


@dataclass(frozen=True, slots=True)
class ExtensionRules:
    """What an extension must keep to; without values only the one rule that it must come before expiry."""

    times: int | None = None
    longest: Limit | None = None
    roles: frozenset[str] = frozenset()
    before_expiry: bool = True
    written: bool = False

    def to_json(self) -> dict[str, Any]:
        """The rules as JSON values."""
        return {
            "times": self.times,
            "longest": None if self.longest is None else str(self.longest),
            "roles": sorted(self.roles),
            "before_expiry": self.before_expiry,
            "written": self.written,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ExtensionRules:
        """The rules that `to_json` wrote, or that a pack holds; what is missing keeps its default."""
        longest = stored.get("longest")
        return cls(
            stored.get("times"),
            None if longest is None else Limit.parse(longest),
            frozenset(stored.get("roles", ())),
            bool(stored.get("before_expiry", True)),
            bool(stored.get("written", False)),
        )
