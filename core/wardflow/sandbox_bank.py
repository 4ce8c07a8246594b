"""A bank that moves no money: it ships so that payment can be tried, with pages of its own on the same server."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from wardflow import hookimpl
from wardflow.offers import PaymentAnswer, PaymentAsked, PaymentProvider, PaymentSaid, signed, unaltered
from wardflow.settings import SANDBOX

PAGES = "/sandbox-bank"


@dataclass(frozen=True, slots=True)
class SandboxBank:
    """The sandbox as a source of hooks; `secret` is the installation's, `address` that citizens see."""

    secret: bytes
    address: str
    name: str = "sandbox-bank"

    def load(self) -> SandboxBank:
        """The object with its hooks."""
        return self

    @hookimpl
    def payment_providers(self) -> Sequence[PaymentProvider]:
        """The one bank."""
        return (
            PaymentProvider(
                SANDBOX, "Ngân hàng thử nghiệm", "Sandbox bank", self._page, self._read,
                pretended=True,
            ),
        )

    def _page(self, asked: PaymentAsked) -> str:
        # its pages are ours, under whatever name the payer's browser reaches us by
        back = asked.back.removeprefix(self.address)
        fields = {"order": asked.order, "amount": str(asked.amount), "subject": asked.subject, "back": back, "lang": asked.language}
        return f"{PAGES}?{urlencode(signed(asking_key(self.secret), fields))}"

    def _read(self, answer: PaymentAnswer) -> PaymentSaid | None:
        fields = answer.fields
        if not unaltered(answering_key(self.secret), fields):
            return None
        return PaymentSaid(fields["order"], int(fields["amount"]), fields["reference"], fields["paid"] == "yes")


def asking_key(secret: bytes) -> bytes:
    """What the platform signs with when it sends somebody to the sandbox."""
    return hashlib.sha256(b"wardflow sandbox asks\n" + secret).digest()


def answering_key(secret: bytes) -> bytes:
    """What the sandbox signs its answers with: another key, so that no question can be sent back as an answer."""
    return hashlib.sha256(b"wardflow sandbox answers\n" + secret).digest()


def asked_of(secret: bytes, fields: Mapping[str, str]) -> bool:
    """True for what the platform itself asked of the sandbox."""
    return unaltered(asking_key(secret), fields)


def answer_to(secret: bytes, asked: Mapping[str, str], amount: int, *, paid: bool) -> str:
    """The address, with the signed answer, to which the sandbox sends the payer back."""
    reference = "SB" + hashlib.sha256(asked["order"].encode()).hexdigest()[:10].upper()
    fields = {"order": asked["order"], "amount": str(amount), "reference": reference, "paid": "yes" if paid else "no"}
    return f"{asked['back']}?{urlencode(signed(answering_key(secret), fields))}"
