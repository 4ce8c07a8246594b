"""What acts ask of the codes that prove an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AddressCode:
    """What was sent to an address: when last, and how many codes since when."""

    sent_at: datetime
    since: datetime
    sent: int


class AddressCodes(Protocol):
    """One-time codes that prove an address."""

    def last(self, address: str) -> AddressCode | None:
        """What was sent to an address last."""

    def keep(self, address: str, code: str, row: AddressCode) -> None:
        """Writes a new code; the one before is worth nothing from now on."""

    def spend(self, address: str, code: str, sent_after: datetime, tries: int) -> bool:
        """True when it is the code sent after that moment and not tried too often; it is used up then."""

    def forget(self, sent_before: datetime) -> None:
        """Drops the rows of addresses that were sent nothing since."""
