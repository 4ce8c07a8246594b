"""Works on ranked relics: whose opinion, what may not be built, what is urgent (Decree 208/2025)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, Choice, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_culture.law import COMMUNE_WORKS, URGENT_WORKS, WORKS, concluded, field_rule, finding_rule, hint, law

RANKED = ("world", "special_national", "national", "provincial")
BUILDING = ("new_build", "house")
DESIGNED = ("repair", "restore", "new_build")


# --- while somebody types ---


def not_in_the_future(day: Any, form: Form, context: RuleContext) -> Opinion:
    """What a paper says was done lies in the past."""
    return ALLOWED if day <= context.on.isoformat() else Reason("culture.future", {"day": day})


def ranks_of_the_procedure(form: Form, context: RuleContext) -> Sequence[str] | None:
    """A commune handles what is inventoried; everything ranked goes to the city."""
    return ("inventoried",) if context.procedure == COMMUNE_WORKS else RANKED


def who_is_asked(form: Form, context: RuleContext) -> Reason | None:
    """Whose opinion the rank needs, before anybody waits for it."""
    asked = _asked(form, context)
    return Reason(f"culture.relic_asks_{asked}") if asked else None


def _asked(form: Form, context: RuleContext) -> str:
    """The body whose opinion the decision table names: "ministry" or "department"."""
    rank = form.get("rank")
    return str(context.decide("culture.relic", {"rank": rank}) or "") if rank else ""


# --- on the matter ---


def opinion_needed(form: Form, context: RuleContext) -> Finding | None:
    """The Ministry through the city, or the culture department, before anything is approved."""
    asked = _asked(form, context)
    if not asked:
        return None
    unit = context.settings["culture.ministry_through" if asked == "ministry" else "culture.department"]
    return concluded("relic-opinion", Verdict.ROUTE, f"relic_opinion_{asked}", rank=form["rank"], unit=unit)


def nothing_new_in_zone_one(form: Form, context: RuleContext) -> Finding | None:
    """In zone I nothing is built; for what the Ministry answers for, only the Ministry could say otherwise."""
    if form.get("zone") is None or form.get("work_type") not in BUILDING:
        return None
    facts = {"work": form["work_type"]}
    if form["zone"] != "I":
        return concluded("relic-zone", Verdict.ELIGIBLE, "relic_zone_free", **facts)
    if _asked(form, context) == "ministry":
        return concluded("relic-zone", Verdict.HOLD, "relic_zone_ministry", **facts)
    return concluded("relic-zone", Verdict.REFUSE, "relic_zone_one", **facts)


def urgent(form: Form, context: RuleContext) -> Finding | None:
    """A relic in danger goes the short way, and is propped and covered first."""
    if not form.get("emergency"):
        if context.procedure == URGENT_WORKS:
            return concluded("relic-urgent", Verdict.ROUTE, "relic_not_urgent")
        return None
    if not form.get("protected_on"):
        return concluded("relic-urgent", Verdict.HOLD, "relic_unprotected")
    if context.procedure != URGENT_WORKS:
        return concluded("relic-urgent", Verdict.ROUTE, "relic_urgent_track", limit=context.settings["culture.urgent_limit"])
    return concluded("relic-urgent", Verdict.ELIGIBLE, "relic_protected", day=form["protected_on"])


def designed_by_a_licensed_person(form: Form, context: RuleContext) -> Finding | None:
    """Repair, restoration and building need a designer with a licence."""
    if form.get("work_type") not in DESIGNED:
        return None
    licence = form.get("designer_licence")
    if not licence:
        return concluded("relic-designer", Verdict.HOLD, "relic_designer_missing")
    return concluded("relic-designer", Verdict.ELIGIBLE, "relic_designer", licence=licence)


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the relic form."""
    return (
        field_rule("relic-degraded", WORKS, "/degradation_date", not_in_the_future),
        field_rule("relic-protected", WORKS, "/protected_on", not_in_the_future),
    )


def all_choices() -> tuple[Choice, ...]:
    """The ranks that a procedure is for."""
    known = law("relic-rank")
    procedures = tuple(code for code in WORKS if code != URGENT_WORKS)
    return (Choice("culture.relic-rank", procedures, "/rank", ranks_of_the_procedure, known.basis, known.valid_from, known.valid_to),)


def all_hints() -> tuple[Hint, ...]:
    """Whose opinion is needed."""
    return (hint("relic-asks", WORKS, "/rank", who_is_asked, ("/rank",), of="relic-opinion"),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of works on a relic."""
    return (
        finding_rule("relic-opinion", WORKS, opinion_needed),
        finding_rule("relic-zone", WORKS, nothing_new_in_zone_one),
        finding_rule("relic-urgent", WORKS, urgent),
        finding_rule("relic-designer", WORKS, designed_by_a_licensed_person),
    )
