"""Times the law gives inside an inspection: until the visit, and from a clean visit to the certificate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, Form, Hint, Opinion, RuleContext

from wardflow_health.days import day
from wardflow_health.law import FOOD, GPP, field_rule, hint
from wardflow_health.team import STEP, team_of

INSPECTED = (GPP, FOOD)
SUPPLEMENTS = ("supplement", "supplement_more")


def visit_day(value: Any, form: Form, context: RuleContext) -> Opinion:
    """A pharmacy is visited within some days of the notice; a place of food within some working days of the full file."""
    announced = _announced(form, context)
    visit, last = day(value), _last_visit(announced, context)
    if visit is None or last is None:
        return None
    return ALLOWED if announced <= visit <= last else Reason("health.visit_day", {"day": visit, "first": announced, "last": last})


def _announced(form: Form, context: RuleContext) -> date:
    """The day on which the team was announced: today while somebody fills that in, later the day on which they did."""
    again = bool(form) and dict(form) == dict(team_of(context))
    return (context.done_on(STEP) if again else None) or context.on


def _last_visit(announced: date, context: RuleContext) -> date | None:
    """For food the days begin when the file was full: on the day of filing, or on that of the last supplement."""
    if context.procedure == GPP:
        return announced + timedelta(days=context.settings["health.gpp_visit_days"])
    supplied = [context.done_on(step) for step in SUPPLEMENTS if context.case.get(step)]
    days = [on for on in supplied if on is not None]
    if len(days) < len(supplied):
        return None    # a supplement of which nobody knows the day: rather no opinion than one by the wrong day
    return context.calendar.nth_working_day(max((context.filed_on, *days)), context.settings["health.food_visit_days"])


def certificate_due(context: RuleContext) -> date | None:
    """The last day for a certificate after a visit that found nothing; None after any other."""
    visit = context.case.get("inspect") or {}
    visited = day(visit.get("visited_on"))
    if visited is None or visit.get("result") != "pass":
        return None
    days = context.settings["health.certificate_days"]
    return context.calendar.nth_working_day(visited, days["gpp" if context.procedure == GPP else "food"])


def issued_in_time(value: Any, form: Form, context: RuleContext) -> Opinion:
    """Not later than some working days after the visit."""
    issued, last = day(value), certificate_due(context)
    if issued is None or last is None:
        return None
    late = context.calendar.working_days_between(last, issued)
    return ALLOWED if late <= 0 else Reason("health.issued_late", {"last": last, "late": late})


def certificate_by(form: Form, context: RuleContext) -> Reason | None:
    """Until when, told to who drafts and to who signs."""
    last = certificate_due(context)
    return Reason("health.certificate_by", {"last": last}) if last else None


def all_field_rules() -> tuple[FieldRule, ...]:
    """The day of the visit, and the day of issue."""
    return (
        field_rule("visit-day", INSPECTED, "/visit_on", visit_day, "forms/set_up_team.json"),
        field_rule("issued-in-time", INSPECTED, "/issued_on", issued_in_time, "forms/publish.json"),
    )


def all_hints() -> tuple[Hint, ...]:
    """The last day for the certificate."""
    return (
        hint("certificate-by", INSPECTED, "/content", certificate_by, form="forms/draft.json"),
        hint("certificate-by-signing", INSPECTED, "/decision", certificate_by, form="forms/sign.json"),
    )
