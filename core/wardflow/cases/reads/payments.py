"""What whoever holds a tracking code may pay online, and what was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.payable import amount_of, lines_of, provider
from wardflow.cases.payment_records import OrderStatus, PaymentOrder
from wardflow.cases.platform import Platform
from wardflow.cases.reads.papers import Opened, opened
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, Document, Task, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.errors import DocumentUnknown
from wardflow.offers import PaymentProvider


@dataclass(frozen=True, slots=True)
class Fee:
    """An open step that can be paid online: how much, for what, until when, through whom."""

    task: str
    title: Words
    amount: int
    lines: tuple[Mapping[str, Any], ...]
    until: datetime | None
    provider: Words
    pretended: bool
    """no money moves"""
    origin: str
    """where the provider's pages are; empty for our own"""
    held: bool
    """an amount came that does not fit, and somebody looks at it"""


@dataclass(frozen=True, slots=True)
class PaidRow:
    """An order that was paid: its number, how much, when, and the receipt, where one was issued."""

    order: str
    amount: int
    at: datetime
    late: bool
    receipt: bool


@dataclass(frozen=True, slots=True)
class Payments:
    """What a tracking page says about money."""

    due: tuple[Fee, ...] = ()
    paid: tuple[PaidRow, ...] = ()


def payments(platform: Platform, case: Case, matter: Matter, tasks: Sequence[Task], snapshot: Snapshot) -> Payments:
    """The fees of a case that can be paid now, and those that were paid online."""
    asking = [task for task in tasks if task.node in matter.definition.nodes and matter.payable(task.node)]
    if not asking:
        return Payments()
    orders, bank = platform.store.payments.of_case(case.id), provider(platform)
    receipts = {paper.number for paper in platform.store.papers.documents(case.id) if paper.kind == "slip"}
    waiting = [task for task in asking if task.status is TaskStatus.OPEN]
    due = [_fee(case, matter, task, snapshot, bank, orders) for task in waiting] if bank else []
    return Payments(
        tuple(fee for fee in due if fee.amount > 0),
        tuple(
            PaidRow(order.key, order.paid or 0, order.ended_at, order.status is OrderStatus.LATE, order.key in receipts)
            for order in orders
            if order.ended_at is not None and order.status is not OrderStatus.OTHER
        ),
    )


def _fee(
    case: Case, matter: Matter, task: Task, snapshot: Snapshot, bank: PaymentProvider, orders: Sequence[PaymentOrder]
) -> Fee:
    amount = amount_of(matter, case, task, snapshot)
    held = any(order.task == task.task and order.status is OrderStatus.OTHER for order in orders)
    return Fee(
        task.task, Words(task.title, task.title_en), amount, lines_of(case, task, amount), task.due, Words(bank.vi, bank.en),
        bank.pretended, bank.origin, held,
    )


def receipt(platform: Platform, tracking: str, order: str) -> Opened:
    """The receipt of an order for whoever holds the tracking code; DocumentUnknown for any other paper."""
    case = platform.store.worklist.by_tracking(tracking)
    if case is None or case.places.kept_from:
        raise DocumentUnknown(case=tracking, document=order)
    paper = next((each for each in platform.store.papers.documents(case.id) if _is_receipt(each, order)), None)
    if paper is None:
        raise DocumentUnknown(case=case.code, document=order)
    return opened(platform, case.id, case.code, paper.document)


def _is_receipt(paper: Document, order: str) -> bool:
    return paper.kind == "slip" and paper.number == order and "paid" in paper.facts.get("said", {})
