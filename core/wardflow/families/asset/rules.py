"""What is said at the forms before the ledger would refuse it: parts larger than the whole, and more than was appraised."""

from __future__ import annotations

from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.families.asset.stock import DM2, dm2, remaining, whole
from wardflow.offers import ALLOWED, FieldRule, Form, Opinion, RuleContext

PROCEDURES = ("surplus-premises",)
BASIS = "Nghị định 186/2025/NĐ-CP"
NEED, HANDOVER = "forms/need_check.json", "forms/hand_over.json"


def _within(area: Any, most: int, code: str) -> Opinion:
    return ALLOWED if dm2(area) <= most else Reason(code, {"area": dm2(area) / DM2, "most": most / DM2})


def shared_floor(area: Any, form: Form, context: RuleContext) -> Opinion:
    """The floor that stays in use is no larger than the floor there is."""
    return _within(area, whole(context.case)["floor"], "asset.part_too_large")


def shared_land(area: Any, form: Form, context: RuleContext) -> Opinion:
    """The land that stays in use is no larger than the land there is."""
    return _within(area, whole(context.case)["land"], "asset.part_too_large")


def handed_floor(area: Any, form: Form, context: RuleContext) -> Opinion:
    """No more floor is handed over than was found surplus and is not handed over yet."""
    return _within(area, remaining(context.case)["floor"], "asset.beyond_appraisal")


def handed_land(area: Any, form: Form, context: RuleContext) -> Opinion:
    """No more land is handed over than was found surplus and is not handed over yet."""
    return _within(area, remaining(context.case)["land"], "asset.beyond_appraisal")


FIELD_RULES = (
    FieldRule("asset.shared-floor", PROCEDURES, "/shared_area_m2", shared_floor, basis=BASIS, form=NEED),
    FieldRule("asset.shared-land", PROCEDURES, "/shared_land_m2", shared_land, basis=BASIS, form=NEED),
    FieldRule("asset.handed-floor", PROCEDURES, "/floor_area_m2", handed_floor, basis=BASIS, form=HANDOVER),
    FieldRule("asset.handed-land", PROCEDURES, "/land_area_m2", handed_land, basis=BASIS, form=HANDOVER),
)
