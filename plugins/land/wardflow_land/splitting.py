"""Splitting and merging plots: what cannot be so in the form, and what follows for the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, Choice, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_land.form import kinds
from wardflow_land.law import SPLIT_MERGE, SPLIT_MERGE_REMOTE, field_rule, finding, finding_rule, hint, law

BOTH = (SPLIT_MERGE, SPLIT_MERGE_REMOTE)
CONCLUSIONS: Mapping[str, Verdict] = {
    "split-certificate": Verdict.REFUSE,
    "split-term": Verdict.REFUSE,
    "split-held": Verdict.REFUSE,
    "split-dispute": Verdict.REFUSE,
    "split-undisputed": Verdict.PARTIAL,
    "split-access": Verdict.REFUSE,
    "split-neighbours": Verdict.REFUSE,
    "split-ruling": Verdict.REFUSE,
    "split-minimum": Verdict.REFUSE,
    "split-merge-at-once": Verdict.HOLD,
    "split-eligible": Verdict.ELIGIBLE,
}
"""What each row of data/tables/split.dmn answers with, and what that means for the matter."""


def number_of_plots(plots: Any, form: Form, context: RuleContext) -> Opinion:
    """A split ends in two plots at least, a merge in one."""
    operation, count = form.get("operation"), len(plots)
    if operation == "split" and count < 2:
        return Reason("land.split_needs_two", {"count": count})
    if operation == "merge" and count != 1:
        return Reason("land.merge_needs_one", {"count": count})
    return ALLOWED if operation else None


def sum_of_areas(plots: Any, form: Form, context: RuleContext) -> Opinion:
    """The areas afterwards are those before, within the tolerance of measuring."""
    before = form.get("area_m2")
    merged = form.get("merge_area_m2") if form.get("operation") == "merge" else 0
    if before is None or merged is None:
        return None
    whole = Decimal(str(before)) + Decimal(str(merged))
    given = sum((Decimal(str(plot["area_m2"])) for plot in plots), Decimal(0))
    within = whole * Decimal(str(context.settings["land.area_tolerance_percent"])) / 100
    if abs(given - whole) <= within:
        return ALLOWED
    facts = {"given": float(given), "whole": float(whole), "off": float(abs(given - whole))}
    return Reason("land.areas_differ", facts)


def plot_large_enough(area: Any, form: Form, context: RuleContext) -> Opinion:
    """A plot under the minimum gets no certificate of its own."""
    least = minimum(form, context)
    if least is None or form.get("operation") == "merge" or form.get("merge_with"):
        return None
    return ALLOWED if area >= least["area"] else Reason("land.plot_too_small", {"area": area, "least": least["area"]})


def ruling_day(day: Any, form: Form, context: RuleContext) -> Opinion:
    """A ruling that counts has taken effect."""
    return ALLOWED if date.fromisoformat(day) <= context.on else Reason("land.day_to_come", {"day": day})


def least_area(form: Form, context: RuleContext) -> Reason | None:
    """The smallest plot of the place, before anybody writes a number."""
    least = minimum(form, context)
    return None if least is None else Reason("land.least_plot", dict(least))


def remote_or_not(form: Form, context: RuleContext) -> Sequence[str]:
    """The communes to which the time limit of the procedure applies."""
    remote = context.settings["land.remote_communes"]
    return [commune for commune in kinds() if (commune in remote) == (context.procedure == SPLIT_MERGE_REMOTE)]


def minimum(form: Form, context: RuleContext) -> Mapping[str, float] | None:
    """The least area, width and depth of a plot at that place; None where none is set for that land."""
    place = kinds().get(str(form.get("commune")))
    if place is None or form.get("land_type") not in context.settings["land.minimum_types"]:
        return None
    lies = context.settings["land.place_kinds"]
    kind = "ward" if place == "ward" else lies.get(form["commune"], lies["other"])
    least: Mapping[str, float] = context.settings["land.minimum_plot"][kind]
    return least


def short(form: Form, context: RuleContext) -> bool:
    """Whether a plot afterwards is smaller, narrower or shallower than the least."""
    least = minimum(form, context)
    return least is not None and any(
        plot[side] < least[of] for plot in form["result_plots"] for side, of in (("area_m2", "area"), ("width_m", "width"), ("depth_m", "depth"))
    )


def facts_of(form: Form, context: RuleContext) -> dict[str, Any]:
    """What the decision table looks at."""
    until, ruling = form.get("use_until"), form.get("ruling_effective_on")
    merging = form["operation"] == "merge"
    return {
        "certificate": bool(form["certificate_held"]),
        "expired": form["use_term"] == "until" and until is not None and date.fromisoformat(until) < context.on,
        "held": bool(form.get("seized") or form.get("injunction")),
        "dispute": form["dispute_status"],
        "cut_off": any(not plot.get("has_access") and not plot.get("neighbour_consent") for plot in form["result_plots"]),
        "mergeable": not merging or bool(form.get("merge_adjoining") and form.get("merge_same_owner")),
        "short": short(form, context),
        "merge_with": bool(form.get("merge_with")) and not merging,
        "ruling": "none" if not ruling else "before" if ruling < context.settings["land.ruling_before"] else "after",
    }


def conclude(name: str, form: Form, context: RuleContext) -> Finding | None:
    """The finding of one row of the table, if it is the one that fits."""
    needed = ("certificate_held", "use_term", "dispute_status", "operation", "result_plots")
    if any(field not in form for field in needed):
        return None
    if context.decide("land.split", facts_of(form, context)) != name:
        return None
    least = minimum(form, context) or {}
    told = {"until": form.get("use_until"), "disputed": form.get("disputed_area_m2"), "with": form.get("merge_with")}
    facts = {**told, "ruling": form.get("ruling_effective_on"), "cutoff": context.settings["land.ruling_before"], **least}
    return finding(name, CONCLUSIONS[name], name.replace("-", "_"), **{key: value for key, value in facts.items() if value is not None})


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the form."""
    return (
        field_rule("split-number", BOTH, "/result_plots", number_of_plots),
        field_rule("split-sum", BOTH, "/result_plots", sum_of_areas),
        field_rule("split-small-plot", BOTH, "/result_plots/*/area_m2", plot_large_enough),
        field_rule("split-ruling-day", BOTH, "/ruling_effective_on", ruling_day),
    )


def all_hints() -> tuple[Hint, ...]:
    """Everything said beforehand."""
    return (hint("split-least", BOTH, "/result_plots", least_area, ("/commune", "/land_type"), of="split-minimum"),)


def all_choices() -> tuple[Choice, ...]:
    """Everything left out of a list."""
    known = law("split-remote")
    return (Choice("land.split-remote", BOTH, "/commune", remote_or_not, known.basis, known.valid_from, known.valid_to),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """One rule for each row of the table, so that each has its basis and its sentence."""
    return tuple(finding_rule(name, BOTH, partial(conclude, name)) for name in CONCLUSIONS)
