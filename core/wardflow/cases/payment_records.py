"""Orders to pay as plain values: what was asked of which provider, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderStatus(StrEnum):
    """What became of an order."""

    ASKED = "asked"
    PAID = "paid"
    OTHER = "other"
    """the provider says another amount, or the step would not take it: an incident waits for a person"""
    LATE = "late"
    """the money came when its step was over: paid at the counter meanwhile, or the case has ended"""


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """One amount of one step, asked of one provider; `key` is what both sides call it and the number of the receipt."""

    case_id: int
    key: str
    task: str
    amount: int
    """đồng"""
    provider: str
    status: OrderStatus
    asked_at: datetime
    ended_at: datetime | None = None
    reference: str = ""
    """what the provider calls the payment"""
    paid: int | None = None
    """đồng that the provider says were paid"""
