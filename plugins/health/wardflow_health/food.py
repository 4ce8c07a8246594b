"""Food safety (B2 and B3): the certificate, who is exempt from it, and the commitment of those who are."""

from __future__ import annotations

import re
import zlib
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, Derivation, Derived, FieldRule, FindingRule, Form, Opinion, RuleContext

from wardflow_health.days import day, months_between
from wardflow_health.law import COMMITMENT, FOOD, derivation, field_rule, finding, finding_rule

HOURS = re.compile(r"\s*([01]?\d|2[0-3])[:h][0-5]\d\s*[-–]\s*([01]?\d|2[0-3])[:h][0-5]\d")
SYSTEMS = ("GMP", "HACCP", "ISO22000", "IFS", "BRC")
"""Quality systems whose certificates Article 17 names."""


def staff_date(value: Any, form: Form, context: RuleContext) -> Opinion:
    """Nobody was examined on a day that is still to come."""
    on = day(value)
    if on is None:
        return None
    return ALLOWED if on <= context.on else Reason("health.staff_date", {"day": on, "today": context.on})


def health_check(value: Any, form: Form, context: RuleContext) -> Opinion:
    """An examination counts for some months, up to the day of filing."""
    on, most = day(value), context.settings["health.health_check_months"]
    if on is None or on > context.on:
        return None
    old = _too_old(value, context)
    return Reason("health.health_check", {"day": on, "months": most}) if old else ALLOWED


def quality_cert_date(value: Any, form: Form, context: RuleContext) -> Opinion:
    """A certificate that has run out proves nothing."""
    until = day(value)
    if until is None:
        return None
    return ALLOWED if until >= context.filed_on else Reason("health.quality_cert_date", {"day": until, "today": context.filed_on})


def opening_hours(text: Any, form: Form, context: RuleContext) -> Opinion:
    """Hours are written from - to."""
    return ALLOWED if HOURS.match(text) else Reason("health.opening_hours", {"text": text})


def subject(form: Form, context: RuleContext) -> str | None:
    """Whether the place needs a certificate or a commitment; None while its activity is not given."""
    if not form.get("activity"):
        return None
    asked = {"activity": form["activity"], "fixed": form.get("has_fixed_place"), "registered": form.get("registered_food_business")}
    return str(context.decide("health.food_subject", asked))


def subject_of_place(form: Form, context: RuleContext) -> Derived | None:
    """What the place needs, told before anybody brings papers for the wrong procedure."""
    found = subject(form, context)
    return Derived(found, Reason(f"health.needs_{found}")) if found else None


def food_subject(form: Form, context: RuleContext) -> Finding | None:
    """Who is exempt from the certificate commits themselves instead, and keeps to the conditions all the same."""
    match subject(form, context):
        case None:
            return None
        case "commitment":
            return finding("food-subject", Verdict.REFUSE, "food_exempt", activity=form["activity"])
        case _:
            return finding("food-subject", Verdict.ELIGIBLE, "food_subject", activity=form["activity"])


def food_quality(form: Form, context: RuleContext) -> Finding | None:
    """A certificate of a quality system that was valid on the day of filing takes the place of the food-safety certificate."""
    for row in form.get("quality_certs") or ():
        until = day(row.get("valid_to"))
        if row.get("kind") in SYSTEMS and until is not None and until >= context.filed_on:
            return finding("food-quality", Verdict.REFUSE, "food_quality", kind=row["kind"], day=until)
    return None


def food_staff(form: Form, context: RuleContext) -> Finding | None:
    """While somebody who handles food was not examined in time, the matter waits."""
    old = [str(row.get("name", "")) for row in form.get("staff") or () if _too_old(row.get("health_check_date"), context)]
    if not old:
        return None
    return finding("food-staff", Verdict.HOLD, "food_staff", count=len(old), months=context.settings["health.health_check_months"])


def food_authority(form: Form, context: RuleContext) -> Finding | None:
    """Large caterers are for the department."""
    meals, most = form.get("meals_per_day"), context.settings["health.meals_at_commune"]
    if meals is None or not form.get("activity"):
        return None
    asked = {"activity": form["activity"], "meals": meals, "most": most}
    if context.decide("health.food_authority", asked) != "department":
        return None
    unit = context.settings["health.department"]
    return finding("food-authority", Verdict.ROUTE, "food_authority", meals=meals, most=most, unit=unit)


def commitment_activity(form: Form, context: RuleContext) -> Finding | None:
    """A commitment is for those who are exempt from the certificate only."""
    match subject(form, context):
        case None:
            return None
        case "certificate":
            return finding("commitment-activity", Verdict.REFUSE, "commitment_not_enough", activity=form["activity"])
        case _:
            return finding("commitment-activity", Verdict.ELIGIBLE, "commitment_fits", activity=form["activity"])


def commitment_sampling(form: Form, context: RuleContext) -> Finding | None:
    """A share of the commitments is inspected in the year: chosen by name, place and year, so that nobody chooses."""
    share = context.settings["health.sampling_percent"]
    if not form.get("business_name") or not form.get("place"):
        return None
    drawn = f"{form.get('commune')}|{form['business_name']}|{form['place']}|{context.filed_on.year}".casefold()
    if zlib.crc32(drawn.encode()) % 10_000 >= share * 100:
        return None
    return finding("commitment-sampling", Verdict.ELIGIBLE, "commitment_sampled", year=str(context.filed_on.year), share=share)


def _too_old(value: Any, context: RuleContext) -> bool:
    on = day(value)
    return on is not None and months_between(on, context.filed_on) >= context.settings["health.health_check_months"]


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the food forms."""
    return (
        field_rule("staff-date", (FOOD, COMMITMENT), "/staff/*/health_check_date", staff_date),
        field_rule("health-check", (FOOD, COMMITMENT), "/staff/*/health_check_date", health_check),
        field_rule("quality-cert-date", (FOOD,), "/quality_certs/*/valid_to", quality_cert_date),
        field_rule("opening-hours", (COMMITMENT,), "/opening_hours", opening_hours),
    )


def all_derivations() -> tuple[Derivation, ...]:
    """What the package works out on the food forms."""
    reads = ("/activity", "/has_fixed_place", "/registered_food_business")
    return (derivation("subject-of-place", (FOOD,), "/subject", subject_of_place, reads, of="food-subject"),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of food."""
    return (
        finding_rule("food-subject", (FOOD,), food_subject),
        finding_rule("food-quality", (FOOD,), food_quality),
        finding_rule("food-staff", (FOOD,), food_staff),
        finding_rule("food-authority", (FOOD,), food_authority),
        finding_rule("commitment-activity", (COMMITMENT,), commitment_activity),
        finding_rule("commitment-sampling", (COMMITMENT,), commitment_sampling),
    )
