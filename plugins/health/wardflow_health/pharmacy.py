"""Drug outlets (B1): what cannot be so in their forms, and what the rules say about the matter."""

from __future__ import annotations

import re
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_health.days import day
from wardflow_health.law import CORRECTION, GPP, REISSUE, field_rule, finding, finding_rule, hint

CERTIFICATE = re.compile(r"\d{1,6}/[\w-]*CCHN[\w-]*", re.IGNORECASE)
"""As practice certificates are numbered: 123/CCHN-D-SYT-HNO."""
FILES = ("site", "storage", "equipment", "staff")


def practice_certificate(number: Any, form: Form, context: RuleContext) -> Opinion:
    """A practice certificate has its number, a stroke and CCHN."""
    return ALLOWED if CERTIFICATE.match(number.strip()) else Reason("health.practice_certificate", {"number": number})


def technical_files(files: Any, form: Form, context: RuleContext) -> Opinion:
    """The technical files speak of site, storage, equipment and staff."""
    missing = [each for each in FILES if each not in {row.get("about") for row in files}]
    return Reason("health.technical_files", {"missing": missing}) if missing else ALLOWED


def issued_on_past(value: Any, form: Form, context: RuleContext) -> Opinion:
    """What was issued was issued before today."""
    on = day(value)
    if on is None:
        return None
    return ALLOWED if on <= context.on else Reason("health.issued_on_past", {"day": on, "today": context.on})


def correction_differs(right: Any, form: Form, context: RuleContext) -> Opinion:
    """What is right is not what is wrong."""
    if "wrong" not in form:
        return None
    same = str(form["wrong"]).strip() == right.strip()
    return Reason("health.correction_differs", {"text": right}) if same else ALLOWED


def person_needs(form: Form, context: RuleContext) -> Reason | None:
    """How long somebody must have practised for this kind of outlet."""
    months = context.settings["health.practice_months"].get(form.get("outlet_type"))
    return Reason("health.person_needs", {"months": months, "outlet": form["outlet_type"]}) if months is not None else None


def gpp_person(form: Form, context: RuleContext) -> Finding | None:
    """The person responsible has a degree that counts for the outlet, and has practised long enough."""
    person, outlet = form.get("responsible_person") or {}, form.get("outlet_type")
    degree, months = person.get("degree"), person.get("practice_months")
    if not outlet or not degree or months is None:
        return None
    if not context.decide("health.gpp_person", {"outlet_type": outlet, "degree": degree}):
        return finding("gpp-person", Verdict.REFUSE, "person_degree", outlet=outlet, degree=degree)
    needed = context.settings["health.practice_months"][outlet]
    facts = {"outlet": outlet, "months": months, "needed": needed}
    if months < needed:
        return finding("gpp-person", Verdict.REFUSE, "person_months", **facts, short=needed - months)
    return finding("gpp-person", Verdict.ELIGIBLE, "person_fit", **facts)


def premises_area(form: Form, context: RuleContext) -> Finding | None:
    """A drug outlet has a least area."""
    area, least = form.get("premises_area_m2"), context.settings["health.premises_area_m2"]
    if area is None or area >= least:
        return None
    return finding("premises-area", Verdict.REFUSE, "premises_area", area=area, least=least)


def gpp_score(form: Form, context: RuleContext) -> Finding | None:
    """Below the score somebody looks before a team sets out."""
    score, needed = form.get("gpp_checklist_score"), context.settings["health.gpp_score"]
    if score is None or score >= needed:
        return None
    return finding("gpp-score", Verdict.HOLD, "gpp_score", score=score, needed=needed)


def controlled_drugs(form: Form, context: RuleContext) -> Finding | None:
    """Specially controlled drugs are for the department."""
    if not form.get("controlled_drugs"):
        return None
    return finding("controlled-drugs", Verdict.ROUTE, "controlled_drugs", unit=context.settings["health.department"])


def place_moved(form: Form, context: RuleContext) -> Finding | None:
    """Another place of business, or another scope, needs a new assessment instead of an adjustment."""
    change = form.get("change")
    if form.get("request") != "adjust" or not change:
        return None
    if change in ("place", "scope"):
        return finding("place-moved", Verdict.REFUSE, "needs_new_assessment", change=change)
    return finding("place-moved", Verdict.ELIGIBLE, "adjustable", change=change)


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of an outlet's forms."""
    return (
        field_rule("practice-certificate", (GPP,), "/responsible_person/certificate_no", practice_certificate),
        field_rule("technical-files", (GPP,), "/technical_files", technical_files),
        field_rule("issued-on-past", (REISSUE, CORRECTION), "/issued_on", issued_on_past),
        field_rule("correction-differs", (CORRECTION,), "/right", correction_differs),
    )


def all_hints() -> tuple[Hint, ...]:
    """What is said beforehand."""
    return (hint("person-needs", (GPP,), "/responsible_person/practice_months", person_needs, ("/outlet_type",)),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of an outlet."""
    return (
        finding_rule("gpp-person", (GPP,), gpp_person),
        finding_rule("premises-area", (GPP,), premises_area),
        finding_rule("gpp-score", (GPP,), gpp_score),
        finding_rule("controlled-drugs", (GPP,), controlled_drugs),
        finding_rule("place-moved", (REISSUE,), place_moved),
    )
