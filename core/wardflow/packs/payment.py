"""What a pack says about steps that are paid online: the receipt that is issued, and what the payer is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEYS = ("slip", "notice")
FORM = ("receipt_no", "amount", "paid_at", "method")
"""The fields that the form of a step with wf:pay takes: the order, đồng, the day, and ONLINE."""
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Payment:
    """The table [payment] of a pack."""

    slip: str = ""
    notice: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Payment:
        """What a table says; ValueError for a key that it does not know."""
        if unknown := sorted(row.keys() - set(KEYS)):
            raise ValueError(f"payment: {', '.join(unknown)} is none of {', '.join(KEYS)}")
        return cls(str(row.get("slip", "")), str(row.get("notice", "")))


def paid_value(order: str, amount: int, day: str) -> dict[str, Any]:
    """What a confirmed payment fills into the form of its step; `day` is an ISO date."""
    return dict(zip(FORM, (order, amount, day, ONLINE), strict=True))
