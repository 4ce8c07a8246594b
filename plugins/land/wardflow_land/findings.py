"""What the rules say about the matter: it feeds the decision and the refusal letter, and never stops a filing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import FindingRule, Form, RuleContext

from wardflow_land.field_rules import remaining_quota
from wardflow_land.law import PROCEDURE, law
from wardflow_land.zoning import ZoningResult, zoning


def _finding(name: str, verdict: Verdict, code: str, **facts: Any) -> Finding:
    return Finding(verdict, Reason(f"land.{code}", facts), f"land.{name}", law(name).basis)


def by_zoning(form: Form, context: RuleContext) -> Finding | None:
    """The plan agrees, refuses, or is silent; then the planning department is asked."""
    needed = [form.get(name) for name in ("commune", "map_sheet", "plot_no", "to_type")]
    if not all(needed):
        return None
    found = zoning(needed, context.data, context.settings)
    plot = {"plot": form["plot_no"], "sheet": form["map_sheet"], "type": form["to_type"]}
    known = {**plot, "uses": list(found.uses), "plan": found.plan}
    match found.result:
        case ZoningResult.FIT:
            return _finding("zoning", Verdict.ELIGIBLE, "zoning_fit", **known)
        case ZoningResult.NOT_FIT:
            return _finding("zoning", Verdict.REFUSE, "zoning_not_fit", **known)
        case ZoningResult.NO_DATA:
            asked = {
                "unit": context.settings["land.planning_department"],
                "limit": context.settings["land.opinion_limit"],
            }
            return _finding("zoning", Verdict.ROUTE, "zoning_no_data", **plot, **asked)


def council_approval(form: Form, context: RuleContext) -> Finding | None:
    """Rice and forest land wait for approval at Council level."""
    known = form.get("from_type")
    if not known or form.get("council_resolution") or not context.decide("land.council", {"from_type": known}):
        return None
    return _finding("council", Verdict.HOLD, "council_approval", type=known)


def over_quota(form: Form, context: RuleContext) -> Finding | None:
    """More than the commune may still change goes to the city."""
    quota, area = remaining_quota(str(form.get("commune")), context), form.get("area_m2")
    if area is None or area <= quota:
        return None
    return _finding("quota", Verdict.ROUTE, "over_quota", area=area, quota=quota, unit="city")


def part_of_plot(form: Form, context: RuleContext) -> Finding | None:
    """A part of a mixed plot may change without splitting the plot first."""
    area, whole = form.get("area_m2"), form.get("certificate_area_m2")
    if area is None or whole is None or area >= whole:
        return None
    return _finding("part-of-plot", Verdict.ELIGIBLE, "part_of_plot", area=area, whole=whole)


def unpaid(form: Form, context: RuleContext) -> Finding | None:
    """While a fee that is due is not paid, the matter waits; the process keeps both under these names."""
    due = (context.case.get("fees") or {}).get("total")
    return _finding("unpaid", Verdict.HOLD, "unpaid") if due and not context.case.get("payment") else None


def _rule(name: str, conclude: Callable[[Form, RuleContext], Finding | None]) -> FindingRule:
    known = law(name)
    return FindingRule(f"land.{name}", (PROCEDURE,), conclude, known.valid_from, known.valid_to, basis=known.basis)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of this package."""
    return (
        _rule("zoning", by_zoning),
        _rule("council", council_approval),
        _rule("quota", over_quota),
        _rule("part-of-plot", part_of_plot),
        _rule("unpaid", unpaid),
    )
