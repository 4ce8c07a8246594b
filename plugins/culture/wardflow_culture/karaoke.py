"""Karaoke and discotheques: rooms, hours, fire safety and distance (Decree 54/2019, Decree 148/2024, Decree 297/2025)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import ALLOWED, FieldRule, FindingRule, Form, Opinion, RuleContext

from wardflow_culture.law import ADJUSTMENT, LICENCES, concluded, field_rule, finding_rule

ROOMS = (*LICENCES, ADJUSTMENT)
DAY = 24 * 60


def least_area(form: Form, context: RuleContext) -> float:
    """Net m² of a room, or of the hall of a discotheque."""
    areas: Mapping[str, float] = context.settings["culture.least_room_m2"]
    return areas[form.get("service", "karaoke")]


def _rooms(form: Form) -> list[Mapping[str, Any]]:
    found = form.get("rooms")
    return [room for room in found if isinstance(room, Mapping)] if isinstance(found, Sequence) else []


def _names(rooms: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(room.get("name", "?")) for room in rooms]


# --- while somebody types ---


def room_large_enough(area: Any, form: Form, context: RuleContext) -> Opinion:
    """Each room has the net area the law asks."""
    least = least_area(form, context)
    return ALLOWED if area >= least else Reason("culture.room_small", {"area": area, "least": least})


def no_latch(latch: Any, form: Form, context: RuleContext) -> Opinion:
    """No room closes from the inside."""
    return Reason("culture.room_latch") if latch else ALLOWED


def no_alarm(alarm: Any, form: Form, context: RuleContext) -> Opinion:
    """No device warns the guests; a fire alarm is another thing."""
    return Reason("culture.room_alarm") if alarm else ALLOWED


def room_named_once(name: Any, form: Form, context: RuleContext) -> Opinion:
    """The licence lists rooms by name, so no two share one."""
    return Reason("culture.room_twice", {"name": name}) if Counter(_names(_rooms(form)))[name] > 1 else ALLOWED


def within_hours(closes: Any, form: Form, context: RuleContext) -> Opinion:
    """The hours keep out of the time in which the law closes the place."""
    shut = _shut(form, context)
    if shut is None or "opens_at" not in form:
        return None
    return ALLOWED if not _open_while_shut(form, shut) else Reason("culture.hours", {"from": shut[0], "to": shut[1]})


def far_enough(distance: Any, form: Form, context: RuleContext) -> Opinion:
    """A discotheque keeps its distance by law; for karaoke older guides say so, and a department may switch it off."""
    least = context.settings["culture.least_distance_m"]
    if form.get("service") == "karaoke" and not context.settings["culture.karaoke_distance_warning"]:
        return None
    if distance >= least:
        return ALLOWED
    code = "culture.distance_karaoke" if form.get("service") == "karaoke" else "culture.distance"
    return Reason(code, {"distance": distance, "least": least})


def _shut(form: Form, context: RuleContext) -> tuple[str, str] | None:
    found = context.settings["culture.closed_hours"].get(form.get("service"))
    return (found[0], found[1]) if found else None


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _open_while_shut(form: Form, shut: tuple[str, str]) -> bool:
    """Both spans are laid on two days, because a place may open in the evening and close after midnight."""
    opens, closes = _minutes(form["opens_at"]), _minutes(form["closes_at"])
    closes += DAY if closes <= opens else 0
    begins, ends = (_minutes(text) for text in shut)
    return any(opens < ends + shift and begins + shift < closes for shift in (0, DAY))


# --- on the matter ---


def rooms_fit(form: Form, context: RuleContext) -> Finding | None:
    """A room that is too small is left out; with none left there is nothing to license."""
    rooms, least = _rooms(form), least_area(form, context)
    if not rooms:
        return None
    small = [room for room in rooms if room.get("area_m2", 0) < least]
    facts = {"rooms": _names(small), "least": least, "count": len(rooms)}
    if not small:
        return concluded("room-area", Verdict.ELIGIBLE, "rooms_fit", **facts)
    if len(small) == len(rooms):
        return concluded("room-area", Verdict.REFUSE, "rooms_all_small", **facts)
    return concluded("room-area", Verdict.PARTIAL, "rooms_some_small", **facts)


def latched(form: Form, context: RuleContext) -> Finding | None:
    """A latch on the inside is a reason to refuse."""
    rooms = [room for room in _rooms(form) if room.get("inside_latch")]
    return concluded("room-latch", Verdict.REFUSE, "rooms_latch", rooms=_names(rooms)) if rooms else None


def alarmed(form: Form, context: RuleContext) -> Finding | None:
    """So is a device that warns the guests."""
    rooms = [room for room in _rooms(form) if room.get("alarm_device")]
    return concluded("room-alarm", Verdict.REFUSE, "rooms_alarm", rooms=_names(rooms)) if rooms else None


def fire_accepted(form: Form, context: RuleContext) -> Finding | None:
    """Without fire-safety acceptance nothing goes on."""
    match form.get("fire_acceptance"):
        case "none":
            return concluded("fire-acceptance", Verdict.HOLD, "fire_missing")
        case "police" | "owner" as by:
            return concluded("fire-acceptance", Verdict.ELIGIBLE, "fire_accepted", by=by)
    return None


def hours_kept(form: Form, context: RuleContext) -> Finding | None:
    """Hours in the closed time are left out of the licence."""
    shut = _shut(form, context)
    if shut is None or "opens_at" not in form or "closes_at" not in form or not _open_while_shut(form, shut):
        return None
    return concluded("hours", Verdict.PARTIAL, "hours_cut", **{"from": shut[0], "to": shut[1]})


def distance_kept(form: Form, context: RuleContext) -> Finding | None:
    """The distance is a condition for discotheques only."""
    distance, least = form.get("distance_sensitive_m"), context.settings["culture.least_distance_m"]
    if form.get("service") != "discotheque" or distance is None:
        return None
    facts = {"distance": distance, "least": least}
    if distance < least:
        return concluded("distance", Verdict.REFUSE, "distance", **facts)
    return concluded("distance", Verdict.ELIGIBLE, "distance_kept", **facts)


def all_field_rules() -> tuple[FieldRule, ...]:
    """Every rule on a field of the two forms."""
    return (
        field_rule("room-area-early", ROOMS, "/rooms/*/area_m2", room_large_enough),
        field_rule("room-latch-early", ROOMS, "/rooms/*/inside_latch", no_latch),
        field_rule("room-alarm-early", ROOMS, "/rooms/*/alarm_device", no_alarm),
        field_rule("room-names", ROOMS, "/rooms/*/name", room_named_once),
        field_rule("hours-early", LICENCES, "/closes_at", within_hours),
        field_rule("distance-early", LICENCES, "/distance_sensitive_m", far_enough),
    )


def all_finding_rules() -> tuple[FindingRule, ...]:
    """Every rule on the matter of a licence."""
    return (
        finding_rule("room-area", ROOMS, rooms_fit),
        finding_rule("room-latch", ROOMS, latched),
        finding_rule("room-alarm", ROOMS, alarmed),
        finding_rule("fire-acceptance", ROOMS, fire_accepted),
        finding_rule("hours", LICENCES, hours_kept),
        finding_rule("distance", LICENCES, distance_kept),
    )
