"""Who acts: the person at the desk with what they hold today."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.domain.register import Holding

ASSISTANT = "filing_assistant"
"""Who helps citizens to file, at a point or in a community group: recorded as the helper, and in no unit's matters for that."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who performs an act, with the roles they hold in units; nobody else's roles ever come in here."""

    person: str
    name: str
    holdings: tuple[Holding, ...] = ()
    grants: frozenset[str] = frozenset()
    """what the account of another system may touch: "topic:NAME", "message:NAME", "procedure:CODE"; people have none"""

    @property
    def roles(self) -> frozenset[str]:
        """Every role held in any unit."""
        return frozenset(holding.role for holding in self.holdings)

    @property
    def units(self) -> frozenset[str]:
        """Every unit in whose matters a role is held; helping citizens there opens none of them."""
        return frozenset(holding.unit for holding in self.holdings if holding.role != ASSISTANT)

    @property
    def helps_in(self) -> str:
        """The unit in which citizens are helped to file; empty for who helps nowhere."""
        return next((held.unit for held in self.holdings if held.role == ASSISTANT), "")

    def granted(self, kind: str, name: str) -> bool:
        """True when the account may touch that topic, message or procedure, by its name or by `*`."""
        return bool(name) and bool(self.grants & {f"{kind}:{name}", f"{kind}:*"})

    def holds(self, role: str, unit: str | None = None) -> bool:
        """True when the role is held, in that unit if one is named."""
        return any(held.role == role and unit in (None, held.unit) for held in self.holdings)
