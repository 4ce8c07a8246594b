"""What acts ask of security keys and recovery codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SecurityKey:
    """A key with which a person proves that it is them; `uses` is the key's own count, which only grows."""

    id: str
    """base64url, as browsers write it"""
    person: str
    name: str
    public_key: str
    """base64url of the COSE key"""
    uses: int
    made_at: datetime
    used_at: datetime | None = None


class SecurityKeys(Protocol):
    """The keys and recovery codes of everybody."""

    def of(self, person: str) -> Sequence[SecurityKey]:
        """A person's keys, oldest first."""

    def add(self, key: SecurityKey) -> bool:
        """False where somebody has the key already."""

    def used(self, key: SecurityKey, uses: int, at: datetime) -> bool:
        """False where the key was used meanwhile with this count or a higher one: a copy of it, or the same answer again."""

    def remove(self, person: str, id: str) -> bool:
        """False where the person has no such key."""

    def keep_codes(self, person: str, codes: Collection[str]) -> None:
        """Keeps these codes, as hashes, in the place of all before."""

    def spend_code(self, person: str, code: str) -> bool:
        """True for a code that was there; it is gone then."""

    def codes_left(self, person: str) -> int:
        """How many codes a person still has."""
