"""Performances, contests and galas: in time, within the venue, and who else is asked (Decree 144/2020, Decree 137/2025)."""

from __future__ import annotations

from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_culture.law import FOREIGN, PERFORMANCES, concluded, field_rule, finding_rule, hint
from wardflow_culture.notice import in_time, performance_notice


def not_over_yet(day: Any, form: Form, context: RuleContext) -> Opinion:
    """Nobody announces what has taken place."""
    return ALLOWED if day > context.filed_on.isoformat() else Reason("culture.performance_past", {"day": day})


def fits_the_venue(people: Any, form: Form, context: RuleContext) -> Opinion:
    """No more guests than the venue is licensed for; said early, decided by the finding."""
    most = form.get("licensed_capacity")
    if most is None:
        return None
    return ALLOWED if people <= most else Reason("culture.venue_full", {"people": people, "most": most})


def earliest_day(form: Form, context: RuleContext) -> Reason | None:
    """The first day that may be chosen when the notice is handed in today."""
    notice = performance_notice({"date": context.on.isoformat()}, context)
    return Reason("culture.performance_earliest", {"earliest": notice.earliest, "least": notice.least}) if notice else None


def early_enough(form: Form, context: RuleContext) -> Finding | None:
    """Too late means another day or a refusal."""
    return in_time("performance-lead", performance_notice(form, context))


def from_abroad(form: Form, context: RuleContext) -> Finding | None:
    """With people from abroad on stage the city approves."""
    abroad = form.get("foreign_performers")
    if abroad is None:
        return None
    if abroad and context.procedure != FOREIGN:
        return concluded("performance-foreign", Verdict.ROUTE, "performance_foreign", unit="city")
    if context.procedure == FOREIGN:
        verdict, code = (Verdict.ELIGIBLE, "performance_at_city") if abroad else (Verdict.ROUTE, "performance_at_commune")
        return concluded("performance-foreign", verdict, code)
    return None


def within_the_venue(form: Form, context: RuleContext) -> Finding | None:
    """More guests than the venue is licensed for is a reason to refuse."""
    people, most = form.get("capacity"), form.get("licensed_capacity")
    if people is None or most is None:
        return None
    if people > most:
        return concluded("venue-capacity", Verdict.REFUSE, "venue_full", people=people, most=most)
    return concluded("venue-capacity", Verdict.ELIGIBLE, "venue_fits", people=people, most=most)


def late_in_the_open(form: Form, context: RuleContext) -> Finding | None:
    """In the open air and late, the answer carries the limit on noise."""
    ends = form.get("ends_at")
    begins, morning = context.settings["culture.quiet_hours"]
    if not form.get("outdoor") or not ends or morning <= ends <= begins:
        return None
    noise = context.settings["culture.quiet_noise_dba"]
    return concluded("open-air", Verdict.PARTIAL, "open_air_late", ends=ends, begins=begins, noise=noise)


def at_a_relic(form: Form, context: RuleContext) -> Finding | None:
    """At a relic the culture department is asked."""
    if not form.get("venue_is_relic"):
        return None
    return concluded("performance-relic", Verdict.ROUTE, "performance_relic", unit=context.settings["culture.department"])


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the notice."""
    return (
        field_rule("performance-past", PERFORMANCES, "/date", not_over_yet),
        field_rule("venue-capacity-early", PERFORMANCES, "/capacity", fits_the_venue),
    )


def all_hints() -> tuple[Hint, ...]:
    """The earliest day."""
    return (hint("performance-earliest", PERFORMANCES, "/date", earliest_day, of="performance-lead"),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of a performance."""
    return (
        finding_rule("performance-lead", PERFORMANCES, early_enough),
        finding_rule("performance-foreign", PERFORMANCES, from_abroad),
        finding_rule("venue-capacity", PERFORMANCES, within_the_venue),
        finding_rule("open-air", PERFORMANCES, late_in_the_open),
        finding_rule("performance-relic", PERFORMANCES, at_a_relic),
    )
