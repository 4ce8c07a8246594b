"""What of everything kept belongs to those who visit: addresses they prove, keys they sign in with, what they pay."""

from __future__ import annotations

from typing import Protocol

from wardflow.cases.address_ports import AddressCodes
from wardflow.cases.key_ports import SecurityKeys
from wardflow.cases.payment_ports import PaymentOrders


class VisitorStore(Protocol):
    """The part of the store that visitors need."""

    @property
    def address_codes(self) -> AddressCodes: ...

    @property
    def security_keys(self) -> SecurityKeys: ...

    @property
    def payments(self) -> PaymentOrders: ...
