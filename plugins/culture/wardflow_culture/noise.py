"""Complaints about the noise of a licensed place: from how many on it is inspected [assumed]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Opinion, RuleContext

from wardflow_culture.law import COMPLAINTS, concluded, field_rule, finding_rule
from wardflow_culture.notice import day_of


def not_in_the_future(day: Any, form: Form, context: RuleContext) -> Opinion:
    """A complaint was made before it is written down."""
    return ALLOWED if day <= context.on.isoformat() else Reason("culture.future", {"day": day})


def enough_to_inspect(form: Form, context: RuleContext) -> Finding | None:
    """As many as the threshold within its days, counted back from the last complaint, and the place is inspected."""
    days = _days(form)
    if not days:
        return None
    span, least = context.settings["culture.noise_days"], context.settings["culture.noise_complaints"]
    count = sum(day > max(days) - timedelta(days=span) for day in days)
    facts = {"count": count, "days": span, "least": least}
    if count >= least:
        return concluded("noise", Verdict.ROUTE, "noise_enough", **facts)
    return concluded("noise", Verdict.ELIGIBLE, "noise_few", **facts)


def _days(form: Form) -> list[date]:
    rows = form.get("complaints")
    found = [day_of(row, "day") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
    return [day for day in found if day is not None]


def all_field_rules() -> tuple[FieldRule, ...]:
    """The day of a complaint."""
    return (field_rule("noise-dates", (COMPLAINTS,), "/complaints/*/day", not_in_the_future),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Whether there are enough."""
    return (finding_rule("noise", (COMPLAINTS,), enough_to_inspect),)
