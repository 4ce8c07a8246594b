"""Who does it when the commune itself cannot: the city's department of the field."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.domain.routing import NextHolder, Question
from wardflow.offers import Form, RoutingOpinion, RoutingRule, RuleContext

from wardflow_land.field_rules import remaining_quota
from wardflow_land.law import PROCEDURE, law


def over_quota(question: Question, step: str, form: Form, context: RuleContext) -> RoutingOpinion | None:
    """Where more is asked for than the commune may still change, the department stands in when nobody there can."""
    area, commune = form.get("area_m2"), form.get("commune")
    if area is None or not commune or area <= remaining_quota(str(commune), context):
        return None
    department = context.settings["land.department"]
    return RoutingOpinion(Reason("land.department_helps"), next_holders=(NextHolder(department),))


def all_routing_rules() -> tuple[RoutingRule, ...]:
    """Every opinion of this package on who should do a task."""
    known = law("quota")
    return (RoutingRule("land.over-quota", (PROCEDURE,), over_quota, known.basis, known.valid_from, known.valid_to),)
