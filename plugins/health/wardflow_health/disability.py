"""Disability (B4): the level the scores suggest, when the medical panel is asked, and what follows."""

from __future__ import annotations

from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, Derivation, Derived, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_health.days import day, years_between
from wardflow_health.law import DISABILITY, derivation, field_rule, finding, finding_rule, hint

ITEMS = 10
"""Activities that are scored from 0 to 2."""


def born_past(value: Any, form: Form, context: RuleContext) -> Opinion:
    """Nobody was born after today."""
    born = day(value)
    if born is None:
        return None
    return ALLOWED if born <= context.on else Reason("health.born_past", {"day": born, "today": context.on})


def home_visit(form: Form, context: RuleContext) -> Reason | None:
    """Who cannot come is visited at home."""
    return Reason("health.home_visit") if form.get("can_come") is False else None


def suggested_level(form: Form, context: RuleContext) -> Derived | None:
    """What the ten scores together suggest; the council decides."""
    scores = list((form.get("self_care") or {}).values())
    if len(scores) < ITEMS:
        return None
    most, points = context.settings["health.level_scores"], sum(scores)
    level = next((name for name in ("exceptionally_severe", "severe") if points <= most[name]), "mild")
    return Derived(level, Reason("health.suggested_level", {"points": points, "level": level}))


def medical_panel(form: Form, context: RuleContext) -> Finding | None:
    """Small children, and whom the medical file leaves in doubt, go to the medical panel."""
    unit, age_below = context.settings["health.department"], context.settings["health.panel_age"]
    born = day((form.get("person") or {}).get("born"))
    if born is not None and (age := years_between(born, context.filed_on)) < age_below:
        return finding("disability-panel", Verdict.ROUTE, "panel_child", age=age, below=age_below, unit=unit)
    if form.get("doubtful"):
        return finding("disability-panel", Verdict.ROUTE, "panel_doubt", unit=unit)
    return None


def allowance(form: Form, context: RuleContext) -> Finding | None:
    """Severe or above: the person may ask for the monthly allowance next."""
    level = (context.case.get("council") or {}).get("level")
    if level not in ("exceptionally_severe", "severe"):
        return None
    return finding("disability-allowance", Verdict.ELIGIBLE, "allowance", level=level)


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the form."""
    return (field_rule("born-past", (DISABILITY,), "/person/born", born_past),)


def all_hints() -> tuple[Hint, ...]:
    """What is said beforehand."""
    return (hint("disability-visit", (DISABILITY,), "/can_come", home_visit, ("/can_come",)),)


def all_derivations() -> tuple[Derivation, ...]:
    """The level that the scores suggest."""
    return (derivation("disability-level", (DISABILITY,), "/suggested_level", suggested_level, ("/self_care",)),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter."""
    return (
        finding_rule("disability-panel", (DISABILITY,), medical_panel),
        finding_rule("disability-allowance", (DISABILITY,), allowance),
    )
