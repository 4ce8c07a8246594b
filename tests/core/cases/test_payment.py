"""A fee is paid online: asked once, confirmed once by its provider's signature, and nothing else moves the case."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from wardflow import hookimpl
from wardflow.cases import reads
from wardflow.cases.ask_payment import ask_payment
from wardflow.cases.confirm_payment import Confirmed, Outcome, confirm_payment
from wardflow.cases.inspection import Inspector
from wardflow.cases.open_case import Opened
from wardflow.catalog import files_of
from wardflow.errors import CaseUnknown, DocumentUnknown, NotAllowed, TaskGone
from wardflow.offers import PaymentAnswer, PaymentAsked, PaymentProvider, PaymentSaid, signed, unaltered
from wardflow.packs import Pack
from wardflow.payment_errors import NothingToPay, PaymentForged, PaymentUnknown
from wardflow.plugins import Plugins

PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
KEY = b"what the bank and the city know"
FEE = 350_000
PAID = {
    "type": "object", "required": ["receipt_no", "amount", "paid_at", "method"], "additionalProperties": False,
    "properties": {
        "receipt_no": {"type": "string", "title": "Biên lai"}, "amount": {"type": "integer", "title": "Số tiền"},
        "paid_at": {"type": "string", "format": "date", "title": "Ngày"},
        "method": {"type": "string", "enum": ["cash", "online"], "title": "Cách nộp"},
    },
}
TABLES = '\n[payment]\nslip = "fee_receipt"\nnotice = "accepted"\n'
RECEIPT = 'fee_receipt = { title = "Biên lai", title_en = "Fee receipt", template = "payment" }\n'


class Bank:
    """A bank that signs what it says and remembers what it was asked."""

    name = "bank"

    def __init__(self) -> None:
        self.asked: list[PaymentAsked] = []

    def load(self) -> Bank:
        return self

    @hookimpl
    def payment_providers(self) -> tuple[PaymentProvider, ...]:
        return (PaymentProvider("bank", "Ngân hàng thử", "Test bank", self.address, self.read, "https://bank.example"),)

    def address(self, asked: PaymentAsked) -> str:
        self.asked.append(asked)
        return f"https://bank.example/pay?order={asked.order}"

    def read(self, answer: PaymentAnswer) -> PaymentSaid | None:
        fields = answer.fields
        if not unaltered(KEY, fields):
            return None
        return PaymentSaid(fields["order"], int(fields["amount"]), fields["reference"], fields["paid"] == "yes")


def answer(order: str, amount: int = FEE, *, paid: str = "yes", key: bytes = KEY) -> PaymentAnswer:
    return PaymentAnswer(signed(key, {"order": order, "amount": str(amount), "reference": "GD-1", "paid": paid}))


@dataclass
class Till:
    """A case whose fee waits, and the bank it may be paid through."""

    town: Any
    platform: Any
    bank: Bank
    case: Opened

    @property
    def task(self) -> str:
        return str(self.town.tasks(self.case.case_id)["check"].task)

    def order(self) -> str:
        ask_payment(self.platform, self.case.tracking, self.task)
        return self.bank.asked[-1].order

    def confirm(self, said: PaymentAnswer, provider: str = "bank") -> Confirmed:
        return confirm_payment(self.platform, provider, said)

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.platform.store.papers.entries(self.case.case_id)]

    def faults(self) -> list[Any]:
        return list(Inspector(self.platform).faults(self.platform.store.inspection))


@pytest.fixture
def till(town: Any) -> Till:
    files = dict(files_of(PERMIT))
    drawn = files["permit.bpmn"].decode()
    drawn = drawn.replace('wf:due="8 wh" wf:form="forms/check.json"', f'wf:due="8 wh" wf:form="forms/paid.json" wf:pay="= {FEE}"')
    drawn = drawn.replace("check.complete = true", "check.amount > 0")
    settings = files["pack.toml"].decode().replace("[slips]\n", "[slips]\n" + RECEIPT) + TABLES
    pack = Pack({**files, "permit.bpmn": drawn.encode(), "forms/paid.json": json.dumps(PAID).encode(), "pack.toml": settings.encode()})
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    bank = Bank()
    platform = replace(
        town.platform, plugins=Plugins.load(sources=(bank,)), settings=town.platform.settings.but(payment_provider="bank")
    )
    return Till(town, platform, bank, town.open())


def test_a_confirmed_payment_completes_its_step_and_issues_the_receipt(till: Till) -> None:
    order = till.order()
    assert (till.bank.asked[0].amount, till.bank.asked[0].subject) == (FEE, till.case.code)
    done = till.confirm(answer(order))
    assert (done.outcome, done.tracking) == (Outcome.PAID, till.case.tracking)
    assert "check" not in till.town.tasks(till.case.case_id)
    entry = next(each for each in till.platform.store.papers.entries(till.case.case_id) if each.kind == "paid")
    assert entry.value == {"receipt_no": order, "amount": FEE, "paid_at": "2026-09-04", "method": "online"}
    paper = next(each for each in till.platform.store.papers.documents(till.case.case_id) if each.number == order)
    assert paper.name == "Biên lai"
    assert till.faults() == []


def test_the_payer_opens_the_receipt_with_the_tracking_code_and_nothing_else(till: Till) -> None:
    order = till.order()
    till.confirm(answer(order))
    assert reads.receipt(till.platform, till.case.tracking, order).content.startswith(b"%PDF")
    other = next(each for each in till.platform.store.papers.documents(till.case.case_id) if each.number != order)
    for code, number in ((till.case.tracking, other.number), (till.case.tracking[:-4] + "XXXX", order)):
        with pytest.raises(DocumentUnknown):
            reads.receipt(till.platform, code, number)


def test_what_is_paid_and_what_is_due_stands_on_the_tracking_page(till: Till) -> None:
    tracked = reads.track(till.platform, till.case.tracking)
    assert tracked is not None and tracked.payments is not None
    assert [(fee.amount, fee.provider.en, fee.pretended, fee.origin) for fee in tracked.payments.due] == [
        (FEE, "Test bank", False, "https://bank.example")
    ]
    order = till.order()
    till.confirm(answer(order))
    tracked = reads.track(till.platform, till.case.tracking)
    assert tracked is not None and tracked.payments is not None and tracked.payments.due == ()
    assert [(row.order, row.amount, row.receipt) for row in tracked.payments.paid] == [(order, FEE, True)]
    assert [row.text.en for row in tracked.told] == ["Accepted", "Accepted"]


def test_asked_twice_it_is_the_same_order(till: Till) -> None:
    assert till.order() == till.order()


def test_said_twice_it_counts_once(till: Till) -> None:
    order = till.order()
    till.confirm(answer(order))
    before = till.kinds()
    assert till.confirm(answer(order)).outcome is Outcome.AGAIN
    assert till.kinds() == before


def test_said_by_two_servers_at_once_it_counts_once(till: Till) -> None:
    order, start, outcomes = till.order(), Barrier(2), []

    def say() -> None:
        start.wait()
        outcomes.append(till.confirm(answer(order)).outcome)

    threads = [Thread(target=say) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.AGAIN, Outcome.PAID]
    assert till.kinds().count("paid") == 1


FORGED: dict[str, Callable[[str], PaymentAnswer]] = {
    "signed by somebody else": lambda order: answer(order, key=b"guessed"),
    "with another amount under the old signature": lambda order: PaymentAnswer({**answer(order).fields, "amount": "1"}),
    "without a signature": lambda order: PaymentAnswer({"order": order, "amount": str(FEE), "reference": "", "paid": "yes"}),
    "cut off": lambda order: PaymentAnswer(signed(KEY, {"order": order})),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_answer_changes_nothing(till: Till, how: str) -> None:
    order, before = till.order(), till.kinds()
    with pytest.raises(PaymentForged):
        till.confirm(FORGED[how](order))
    assert till.kinds() == before
    assert "check" in till.town.tasks(till.case.case_id)


def test_a_foreign_answer_changes_nothing(till: Till) -> None:
    with pytest.raises(PaymentUnknown):
        till.confirm(answer("TTNEVERASKED"))
    with pytest.raises(PaymentForged):
        till.confirm(answer(till.order()), provider="nobody")


def test_who_turns_back_can_pay_later(till: Till) -> None:
    order = till.order()
    assert till.confirm(answer(order, paid="no")).outcome is Outcome.NOT_PAID
    assert till.confirm(answer(till.order())).outcome is Outcome.PAID


def test_an_amount_that_does_not_fit_is_an_incident_and_no_payment(till: Till) -> None:
    order = till.order()
    assert till.confirm(answer(order, FEE - 1000)).outcome is Outcome.OTHER
    assert "check" in till.town.tasks(till.case.case_id)
    [row] = reads.incidents(till.platform, till.town.actor("signer"))
    assert (row.why.code, row.why.facts["paid"], row.why.facts["asked"]) == ("payment.other", FEE - 1000, FEE)
    assert "retry_incident" not in row.can
    with pytest.raises(NothingToPay):
        till.order()
    assert till.confirm(answer(order)).outcome is Outcome.AGAIN
    assert till.faults() == []


def test_the_incident_is_over_once_the_counter_has_taken_the_fee(till: Till) -> None:
    till.confirm(answer(till.order(), FEE - 1000))
    till.town.do("clerk", till.case.case_id, "check", receipt_no="0001", amount=FEE, paid_at="2026-09-04", method="cash")
    assert reads.incidents(till.platform, till.town.actor("signer")) == ()


def test_money_that_comes_after_cash_at_the_counter_is_noted_and_moves_nothing(till: Till) -> None:
    order = till.order()
    till.town.do("clerk", till.case.case_id, "check", receipt_no="0001", amount=FEE, paid_at="2026-09-04", method="cash")
    open_before = till.town.tasks(till.case.case_id).keys()
    assert till.confirm(answer(order)).outcome is Outcome.LATE
    assert till.confirm(answer(order)).outcome is Outcome.AGAIN
    assert till.town.tasks(till.case.case_id).keys() == open_before
    assert till.kinds()[-1] == "paid_late"
    tracked = reads.track(till.platform, till.case.tracking)
    assert tracked is not None and tracked.payments is not None
    assert [row.late for row in tracked.payments.paid] == [True]
    assert till.faults() == []


def test_nothing_is_asked_where_nothing_is_to_be_paid(till: Till) -> None:
    task = till.task
    without = replace(till.platform, settings=till.platform.settings.but(payment_provider="closed"))
    with pytest.raises(NothingToPay):
        ask_payment(without, till.case.tracking, task)
    with pytest.raises(CaseUnknown):
        ask_payment(till.platform, "H26.NONE", task)
    till.confirm(answer(till.order()))
    with pytest.raises(TaskGone):
        ask_payment(till.platform, till.case.tracking, task)
    review = till.town.tasks(till.case.case_id)["review"].task
    with pytest.raises(NotAllowed):
        ask_payment(till.platform, till.case.tracking, review)


def test_a_provider_is_a_plugin_and_two_cannot_have_one_name() -> None:
    second = SimpleNamespace(name="second", load=Bank)
    plugins = Plugins.load(sources=(Bank(), second))
    assert plugins.payment_provider("bank") is not None and plugins.payment_provider("other") is None
    assert [left.name for left in plugins.left_out] == ["second"]


def test_no_two_lists_of_fields_have_one_signature() -> None:
    assert signed(KEY, {"a": "1", "b": "2"})["signature"] != signed(KEY, {"a": "1b2", "b": ""})["signature"]
