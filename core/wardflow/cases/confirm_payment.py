"""Confirms a payment because its provider says so, signed: its step is completed, once, and the receipt is issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, take_up
from wardflow.cases.answer import judged
from wardflow.cases.commit import changes, record
from wardflow.cases.fielded import at_step
from wardflow.cases.payable import lines_of
from wardflow.cases.payment_records import OrderStatus, PaymentOrder
from wardflow.cases.platform import Platform
from wardflow.cases.records import CaseStatus, Change, Document, Incident, Task, TaskStatus
from wardflow.cases.situation import SYSTEM, Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import NoticeDue, SlipIssued, Step, TaskCompleted
from wardflow.errors import FormRefused
from wardflow.offers import PaymentAnswer, PaymentProvider, PaymentSaid
from wardflow.packs import paid_value
from wardflow.payment_errors import PaymentForged, PaymentUnknown
from wardflow.permissions import require


class Outcome(StrEnum):
    """What an answer of the provider led to."""

    PAID = "paid"
    AGAIN = "again"
    """it was said before: nothing was changed"""
    NOT_PAID = "not-paid"
    """the payer turned back: the order stands as before"""
    OTHER = "other"
    """it does not fit what was asked: a person looks at it"""
    LATE = "late"
    """the step was over: the money is noted and nothing else"""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of an answer, and the tracking code of its case, to lead the payer back."""

    outcome: Outcome
    order: str
    tracking: str


@again_when_moved
def confirm_payment(platform: Platform, provider: str, answer: PaymentAnswer) -> Confirmed:
    """What the answer led to; PaymentForged or PaymentUnknown for one that changes nothing because it is not the provider's or not ours."""
    bank = platform.plugins.payment_provider(provider)
    said = _read(bank, answer) if bank is not None else None
    if bank is None or said is None:
        raise PaymentForged(provider=provider)
    order = platform.store.payments.find(said.order)
    if order is None or order.provider != provider:
        raise PaymentUnknown(provider=provider, order=said.order)
    held = take_up(platform, order.case_id, order.task)
    require(SYSTEM, "confirm_payment", replace(held.question(), proved=True))
    outcome = _outcome(order, said, held)
    if outcome is Outcome.PAID:
        outcome = _paid(platform, bank, held, order, said)
    elif outcome in (Outcome.OTHER, Outcome.LATE):
        _noted(platform, bank, held, order, said, outcome)
    return Confirmed(outcome, order.key, held.case.tracking)


def _read(bank: PaymentProvider, answer: PaymentAnswer) -> PaymentSaid | None:
    try:
        return bank.read(answer)
    except Exception as unreadable:    # anybody may send anything to that address, and a provider's reader may stumble
        raise PaymentForged(provider=bank.id) from unreadable


def _outcome(order: PaymentOrder, said: PaymentSaid, held: Held) -> Outcome:
    if order.status is not OrderStatus.ASKED:
        return Outcome.AGAIN
    if not said.paid:
        return Outcome.NOT_PAID
    if held.case.status is CaseStatus.ENDED or held.task is None or held.task.status is not TaskStatus.OPEN:
        return Outcome.LATE
    return Outcome.PAID if said.amount == order.amount else Outcome.OTHER


def _paid(platform: Platform, bank: PaymentProvider, held: Held, order: PaymentOrder, said: PaymentSaid) -> Outcome:
    """PAID once the step is completed by it; OTHER where a rule of the field keeps its form from being taken."""
    assert held.task is not None    # an outcome without an open step is another one
    today = held.snapshot.calendar.local(platform.now()).date().isoformat()
    node = held.matter.definition.node(held.task.node)
    try:
        answer = judged(held.matter, node, paid_value(order.key, order.amount, today), at_step(platform, held.case, node))
    except FormRefused:
        _noted(platform, bank, held, order, said, Outcome.OTHER)
        return Outcome.OTHER
    event = TaskCompleted(held.task.task, {node.element: answer.open})
    step = step_on(platform, held.matter, held.snapshot, held.case, event)
    happening = Happening(
        "paid", node.element, _facts(bank, order, said), answer.open, held.task.task, answer.sealed(node.element)
    )
    change = changes(platform, held.case, _with_papers(step, held), happening, _payer(held), held.matter, held.snapshot)
    receipt = _receipt(platform, bank, held, held.task, order, said)
    platform.store.cases.apply(replace(
        change, documents=tuple(_numbered(paper, held, order, receipt) for paper in change.documents),
        payments=(_ended(platform, order, said, OrderStatus.PAID),),
    ))
    platform.snapshots.given(task.person for task in change.tasks_opened)
    return Outcome.PAID


def _payer(held: Held) -> Actor:
    return Actor(held.case.applicant_person, held.case.applicant_label)


def _with_papers(step: Step, held: Held) -> Step:
    """The step with the receipt and the notice that the pack's [payment] names."""
    payment = held.matter.pack.payment
    papers = [SlipIssued(payment.slip, "")] if payment.slip else []
    notices = [NoticeDue(payment.notice, "")] if payment.notice else []
    return replace(step, effects=(*papers, *notices, *step.effects))


def _receipt(
    platform: Platform, bank: PaymentProvider, held: Held, task: Task, order: PaymentOrder, said: PaymentSaid
) -> Mapping[str, Any]:
    """What the receipt says beside its head, in Vietnamese as official papers are."""
    say = platform.wording("vi").say
    lines = lines_of(held.case, task, order.amount)
    fees = [{**line, "name": say(Reason.from_json(line["name"]))} for line in lines]
    at = held.snapshot.calendar.local(platform.now()).strftime("%Y-%m-%dT%H:%M")
    return {"fees": fees, "paid": {"at": at, "through": bank.vi, "reference": said.reference, "pretended": bank.pretended}}


def _numbered(paper: Document, held: Held, order: PaymentOrder, receipt: Mapping[str, Any]) -> Document:
    """The receipt with the order as its number; any other paper of the step as it is."""
    if paper.facts.get("slip") != held.matter.pack.payment.slip:
        return paper
    return replace(paper, number=order.key, facts={**paper.facts, "said": receipt})


def _noted(
    platform: Platform, bank: PaymentProvider, held: Held, order: PaymentOrder, said: PaymentSaid, outcome: Outcome
) -> None:
    """Writes that money came which completes no step: for one that does not fit, a person has to look at it."""
    node = held.task.node if held.task else ""
    facts = _facts(bank, order, said)
    change: Change = record(held.case, Happening(f"paid_{outcome}", node, facts), platform, _payer(held))
    status = OrderStatus.OTHER if outcome is Outcome.OTHER else OrderStatus.LATE
    if outcome is Outcome.OTHER:
        why = {"order": order.key, "task": order.task, "asked": order.amount, "paid": said.amount}
        change = replace(change, incidents=(Incident(change.entry.seq, "payment.other", node, why, platform.now()),))
    platform.store.cases.apply(replace(change, payments=(_ended(platform, order, said, status),)))


def _facts(bank: PaymentProvider, order: PaymentOrder, said: PaymentSaid) -> dict[str, Any]:
    return {
        "task": order.task, "order": order.key, "amount": said.amount, "reference": said.reference, "provider": bank.id,
        "name": bank.vi, "name_en": bank.en,
    }


def _ended(platform: Platform, order: PaymentOrder, said: PaymentSaid, status: OrderStatus) -> PaymentOrder:
    return replace(order, status=status, ended_at=platform.now(), reference=said.reference[:80], paid=said.amount)
