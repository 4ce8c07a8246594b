"""What of a step can be paid online: its amount by the diagram, and the lines it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.reasons import Reason
from wardflow.engine import peek, variables
from wardflow.feel import evaluate
from wardflow.offers import PaymentProvider

PAY = "pay"
NOW = "filing"
"""The moment of fees that are paid with the matter itself, and not by a notice later"""


def provider(platform: Platform) -> PaymentProvider | None:
    """The bank or gateway that this installation uses; None for none."""
    id = platform.settings.pays_through
    return platform.plugins.payment_provider(id) if id else None


def amount_of(matter: Matter, case: Case, task: Task, snapshot: Snapshot) -> int:
    """How many đồng of an open step can be paid online; 0 for nothing."""
    text = matter.definition.node(task.node).attributes.get(PAY, "")
    if not text:
        return 0
    known = variables(matter.definition, case.state, task.task)
    found = evaluate(text.strip().removeprefix("="), known, calendar=snapshot.calendar)
    return int(found) if isinstance(found, (int, float)) or hasattr(found, "as_tuple") else 0


def lines_of(case: Case, task: Task, amount: int) -> tuple[Mapping[str, Any], ...]:
    """What the amount is made of, as (name: reason or text, amount, basis); one line where the fees do not add up to it."""
    fees = peek(case.state).data.get("fees")
    lines = fees.get("lines", ()) if isinstance(fees, Mapping) else ()
    due = [line for line in lines if line.get("moment") == NOW and line.get("amount") is not None]
    if due and sum(int(line["amount"]) for line in due) == amount:
        return tuple({"name": line["name"], "amount": int(line["amount"]), "basis": line.get("basis", "")} for line in due)
    return ({"name": Reason("fee.line", {"name": task.title, "name_en": task.title_en}).to_json(), "amount": amount, "basis": ""},)
