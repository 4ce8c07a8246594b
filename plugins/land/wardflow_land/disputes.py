"""Land disputes: conciliation in the commune, and nothing is settled before it failed."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_land.law import CONCILIATION, DISPUTE, DISPUTE_CITY, field_rule, finding, finding_rule, hint
from wardflow_land.linked import Proof, conciliation_of

BOTH = (DISPUTE, DISPUTE_CITY)
CHECK, DRAFT, MEETING = "forms/check.json", "forms/draft.json", "forms/meeting.json"


def day_not_to_come(day: Any, form: Form, context: RuleContext) -> Opinion:
    """What has happened did so today or before."""
    return ALLOWED if date.fromisoformat(day) <= context.on else Reason("land.day_to_come", {"day": day})


def compulsory(form: Form, context: RuleContext) -> Finding | None:
    """Who contracts or inherits may go to court at once; every other dispute is conciliated first."""
    subject = form.get("subject")
    if not subject:
        return None
    if subject in context.settings["land.conciliation_not_compulsory"]:
        return finding("conciliation-compulsory", Verdict.ROUTE, "conciliation_not_compulsory", subject=subject)
    return finding("conciliation-compulsory", Verdict.ELIGIBLE, "conciliation_compulsory", subject=subject)


def everybody_was_there(result: Any, form: Form, context: RuleContext) -> Opinion:
    """An agreement needs everybody, and an absence somebody who was absent."""
    absent = [row.get("name", "") for row in form.get("absent") or ()]
    if result == "success" and absent:
        return Reason("land.agreed_in_absence", {"absent": absent})
    if result == "party_absent" and not absent:
        return Reason("land.nobody_absent")
    return ALLOWED


def failed_first(result: Any, form: Form, context: RuleContext) -> Opinion:
    """While typing: the minutes of a conciliation that failed are what opens the way."""
    return ALLOWED if result == "failure" else Reason("land.minutes_not_failed", {"result": result})


def gate(result: Any, form: Form, context: RuleContext) -> Opinion:
    """Nothing is accepted, nor a supplement asked for, without the minutes of a conciliation that failed."""
    if result == "not_acceptable":
        return None
    known = conciliation_of(context.case.get("form") or {}, context)
    match known.proof:
        case Proof.FAILED:
            return ALLOWED
        case Proof.UNKNOWN:
            return Reason("land.no_such_conciliation", {"number": known.number})
        case Proof.UNFINISHED:
            return Reason("land.conciliation_unfinished", {"number": known.number})
        case Proof.NOT_FAILED:
            code = "land.not_before_conciliation" if known.paper else "land.conciliation_agreed"
            return Reason(code, {"result": known.result, "number": known.number})


def conciliated(form: Form, context: RuleContext) -> Finding | None:
    """The gate once more, for the decision: the case that is named says more than what the request says of it."""
    if "conciliation_result" not in form:
        return None
    known = conciliation_of(form, context)
    match known.proof:
        case Proof.FAILED if known.paper:
            return finding("dispute-conciliation", Verdict.ELIGIBLE, "conciliation_failed", number=known.number)
        case Proof.FAILED:
            facts = {"number": known.number, "day": known.on, "plot": known.plot}
            return finding("dispute-conciliation", Verdict.ELIGIBLE, "conciliation_case_failed", **facts)
        case Proof.UNKNOWN:
            return finding("dispute-conciliation", Verdict.HOLD, "no_such_conciliation", number=known.number)
        case Proof.UNFINISHED:
            return finding("dispute-conciliation", Verdict.HOLD, "conciliation_unfinished", number=known.number)
        case Proof.NOT_FAILED if known.paper:
            return finding("dispute-conciliation", Verdict.REFUSE, "minutes_not_failed", result=known.result)
        case Proof.NOT_FAILED:
            return finding("dispute-conciliation", Verdict.REFUSE, "conciliation_agreed", number=known.number)


def who_decides(form: Form, context: RuleContext) -> Finding | None:
    """The commune between households, individuals and communities; the city where anybody else is a party."""
    parties = form.get("parties")
    if not parties:
        return None
    of_city = [party["type"] for party in parties if party["type"] not in context.settings["land.commune_parties"]]
    at_city = context.procedure == DISPUTE_CITY
    if bool(of_city) == at_city:
        return finding("dispute-authority", Verdict.ELIGIBLE, "dispute_decides_city" if at_city else "dispute_decides_commune")
    if at_city:
        return finding("dispute-authority", Verdict.ROUTE, "dispute_to_commune", unit=form.get("commune", ""))
    return finding("dispute-authority", Verdict.ROUTE, "dispute_to_city", unit="city", types=sorted(set(of_city)))


def court(form: Form, context: RuleContext) -> Finding | None:
    """Where a party holds a certificate, a court decides."""
    holders = [party["name"] for party in form.get("parties") or () if party.get("holds_certificate")]
    return finding("dispute-court", Verdict.REFUSE, "dispute_to_court", holders=holders) if holders else None


def path(form: Form, context: RuleContext) -> Finding | None:
    """Whoever chose the court is told so."""
    return finding("dispute-path", Verdict.REFUSE, "dispute_court_chosen") if form.get("chosen_path") == "court" else None


def in_force(form: Form, context: RuleContext) -> Reason | None:
    """A decision to be drafted says when it takes effect."""
    if form.get("proposal") == "refuse":
        return None
    return Reason("land.decision_in_force", {"days": context.settings["land.decision_in_force_days"]})


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the forms, those of later steps among them."""
    return (
        field_rule("conciliation-request-day", (CONCILIATION,), "/request_date", day_not_to_come),
        field_rule("conciliation-present", (CONCILIATION,), "/result", everybody_was_there, MEETING),
        field_rule("dispute-minutes-day", BOTH, "/conciliation_on", day_not_to_come),
        field_rule("dispute-minutes", BOTH, "/conciliation_result", failed_first),
        field_rule("dispute-gate", BOTH, "/result", gate, CHECK),
    )


def all_hints() -> tuple[Hint, ...]:
    """Everything said beforehand."""
    return (hint("dispute-in-force", BOTH, "/content", in_force, ("/proposal",), form=DRAFT),)


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter."""
    return (
        finding_rule("conciliation-compulsory", (CONCILIATION,), compulsory),
        finding_rule("dispute-conciliation", BOTH, conciliated),
        finding_rule("dispute-authority", BOTH, who_decides),
        finding_rule("dispute-court", BOTH, court),
        finding_rule("dispute-path", BOTH, path),
    )
