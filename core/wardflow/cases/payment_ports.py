"""What acts ask of the orders to pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wardflow.cases.payment_records import PaymentOrder


class PaymentOrders(Protocol):
    """The orders of every case; one that ends is written with the change of its case."""

    def ask(self, order: PaymentOrder) -> PaymentOrder:
        """The order as kept: the one before, where the same amount of the step was asked of the provider already."""

    def find(self, key: str) -> PaymentOrder | None:
        """The order of that key."""

    def of_case(self, case_id: int) -> Sequence[PaymentOrder]:
        """The orders of a case, oldest first."""
