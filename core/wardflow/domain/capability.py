"""What a person is able to do beyond the role they hold, by which certificate and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Capability:
    """A person can do this kind of thing, as a certificate says, from its first to its last day."""

    person: str
    kind: str
    certificate: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        """True when it is good that day; without a day it is not bounded on that side, the last day is included."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
