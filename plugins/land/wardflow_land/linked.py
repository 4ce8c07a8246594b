"""The conciliation that a request to settle a dispute names: a case of the commune, or minutes on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardflow.offers import Disclosure, Form, RuleContext

from wardflow_land.law import CONCILIATION, DISPUTE, DISPUTE_CITY

PLOT = "/form/plot_ref"
CASE_CODE = re.compile(r"\.\d{3}-\d{6}-\d{4,}")
"""As the platform numbers cases: the unit, the day, the place in the line. Minutes on paper are numbered otherwise."""
ENDED = {"failed": "failure", "agreed": "success"}
"""States of the conciliation in which it has a result, as the form of the dispute calls it."""


class Proof(StrEnum):
    """What a request proves of its conciliation."""

    FAILED = "failed"
    NOT_FAILED = "not_failed"
    UNFINISHED = "unfinished"
    UNKNOWN = "unknown"
    """its number is that of a case, and no such case is shown to this unit"""


@dataclass(frozen=True, slots=True)
class Conciliation:
    """What is known of it: from the case itself, else what the request says of minutes on paper."""

    proof: Proof
    number: str
    result: str = "none"
    on: date | None = None
    plot: str = ""
    paper: bool = False


def conciliation_of(form: Form, context: RuleContext) -> Conciliation:
    """What the case of that code says counts; a number that is no code is one of minutes on paper, of which the request tells."""
    number = str(form.get("conciliation_id") or "").strip()
    found = context.named(number) if CASE_CODE.search(number) else None
    if found is not None:
        result = ENDED.get(found.state, "none")
        proof = {"failure": Proof.FAILED, "success": Proof.NOT_FAILED}.get(result, Proof.UNFINISHED)
        return Conciliation(proof, number, result, found.ended_on, str(found.facts.get(PLOT, "")))
    if CASE_CODE.search(number):
        return Conciliation(Proof.UNKNOWN, number)
    result = str(form.get("conciliation_result") or "none")
    proof = Proof.FAILED if number and result == "failure" else Proof.NOT_FAILED
    return Conciliation(proof, number, result, paper=True)


def all_disclosures() -> tuple[Disclosure, ...]:
    """A conciliation shows its plot to those who settle the dispute."""
    return (Disclosure(CONCILIATION, (DISPUTE, DISPUTE_CITY), (PLOT,)),)
