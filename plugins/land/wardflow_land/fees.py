"""What an applicant pays, when, and on what basis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wardflow.domain.reasons import Reason
from wardflow.offers import FeeLine, FeeRule, Form, RuleContext

from wardflow_land.first_certificate import band
from wardflow_land.law import FIRST_CERTIFICATE, PROCEDURE, SPLIT_MERGE, SPLIT_MERGE_REMOTE, law


def fees(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """The appraisal fee with the file; the land-use fee later, by notice of the tax office."""
    basis = law("fees").basis
    appraisal = FeeLine(Reason("land.fee_appraisal"), context.settings["land.appraisal_fee"], "filing", basis)
    if form.get("to_type") not in context.settings["land.homestead_types"]:
        return (appraisal,)
    return (appraisal, FeeLine(Reason("land.fee_land_use"), None, "notice", basis))


def of_split_or_merge(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """A certificate for every plot afterwards, with the file; the survey by notice of whoever measures."""
    basis, plots = law("split-fees").basis, form.get("result_plots")
    if not plots:
        return ()
    amount = context.settings["land.certificate_fee"] * len(plots)
    name = Reason("land.fee_certificates", {"count": len(plots)})
    return (FeeLine(name, amount, "filing", basis), FeeLine(Reason("land.fee_survey"), None, "notice", basis))


def of_first_certificate(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """The certificate with the file; the registration fee, and the land-use fee where the period asks for it, by notice."""
    basis, since = law("first-fees").basis, band(form, context)
    if not since:
        return ()
    rate = context.settings["land.registration_fee_percent"]
    lines = [
        FeeLine(Reason("land.fee_certificate"), context.settings["land.certificate_fee"], "filing", basis),
        FeeLine(Reason("land.fee_registration", {"rate": rate}), None, "notice", basis),
    ]
    if since["land_use_fee"]:
        lines.append(FeeLine(Reason("land.fee_land_use"), None, "notice", basis))
    return tuple(lines)


def _rule(
    name: str, procedures: tuple[str, ...], compute: Callable[[Form, RuleContext], Sequence[FeeLine]]
) -> FeeRule:
    known = law(name)
    return FeeRule(f"land.{name}", procedures, compute, known.valid_from, known.valid_to, known.basis)


def all_fee_rules() -> tuple[FeeRule, ...]:
    """Every fee of this package."""
    return (
        _rule("fees", (PROCEDURE,), fees),
        _rule("split-fees", (SPLIT_MERGE, SPLIT_MERGE_REMOTE), of_split_or_merge),
        _rule("first-fees", (FIRST_CERTIFICATE,), of_first_certificate),
    )
