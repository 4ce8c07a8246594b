"""The first certificate of a plot: since when it is used, what the plan says, whether it was posted and is undisputed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, Derivation, Derived, FieldRule, FindingRule, Form, Opinion, RuleContext

from wardflow_land.disputes import day_not_to_come
from wardflow_land.law import FIRST_CERTIFICATE, derivation, field_rule, finding, finding_rule
from wardflow_land.zoning import ZoningResult, zoning

ONLY = (FIRST_CERTIFICATE,)
ASKED = ("commune", "map_sheet", "plot_no", "land_type")


def posted_after(day: Any, form: Form, context: RuleContext) -> Opinion:
    """The posting ends after it begins."""
    begun = form.get("posted_from")
    if not begun:
        return None
    return ALLOWED if day >= begun else Reason("land.posted_backwards", {"from": begun, "to": day})


def band(form: Form, context: RuleContext) -> Mapping[str, Any] | None:
    """What the table of periods says about the day the use began."""
    since = form.get("used_since")
    found: Mapping[str, Any] | None = context.decide("land.use-band", {"used_since": date.fromisoformat(since)}) if since else None
    return found


def use_band(form: Form, context: RuleContext) -> Derived | None:
    """The period in which the use began, which chooses what is to be paid."""
    found = band(form, context)
    return Derived(found["band"], Reason(f"land.band_{found['band']}")) if found else None


def zoning_of_land(form: Form, context: RuleContext) -> Derived | None:
    """What the zoning layer says about the plot and the land type applied for."""
    needed = [form.get(name) for name in ASKED]
    if not all(isinstance(value, str) and value for value in needed):
        return None
    found = zoning(needed, context.data, context.settings)
    facts = {"uses": list(found.uses), "plan": found.plan, "type": form["land_type"]}
    return Derived(found.to_json(), Reason(f"land.zoning_{found.result}", facts))


def planned(form: Form, context: RuleContext) -> Finding | None:
    """Against the plan: refused, or only on conditions where the use began early; without data the department is asked."""
    needed = [form.get(name) for name in ASKED]
    if not all(needed):
        return None
    found = zoning(needed, context.data, context.settings)
    facts = {"plot": form["plot_no"], "sheet": form["map_sheet"], "type": form["land_type"], "uses": list(found.uses), "plan": found.plan}
    if found.result is ZoningResult.FIT:
        return finding("first-planning", Verdict.ELIGIBLE, "zoning_fit", **facts)
    if found.result is ZoningResult.NO_DATA:
        asked = {"unit": context.settings["land.planning_department"], "limit": context.settings["land.opinion_limit"]}
        return finding("first-planning", Verdict.ROUTE, "zoning_no_data", **facts, **asked)
    since = band(form, context)
    if since and since["conditional"] and form.get("stable_use"):
        return finding("first-planning", Verdict.PARTIAL, "first_conditional", since=form["used_since"], **facts)
    return finding("first-planning", Verdict.REFUSE, "first_against_plan", **facts)


def posted(form: Form, context: RuleContext) -> Finding | None:
    """What the commune found hangs out long enough before anybody decides."""
    least = context.settings["land.posting_days"]
    begun, ended = form.get("posted_from"), form.get("posted_to")
    if not begun or not ended:
        return finding("first-posting", Verdict.HOLD, "first_not_posted", least=least)
    days = (min(date.fromisoformat(ended), context.on) - date.fromisoformat(begun)).days
    if days < least:
        return finding("first-posting", Verdict.HOLD, "first_posted_short", days=max(days, 0), least=least)
    return finding("first-posting", Verdict.ELIGIBLE, "first_posted", days=days)


def undisputed(form: Form, context: RuleContext) -> Finding | None:
    """A dispute stops the matter until it is conciliated or settled."""
    return finding("first-dispute", Verdict.HOLD, "first_disputed") if form.get("dispute_status") == "yes" else None


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the form."""
    return (
        field_rule("first-used-since", ONLY, "/used_since", day_not_to_come),
        field_rule("first-posted-to", ONLY, "/posted_to", posted_after),
    )


def all_derivations() -> tuple[Derivation, ...]:
    """Every field this package computes."""
    reads = tuple(f"/{name}" for name in ASKED)
    return (
        derivation("first-zoning", ONLY, "/zoning", zoning_of_land, reads, of="first-planning"),
        derivation("first-band", ONLY, "/use_band", use_band, ("/used_since",), of="use-band"),
    )


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter."""
    return (
        finding_rule("first-planning", ONLY, planned),
        finding_rule("first-posting", ONLY, posted),
        finding_rule("first-dispute", ONLY, undisputed),
    )
