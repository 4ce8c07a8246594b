"""Why something is as it is: codes with facts, never sentences; `wardflow.wording` turns them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code "topic.key" and the facts its sentence needs, all JSON values (dates as ISO text)."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, Any]:
        """The form in which the database keeps it."""
        return {"code": self.code, **({"facts": dict(self.facts)} if self.facts else {})}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Reason:
        """The reason that `to_json` wrote."""
        return cls(stored["code"], stored.get("facts", {}))


@dataclass(frozen=True, slots=True)
class Objection:
    """A form value that cannot be so, or should be looked at again, at a JSON pointer (RFC 6901) into the value."""

    pointer: str
    reason: Reason
    blocks: bool = True
    rule: str = ""
    basis: str = ""
