"""What rules say about a matter, and what lint says about a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from wardflow.domain.reasons import Reason


class Verdict(StrEnum):
    """What a rule concludes on the matter itself; it informs the decision and never blocks recording facts."""

    ELIGIBLE = "eligible"
    REFUSE = "refuse"
    ROUTE = "route"
    PARTIAL = "partial"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about the matter, with its reason and legal basis."""

    verdict: Verdict
    reason: Reason
    rule: str
    basis: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form in which it travels in the data of a case."""
        return {"verdict": str(self.verdict), "rule": self.rule, "basis": self.basis, **self.reason.to_json()}


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing wrong, or worth knowing, in a file a designer wrote; `line` and `column` count from 1, 0 is unknown."""

    code: str
    file: str
    line: int = 0
    column: int = 0
    element: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"
