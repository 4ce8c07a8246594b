"""What cannot be so in the form, or should be looked at again, while a person types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.offers import (
    ALLOWED,
    Choice,
    Derivation,
    Derived,
    FieldRule,
    Form,
    Hint,
    Opinion,
    RuleContext,
)

from wardflow_land.form import kinds, uses
from wardflow_land.law import PROCEDURE, derivation, field_rule, hint, law
from wardflow_land.zoning import zoning


def area_positive(area: Any, form: Form, context: RuleContext) -> Opinion:
    """An area is more than nothing."""
    return ALLOWED if area > 0 else Reason("land.area_positive", {"area": area})


def area_within_certificate(area: Any, form: Form, context: RuleContext) -> Opinion:
    """Nobody may change more than the certificate gives them."""
    whole = form.get("certificate_area_m2")
    if whole is None:
        return None
    if area <= whole:
        return ALLOWED
    over = Decimal(str(area)) - Decimal(str(whole))
    return Reason("land.area_within_certificate", {"area": area, "whole": whole, "over": float(over)})


def area_precision(area: Any, form: Form, context: RuleContext) -> Opinion:
    """An area is written as on a certificate."""
    decimals = context.settings["land.area_decimals"]
    exponent = Decimal(str(area)).normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        return Reason("land.area_precision", {"area": area, "decimals": decimals})
    return ALLOWED


def types_differ(to_type: Any, form: Form, context: RuleContext) -> Opinion:
    """A change leads to another use."""
    if "from_type" not in form:
        return None
    return ALLOWED if to_type != form["from_type"] else Reason("land.types_differ", {"type": to_type})


def certificate_number(number: Any, form: Form, context: RuleContext) -> Opinion:
    """A certificate has letters and then digits."""
    pattern = context.settings["land.certificate_pattern"]
    return ALLOWED if re.fullmatch(pattern, number.strip()) else Reason("land.certificate_number", {"number": number})


def plan_year(year: Any, form: Form, context: RuleContext) -> Opinion:
    """The yearly plan is that of this year or of the next."""
    now = context.filed_on.year
    return ALLOWED if year in (now, now + 1) else Reason("land.plan_year", {"year": str(year), "now": str(now)})


def zoning_of_plot(form: Form, context: RuleContext) -> Derived | None:
    """What the zoning layer says about the plot and the use asked for."""
    needed = [form.get(name) for name in ("commune", "map_sheet", "plot_no", "to_type")]
    if not all(isinstance(value, str) and value for value in needed):
        return None
    found = zoning(needed, context.data, context.settings)
    facts = {"uses": list(found.uses), "plan": found.plan, "type": form["to_type"]}
    return Derived(found.to_json(), Reason(f"land.zoning_{found.result}", facts))


def area_left(form: Form, context: RuleContext) -> Reason | None:
    """How much may change at all, before anybody writes a number."""
    commune = form.get("commune")
    if not commune:
        return None
    quota, whole = remaining_quota(str(commune), context), form.get("certificate_area_m2")
    return Reason("land.area_left", {"quota": quota, **({"whole": whole} if isinstance(whole, int | float) else {})})


def homestead_by_place(form: Form, context: RuleContext) -> Sequence[str] | None:
    """Residential land is urban in a ward and rural in a commune."""
    kind = kinds().get(str(form.get("commune")))
    if kind is None:
        return None
    never = {"ward": "ONT", "rural": "ODT"}[kind]
    return [use for use in uses() if use != never]


def remaining_quota(commune: str, context: RuleContext) -> float:
    """What the commune may still change in its yearly plan, in m²."""
    quotas = context.settings["land.remaining_quota_m2"]
    left: float = quotas.get(commune, quotas["other"])
    return left


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of this package."""
    return (
        field_rule("area-positive", (PROCEDURE,), "/area_m2", area_positive),
        field_rule("area-within-certificate", (PROCEDURE,), "/area_m2", area_within_certificate),
        field_rule("area-precision", (PROCEDURE,), "/area_m2", area_precision),
        field_rule("types-differ", (PROCEDURE,), "/to_type", types_differ),
        field_rule("certificate-number", (PROCEDURE,), "/certificate_no", certificate_number),
        field_rule("plan-year", (PROCEDURE,), "/in_plan_year", plan_year),
    )


def all_hints() -> tuple[Hint, ...]:
    """Everything this package says at a field beforehand."""
    return (hint("area-left", (PROCEDURE,), "/area_m2", area_left, ("/commune", "/certificate_area_m2"), of="quota"),)


def all_choices() -> tuple[Choice, ...]:
    """Everything this package leaves out of a list."""
    known = law("homestead-by-place")
    rule = Choice(
        "land.homestead-by-place", (PROCEDURE,), "/to_type", homestead_by_place, known.basis, known.valid_from, known.valid_to,
        reads=("/commune",),
    )  # fmt: skip
    return (rule,)


def all_derivations() -> tuple[Derivation, ...]:
    """Every field this package computes."""
    reads = ("/commune", "/map_sheet", "/plot_no", "/to_type")
    return (derivation("zoning-of-plot", (PROCEDURE,), "/zoning", zoning_of_plot, reads, of="zoning"),)
