"""What an applicant pays, when, and on what basis."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.offers import FeeLine, FeeRule, Form, RuleContext

from wardflow_land.law import PROCEDURE, law


def fees(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """The appraisal fee with the file; the land-use fee later, by notice of the tax office."""
    basis = law("fees").basis
    appraisal = FeeLine(Reason("land.fee_appraisal"), context.settings["land.appraisal_fee"], "filing", basis)
    if form.get("to_type") not in context.settings["land.homestead_types"]:
        return (appraisal,)
    return (appraisal, FeeLine(Reason("land.fee_land_use"), None, "notice", basis))


def all_fee_rules() -> tuple[FeeRule, ...]:
    """Every fee of this package."""
    known = law("fees")
    return (FeeRule("land.fees", (PROCEDURE,), fees, known.valid_from, known.valid_to, known.basis),)
