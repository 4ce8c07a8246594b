"""What a plugin answers that lets citizens pay through a bank or a national gateway, and how both sides sign what they say."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SIGNATURE = "signature"
"""The field that carries the signature over all others."""


@dataclass(frozen=True, slots=True)
class PaymentAsked:
    """What is to be paid; nothing in it names a person. `order` is the idempotency key: asked again, it is the same payment."""

    order: str
    amount: int
    """đồng"""
    subject: str
    """the code of the case"""
    back: str
    """where the payer's browser goes afterwards, with the provider's signed answer"""
    told: str
    """where the provider's server posts the same answer"""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What came back, as it came: fields of the address or of the form, the body, the headers."""

    fields: Mapping[str, str]
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaymentSaid:
    """What the provider says of an order, once its signature was found true."""

    order: str
    amount: int
    """đồng that were paid"""
    reference: str
    """what the provider calls the payment"""
    paid: bool
    """False where the payer turned back"""


@dataclass(frozen=True, slots=True)
class PaymentProvider:
    """A bank or gateway through which a fee may be paid; WARDFLOW_PAYMENT_PROVIDER names the one in use by its id.

    `address` is the page the payer is sent to. `read` is what an answer says, None where its signature is not true; it
    compares in constant time (`unaltered` does) and calls nobody.
    """

    id: str
    vi: str
    en: str
    address: Callable[[PaymentAsked], str]
    read: Callable[[PaymentAnswer], PaymentSaid | None]
    origin: str = ""
    """scheme and host of its pages (`https://pay.example.vn`), to which forms of ours may lead; empty for our own"""
    pretended: bool = False
    """True for one that moves no money, which every page then says"""


def signed(key: bytes, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields with their signature: HMAC-SHA256 over all of them, each with its length, in the order of their names."""
    return {**fields, SIGNATURE: _signature(key, fields)}


def unaltered(key: bytes, fields: Mapping[str, str]) -> bool:
    """True where the signature is that of the other fields, compared in constant time."""
    said = {name: value for name, value in fields.items() if name != SIGNATURE}
    return hmac.compare_digest(_signature(key, said).encode(), fields.get(SIGNATURE, "").encode())


def _signature(key: bytes, fields: Mapping[str, str]) -> str:
    # with the lengths no value can pretend to be two
    text = "".join(f"{len(part)}:{part}" for name in sorted(fields) for part in (name, fields[name]))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
