"""Sends whoever holds the tracking code to the payment provider with what a step has to be paid."""

from __future__ import annotations

import secrets

from wardflow.cases.answer_by_code import take_by_code
from wardflow.cases.open_case import ALPHABET
from wardflow.cases.payable import amount_of, provider
from wardflow.cases.payment_records import OrderStatus, PaymentOrder
from wardflow.cases.platform import Platform
from wardflow.offers import PaymentAsked
from wardflow.payment_errors import NothingToPay

LENGTH = 12


def ask_payment(platform: Platform, tracking: str, task: str, language: str = "vi") -> str:
    """The address of the provider's page; asked twice, the same order goes there and is paid once.

    CaseUnknown for a code that is none, TaskGone once the step is over, NothingToPay where no provider is in use, nothing
    is to be paid or an earlier payment is being looked at.
    """
    _payer, held, step = take_by_code(platform, "ask_payment", tracking, task)
    bank, amount = provider(platform), amount_of(held.matter, held.case, step, held.snapshot)
    if bank is None or amount <= 0 or being_looked_at(platform, held.case.id, task):
        raise NothingToPay(case=held.case.code, task=task)
    key = "TT" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    order = platform.store.payments.ask(
        PaymentOrder(held.case.id, key, task, amount, bank.id, OrderStatus.ASKED, platform.now())
    )
    home = f"{platform.settings.tracking_address}/payments/{bank.id}"
    return bank.address(PaymentAsked(order.key, order.amount, held.case.code, f"{home}/back", f"{home}/told", language))


def being_looked_at(platform: Platform, case_id: int, task: str) -> bool:
    """True where an amount came for the step that was not the one asked for."""
    return any(order.task == task and order.status is OrderStatus.OTHER for order in platform.store.payments.of_case(case_id))
