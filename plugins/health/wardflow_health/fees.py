"""What an applicant pays, when, and on what basis; commitments and disability confirmations cost nothing."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.offers import FeeLine, FeeRule, Form, RuleContext

from wardflow_health.food import subject
from wardflow_health.law import FOOD, GPP, law


def gpp_fee(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """The fee of an assessment; the cabinet of a health station pays none."""
    if form.get("outlet_type") == "station_cabinet":
        return ()
    return (FeeLine(Reason("health.fee_gpp"), context.settings["health.gpp_fee"], "filing", law("fees").basis),)


def food_fee(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """The fee of an inspection, by the size of a caterer; who is exempt from the certificate pays none."""
    if subject(form, context) == "commitment":
        return ()
    large = (form.get("meals_per_day") or 0) > context.settings["health.meals_at_commune"]
    amount = context.settings["health.food_fee"]["large" if large else "small"]
    return (FeeLine(Reason("health.fee_food"), amount, "filing", law("fees").basis),)


def all_fee_rules() -> tuple[FeeRule, ...]:
    """Every fee of this package."""
    known = law("fees")
    return (
        FeeRule("health.gpp-fee", (GPP,), gpp_fee, known.valid_from, known.valid_to, known.basis),
        FeeRule("health.food-fee", (FOOD,), food_fee, known.valid_from, known.valid_to, known.basis),
    )
