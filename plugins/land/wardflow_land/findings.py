"""What the rules say about the matter: it feeds the decision and the refusal letter, and never stops a filing."""

from __future__ import annotations

from wardflow.domain.findings import Finding, Verdict
from wardflow.offers import FindingRule, Form, RuleContext

from wardflow_land.field_rules import remaining_quota
from wardflow_land.law import PROCEDURE, finding, finding_rule
from wardflow_land.zoning import ZoningResult, zoning


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
            return finding("zoning", Verdict.ELIGIBLE, "zoning_fit", **known)
        case ZoningResult.NOT_FIT:
            return finding("zoning", Verdict.REFUSE, "zoning_not_fit", **known)
        case ZoningResult.NO_DATA:
            asked = {
                "unit": context.settings["land.planning_department"],
                "limit": context.settings["land.opinion_limit"],
            }
            return finding("zoning", Verdict.ROUTE, "zoning_no_data", **plot, **asked)


def council_approval(form: Form, context: RuleContext) -> Finding | None:
    """Rice and forest land wait for approval at Council level."""
    known = form.get("from_type")
    if not known or form.get("council_resolution") or not context.decide("land.council", {"from_type": known}):
        return None
    return finding("council", Verdict.HOLD, "council_approval", type=known)


def over_quota(form: Form, context: RuleContext) -> Finding | None:
    """More than the commune may still change goes to the city."""
    quota, area = remaining_quota(str(form.get("commune")), context), form.get("area_m2")
    if area is None or area <= quota:
        return None
    return finding("quota", Verdict.ROUTE, "over_quota", area=area, quota=quota, unit="city")


def part_of_plot(form: Form, context: RuleContext) -> Finding | None:
    """A part of a mixed plot may change without splitting the plot first."""
    area, whole = form.get("area_m2"), form.get("certificate_area_m2")
    if area is None or whole is None or area >= whole:
        return None
    return finding("part-of-plot", Verdict.ELIGIBLE, "part_of_plot", area=area, whole=whole)


def unpaid(form: Form, context: RuleContext) -> Finding | None:
    """While a fee that is due is not paid, the matter waits; the process keeps both under these names."""
    due = (context.case.get("fees") or {}).get("total")
    return finding("unpaid", Verdict.HOLD, "unpaid") if due and not context.case.get("payment") else None


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of this package."""
    return (
        finding_rule("zoning", (PROCEDURE,), by_zoning),
        finding_rule("council", (PROCEDURE,), council_approval),
        finding_rule("quota", (PROCEDURE,), over_quota),
        finding_rule("part-of-plot", (PROCEDURE,), part_of_plot),
        finding_rule("unpaid", (PROCEDURE,), unpaid),
    )
