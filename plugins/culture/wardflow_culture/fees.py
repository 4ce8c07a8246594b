"""What an applicant pays for a karaoke or discotheque licence (Circular 110/2025/TT-BTC, Article 4), and a word on it beforehand."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.offers import FeeLine, FeeRule, Form, Hint, RuleContext

from wardflow_culture.law import ADJUSTMENT, LICENCES, hint, law


def rooms_fee(rooms: int, context: RuleContext) -> int:
    """So much a room, in đồng, up to a cap."""
    return int(min(context.settings["culture.room_fee"] * rooms, context.settings["culture.room_fee_cap"]))


def licence_fee(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """By rooms, or one amount for a discotheque."""
    if form.get("service") == "discotheque":
        return (_line("fee_discotheque", context.settings["culture.discotheque_fee"]),)
    rooms = len(form.get("rooms") or ())
    return (_line("fee_rooms", rooms_fee(rooms, context), rooms=rooms),) if rooms else ()


def adjustment_fee(form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """Added rooms as for a new licence; a change of owner one amount."""
    if form.get("change") == "owner":
        return (_line("fee_owner", context.settings["culture.owner_fee"]),)
    return licence_fee(form, context)


def fee_beforehand(form: Form, context: RuleContext) -> Reason | None:
    """What the rooms entered so far will cost."""
    rooms = len(form.get("rooms") or ())
    if not rooms or form.get("service") != "karaoke":
        return None
    each, cap = context.settings["culture.room_fee"], context.settings["culture.room_fee_cap"]
    return Reason("culture.fee_beforehand", {"rooms": rooms, "fee": rooms_fee(rooms, context), "each": each, "cap": cap})


def _line(code: str, amount: int, **facts: int) -> FeeLine:
    return FeeLine(Reason(f"culture.{code}", dict(facts)), amount, "filing", law("fees").basis)


def all_fee_rules() -> tuple[FeeRule, ...]:
    """Every fee of this package."""
    known = law("fees")
    return (
        FeeRule("culture.licence-fee", LICENCES, licence_fee, known.valid_from, known.valid_to, known.basis),
        FeeRule("culture.adjustment-fee", (ADJUSTMENT,), adjustment_fee, known.valid_from, known.valid_to, known.basis),
    )


def all_hints() -> tuple[Hint, ...]:
    """The fee, while rooms are entered."""
    return (hint("fee-beforehand", (*LICENCES, ADJUSTMENT), "/rooms", fee_beforehand, ("/rooms", "/service"), of="fees"),)
