"""How long before an event it was notified: counted once, on the day of filing, and kept with the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import Derivation, Derived, Form, RuleContext

from wardflow_culture.law import FESTIVALS, PERFORMANCES, concluded, derivation


@dataclass(frozen=True, slots=True)
class Notice:
    """The day of filing, the days from it to the event, the least the law asks, and the first day that would do."""

    filed_on: date
    days: int
    least: int
    earliest: date


def festival_notice(form: Form, context: RuleContext) -> Notice | None:
    """In calendar days; the least depends on the procedure the festival was filed under."""
    begins = day_of(form, "start_date")
    if begins is None:
        return None
    filed = filed_on(form, context)
    least = context.settings["culture.festival_lead_days"][context.procedure]
    return Notice(filed, (begins - filed).days, least, filed + timedelta(days=least))


def performance_notice(form: Form, context: RuleContext) -> Notice | None:
    """In working days of the unit that decides."""
    held = day_of(form, "date")
    if held is None:
        return None
    filed, least = filed_on(form, context), context.settings["culture.performance_lead_days"]
    calendar = context.calendar
    return Notice(filed, max(calendar.working_days_between(filed, held), 0), least, calendar.nth_working_day(filed, least))


def notice_of(form: Form, context: RuleContext) -> Notice | None:
    """That of whichever kind of event the procedure is about."""
    return (festival_notice if context.procedure in FESTIVALS else performance_notice)(form, context)


def in_time(rule: str, notice: Notice | None) -> Finding | None:
    """Too late means another day or a refusal; nothing while the day of the event is not given."""
    if notice is None:
        return None
    facts = {"days": notice.days, "least": notice.least, "earliest": notice.earliest}
    kept = notice.days >= notice.least
    code = f"{rule.replace('-', '_')}_{'kept' if kept else 'short'}"
    return concluded(rule, Verdict.ELIGIBLE if kept else Verdict.REFUSE, code, **facts)


def filed_on(form: Form, context: RuleContext) -> date:
    """The day kept with the form, else the day of filing, which is today while it is being filled in."""
    kept = form.get("lead")
    return (day_of(kept, "filed_on") if isinstance(kept, dict) else None) or context.filed_on


def day_of(form: Form, name: str) -> date | None:
    """The date in a field, or None where there is none."""
    value = form.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _kept(form: Form, context: RuleContext) -> Derived | None:
    """Today's count, whatever was typed there."""
    found = notice_of({name: value for name, value in form.items() if name != "lead"}, context)
    if found is None:
        return None
    value = {"filed_on": found.filed_on.isoformat(), "days": found.days, "earliest": found.earliest.isoformat()}
    return Derived(value, Reason("culture.lead_counted", {"filed": found.filed_on, "days": found.days}))


def all_derivations() -> tuple[Derivation, ...]:
    """Days of notice of festivals and of performances."""
    return (
        derivation("festival-lead-days", FESTIVALS, "/lead", _kept, ("/start_date",), of="festival-lead"),
        derivation("performance-lead-days", PERFORMANCES, "/lead", _kept, ("/date",), of="performance-lead"),
    )
