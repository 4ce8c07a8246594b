"""Festivals: notice or registration, in time, and who else has to be asked (Decree 110/2018, Decree 137/2025)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_culture.law import FESTIVALS, concluded, field_rule, finding_rule, hint
from wardflow_culture.notice import day_of, festival_notice, in_time

PLANS = ("security", "fire", "environment")


# --- while somebody types ---


def ends_after_it_begins(end: Any, form: Form, context: RuleContext) -> Opinion:
    """The last day is not before the first."""
    begins = day_of(form, "start_date")
    if begins is None:
        return None
    return ALLOWED if end >= begins.isoformat() else Reason("culture.festival_dates", {"start": begins, "end": end})


def not_over_yet(start: Any, form: Form, context: RuleContext) -> Opinion:
    """Nobody announces a festival that has begun."""
    return ALLOWED if start > context.filed_on.isoformat() else Reason("culture.festival_past", {"start": start})


def notified_in_time(start: Any, form: Form, context: RuleContext) -> Opinion:
    """Early enough; said while the date can still be changed, decided by the finding of the same name."""
    notice = festival_notice(form, context)
    if notice is None:
        return None
    facts = {"days": notice.days, "least": notice.least, "earliest": notice.earliest}
    return ALLOWED if notice.days >= notice.least else Reason("culture.festival_lead_short", facts)


def no_gap_before_the_first(gap: Any, form: Form, context: RuleContext) -> Opinion:
    """A festival held for the first time was never interrupted."""
    return Reason("culture.festival_gap", {"years": gap}) if form.get("first_time") and gap else ALLOWED


def plans_for_a_crowd(people: Any, form: Form, context: RuleContext) -> Opinion:
    """Above the threshold each of the three plans comes with the file."""
    limit = context.settings["culture.festival_plans_above"]
    missing = [plan for plan in PLANS if plan not in (form.get("plans") or ())]
    if people <= limit or not missing:
        return ALLOWED
    return Reason("culture.festival_plans", {"people": people, "limit": limit, "missing": missing})


def earliest_day(form: Form, context: RuleContext) -> Reason | None:
    """The first day that may be chosen when the file is handed in today."""
    least = context.settings["culture.festival_lead_days"][context.procedure]
    return Reason("culture.festival_earliest", {"earliest": context.on + timedelta(days=least), "least": least})


def plans_needed(form: Form, context: RuleContext) -> Reason | None:
    """Which plans have to come with the file."""
    people, limit = form.get("expected_people"), context.settings["culture.festival_plans_above"]
    return Reason("culture.festival_plans_needed", {"limit": limit}) if isinstance(people, int) and people > limit else None


# --- on the matter ---


def right_procedure(form: Form, context: RuleContext) -> Finding | None:
    """Whether the festival is notified, registered at the commune, or registered at the city."""
    asked = ("festival_type", "scope", "first_time", "gap_years", "changed")
    if any(name not in form for name in asked):
        return None
    years = context.settings["culture.festival_gap_years"]
    facts = {"type": form["festival_type"], "scope": form["scope"], "first": form["first_time"], "changed": form["changed"]}
    right = context.decide("culture.festival", {**facts, "gap": form["gap_years"] >= years})
    if right == context.procedure:
        return concluded("festival-procedure", Verdict.ELIGIBLE, "festival_procedure_right", procedure=right)
    unit = {"unit": "city"} if right == FESTIVALS[2] else {}
    return concluded("festival-procedure", Verdict.ROUTE, "festival_procedure_other", procedure=right, **unit)


def early_enough(form: Form, context: RuleContext) -> Finding | None:
    """Too late means another day or a refusal."""
    return in_time("festival-lead", festival_notice(form, context))


def police_opinion(form: Form, context: RuleContext) -> Finding | None:
    """A large crowd needs the opinion of the police."""
    return _crowd(form, context, "festival-police", "culture.police_unit")


def health_opinion(form: Form, context: RuleContext) -> Finding | None:
    """A large crowd needs the opinion of the health service."""
    return _crowd(form, context, "festival-health", "culture.health_unit")


def _crowd(form: Form, context: RuleContext, rule: str, unit: str) -> Finding | None:
    people, limit = form.get("expected_people"), context.settings["culture.festival_opinions_above"]
    if people is None or people <= limit:
        return None
    facts = {"people": people, "limit": limit, "unit": context.settings[unit]}
    return concluded(rule, Verdict.ROUTE, rule.replace("-", "_"), **facts)


def at_a_relic(form: Form, context: RuleContext) -> Finding | None:
    """A festival at a relic needs the opinion of the culture department."""
    if not form.get("relic_id"):
        return None
    unit = context.settings["culture.department"]
    return concluded("festival-relic", Verdict.ROUTE, "festival_relic", relic=form["relic_id"], unit=unit)


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the festival form."""
    return (
        field_rule("festival-dates", FESTIVALS, "/end_date", ends_after_it_begins),
        field_rule("festival-past", FESTIVALS, "/start_date", not_over_yet),
        field_rule("festival-lead-early", FESTIVALS, "/start_date", notified_in_time),
        field_rule("festival-gap", FESTIVALS, "/gap_years", no_gap_before_the_first),
        field_rule("festival-plans", FESTIVALS, "/expected_people", plans_for_a_crowd),
    )


def all_hints() -> tuple[Hint, ...]:
    """The earliest day and the plans, said beforehand."""
    return (
        hint("festival-earliest", FESTIVALS, "/start_date", earliest_day, of="festival-lead"),
        hint("festival-plans-needed", FESTIVALS, "/plans", plans_needed, ("/expected_people",), of="festival-plans"),
    )


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of a festival."""
    return (
        finding_rule("festival-procedure", FESTIVALS, right_procedure),
        finding_rule("festival-lead", FESTIVALS, early_enough),
        finding_rule("festival-police", FESTIVALS, police_opinion),
        finding_rule("festival-health", FESTIVALS, health_opinion),
        finding_rule("festival-relic", FESTIVALS, at_a_relic),
    )
