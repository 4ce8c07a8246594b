"""The inspection team: whether it is valid, who must be replaced, and what an inspection may conclude."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Opinion, RuleContext

from wardflow_health.days import day
from wardflow_health.law import FOOD, GPP, field_rule, finding, finding_rule

INSPECTED = (GPP, FOOD)
STEP = "set_up_team"
PROFESSIONAL = (
    "university_pharmacy", "college_pharmacy", "intermediate_pharmacy", "university_medicine", "intermediate_medicine",
    "university_traditional",
)  # fmt: skip
"""Degrees in pharmacy or medicine, intermediate or higher."""
KIN = ("family", "money")
"""Ties that never end; work and advice count for some years."""


def team_of(context: RuleContext) -> Mapping[str, Any]:
    """The team as somebody set it up, or nothing yet."""
    found: Mapping[str, Any] = context.case.get(STEP) or {}
    return found


def people(team: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Head, secretary and members, those who are named."""
    named = (team.get("head"), team.get("secretary"), *(team.get("members") or ()))
    return (each for each in named if each and each.get("name"))


def conflicted(person: Mapping[str, Any], years: float) -> bool:
    """Whether somebody has to do with the outlet, now or not long enough ago."""
    tie = person.get("tie") or "none"
    if tie in KIN:
        return True
    return tie != "none" and person.get("tie_years_ago", 0) < years


def team_head(form: Form, context: RuleContext) -> Finding | None:
    """Without a qualified pharmacist at the head, the whole inspection goes to the department."""
    head = team_of(context).get("head") or {}
    if not head.get("name"):
        return None
    years, least = head.get("mgmt_years", 0), context.settings["health.head_years"]
    known = {"name": head["name"], "least": least}
    if context.decide("health.team_head", {"degree": head.get("degree", ""), "years": years, "least": least}):
        return finding("team-head", Verdict.ELIGIBLE, "head_fits", **known)
    return finding("team-head", Verdict.ROUTE, "head_unfit", **known, unit=context.settings["health.department"])


def team_size(form: Form, context: RuleContext) -> Finding | None:
    """A GPP team is small."""
    size, most = len(list(people(team_of(context)))), context.settings["health.team_most"]
    return finding("team-size", Verdict.HOLD, "team_size", size=size, most=most, over=size - most) if size > most else None


def team_members(form: Form, context: RuleContext) -> Finding | None:
    """Everybody but the head has a degree in pharmacy or medicine and was trained for GPP."""
    team = team_of(context)
    others = people({**team, "head": None})
    unfit = [one["name"] for one in others if one.get("degree") not in PROFESSIONAL or not one.get("gpp_training")]
    return finding("team-members", Verdict.HOLD, "team_members", names=unfit) if unfit else None


def team_conflict(form: Form, context: RuleContext) -> Finding | None:
    """Who has to do with the outlet does not inspect it."""
    years = context.settings["health.conflict_years"]
    tied = [one["name"] for one in people(team_of(context)) if conflicted(one, years)]
    return finding("team-conflict", Verdict.HOLD, "team_conflict", names=tied, years=years) if tied else None


def team_food(form: Form, context: RuleContext) -> Finding | None:
    """A food team has three to five people, two of them from food safety."""
    team, needed = list(people(team_of(context))), context.settings["health.food_team"]
    if not team:
        return None
    size, qualified = len(team), sum(bool(one.get("food_safety")) for one in team)
    if needed["least"] <= size <= needed["most"] and qualified >= needed["qualified"]:
        return finding("team-food", Verdict.ELIGIBLE, "food_team_fits", size=size, qualified=qualified)
    facts = {"size": size, "qualified": qualified, **{f"need_{name}": value for name, value in needed.items()}}
    return finding("team-food", Verdict.HOLD, "food_team", **facts)


def inspection_result(form: Form, context: RuleContext) -> Finding | None:
    """What the last visit came to."""
    last = context.case.get("recheck") or context.case.get("inspect") or {}
    match last.get("result"):
        case "pass":
            return finding("inspection-result", Verdict.ELIGIBLE, "inspection_passed")
        case "fail":
            return finding("inspection-result", Verdict.REFUSE, "inspection_failed")
        case "fixable":
            return finding("inspection-result", Verdict.HOLD, "inspection_fixable")
    return None


def severity(result: Any, form: Form, context: RuleContext) -> Opinion:
    """Critical findings cannot pass, and what is to be corrected has not passed yet."""
    found = [row.get("severity") for row in form.get("findings") or ()]
    if "critical" in found and result != "fail":
        return Reason("health.critical_fails", {"count": found.count("critical")})
    if found and result == "pass":
        return Reason("health.not_passed_yet", {"count": len(found)})
    return Reason("health.fix_what", {}) if result == "fixable" and not found else ALLOWED


def fix_limit(value: Any, form: Form, context: RuleContext) -> Opinion:
    """What is found is corrected within some days of the visit."""
    until, visited, most = day(value), day(form.get("visited_on")), context.settings["health.fix_days"]
    if until is None or visited is None:
        return None
    last = visited + timedelta(days=most)
    return ALLOWED if visited <= until <= last else Reason("health.fix_limit", {"day": until, "last": last, "days": most})


def all_field_rules() -> tuple[FieldRule, ...]:
    """Rules on the minutes of an inspection."""
    return (
        field_rule("inspection-severity", INSPECTED, "/result", severity, "forms/inspect.json"),
        field_rule("fix-limit", INSPECTED, "/findings/*/fix_by", fix_limit, "forms/inspect.json"),
    )


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Whether the team is valid, and what it found."""
    return (
        finding_rule("team-head", (GPP,), team_head),
        finding_rule("team-size", (GPP,), team_size),
        finding_rule("team-members", (GPP,), team_members),
        finding_rule("team-conflict", (GPP, FOOD), team_conflict),
        finding_rule("team-food", (FOOD,), team_food),
        finding_rule("inspection-result", INSPECTED, inspection_result),
    )
