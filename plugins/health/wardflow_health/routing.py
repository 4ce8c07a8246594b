"""Who may inspect: proofs of whoever leads it, who keeps out, and who does it where a commune has nobody qualified."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.domain.routing import NextHolder, Question
from wardflow.offers import CapabilityKind, Form, RoutingOpinion, RoutingRule, RuleContext

from wardflow_health.law import FOOD, GPP, law
from wardflow_health.team import conflicted, people, team_of

STEPS = ("set_up_team", "inspect", "recheck")
PHARMACIST = "degree_pharmacist"
MANAGEMENT = "pharmacy_management"


def inspection_team(question: Question, step: str, form: Form, context: RuleContext) -> RoutingOpinion | None:
    """A qualified pharmacist leads; where the commune has none, its regional team, else the department."""
    if step not in STEPS:
        return None
    regional = context.settings["health.regional_team"].get(str(form.get("commune")))
    next_ones = [unit for unit in (regional, context.settings["health.department"]) if unit]
    return RoutingOpinion(
        Reason("health.pharmacist_leads"), (PHARMACIST, MANAGEMENT), next_holders=tuple(NextHolder(u) for u in next_ones)
    )


def independent_inspector(question: Question, step: str, form: Form, context: RuleContext) -> RoutingOpinion | None:
    """Who declared to have to do with the outlet keeps out of the visit."""
    if step not in ("inspect", "recheck"):
        return None
    years = context.settings["health.conflict_years"]
    tied = [str(one["account"]) for one in people(team_of(context)) if one.get("account") and conflicted(one, years)]
    if not tied:
        return None
    why = Reason("health.keeps_out")
    return RoutingOpinion(why, recused=dict.fromkeys(tied, why))


def all_routing_rules() -> tuple[RoutingRule, ...]:
    """Every opinion of this package on who should do a task."""
    proofs, ties = law("team-proofs"), law("team-conflict")
    return (
        RoutingRule("health.team-proofs", (GPP,), inspection_team, proofs.basis, proofs.valid_from, proofs.valid_to),
        RoutingRule("health.independent-inspector", (GPP, FOOD), independent_inspector, ties.basis, ties.valid_from, ties.valid_to),
    )


def all_capabilities() -> tuple[CapabilityKind, ...]:
    """The proofs that the head of a GPP team must have."""
    basis = law("team-head").basis
    return (
        CapabilityKind(PHARMACIST, "bằng dược sĩ đại học", "a university degree in pharmacy", basis),
        CapabilityKind(MANAGEMENT, "đủ số năm làm quản lý dược", "the years needed in pharmacy management", basis),
    )
