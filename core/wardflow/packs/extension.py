"""How the time limit of a procedure may be extended: the rules it keeps to, and the paper and the notice that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wardflow.domain.legal_clock import ExtensionRules
from wardflow.domain.limits import Limit

RULES = ("times", "longest", "roles", "before_expiry", "written")
KEYS = (*RULES, "slip", "notice", "basis", "propose")


@dataclass(frozen=True, slots=True)
class Extension:
    """The table [extension] of a pack, or of a catalogue record, which then stands instead of its pack's."""

    rules: ExtensionRules = field(default_factory=ExtensionRules)
    slip: str = ""
    notice: str = ""
    basis: str = ""
    """the legal basis of every extension; an extension that must be written names its own paper instead"""
    propose: Limit | None = None
    """by how much the letter that is drafted in time would move the date"""

    @classmethod
    def read(cls, row: Mapping[str, Any] | None) -> Extension | None:
        """The extension that a table describes; None without one. ValueError and its kin where it makes no sense."""
        if row is None:
            return None
        if unknown := sorted(row.keys() - set(KEYS)):
            raise ValueError(f"extension: {', '.join(unknown)} is none of {', '.join(KEYS)}")
        propose = row.get("propose")
        return cls(
            ExtensionRules.from_json({name: row[name] for name in RULES if name in row}),
            str(row.get("slip", "")), str(row.get("notice", "")), str(row.get("basis", "")),
            None if propose is None else Limit.parse(str(propose)),
        )
