"""What a file of premises says about steps that were taken on paper, as the answers of those steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from wardflow.families.asset.sheet import Row

ON_FILE: Final = "Theo hồ sơ đã có."
"""Stands where a step asks for words and the file has none."""

Answer = Mapping[str, Any]


def answer(step: str, row: Row) -> Answer | None:
    """What the step said; None where the file does not know of it, so that it waits for a person."""
    later = row.later
    if step in _REVIEW:
        return _REVIEW[step](later) if later.get("need") else None
    if step in _PROPOSED:
        return _PROPOSED[step](later) if later.get("destination") else None
    if step in _PLAN:
        return _PLAN[step](row) if later.get("plan_document") else None
    if step == "separate_plan" and later.get("separate_plan"):
        return {"plan": ON_FILE, "document_no": later["separate_plan"]}
    if step == "decide" and later.get("decision_document"):
        return {"decision": "approve", "document_no": later["decision_document"]}
    if step in _HANDED and later.get("handover_minute") and later.get("handover_day"):
        return _HANDED[step](row)
    return None


def _need(later: Mapping[str, str]) -> Answer:
    areas = {name: float(later[name]) for name in ("shared_area_m2", "shared_land_m2") if later.get(name)}
    kept = {"kept_for": later["kept_for"]} if later.get("kept_for") and later["need"] != "surplus" else {}
    return {"need": later["need"], **(areas if later["need"] == "partly" else {}), **kept, "standard": ON_FILE}


def _demanded(later: Mapping[str, str]) -> Answer:
    return {"demands": [{"unit": later["receiver_unit"], "destination": later["destination"], "standard_met": True}]}


def _proposed(later: Mapping[str, str]) -> Answer:
    more = {"revenue_plan": ON_FILE} if later["destination"] == "house_org" else {}
    named = {name: later[name] for name in ("destination", "legal_form", "receiver_unit")}
    return {**named, **more, "file": [{"name": ON_FILE}], "reason": ON_FILE}


def _submitted(row: Row) -> Answer:
    return {"verdict": "submit", "report": ON_FILE, "value": row.form["residual_value"], "document_no": row.later["plan_document"]}


def _handed(row: Row) -> Answer:
    return {
        "day": row.later["handover_day"], "minute_no": row.later["handover_minute"], "keys": True, "papers": [{"name": ON_FILE}],
        "value": row.form["residual_value"],
    }


_OPINION: Final[Answer] = {"position": "agree", "content": ON_FILE}
_REVIEW: Final[Mapping[str, Callable[[Mapping[str, str]], Answer]]] = {"legal_check": lambda later: {"status": "A", "basis": ON_FILE}, "need_check": _need}
_PROPOSED: Final[Mapping[str, Callable[[Mapping[str, str]], Answer]]] = {
    "take_custody": lambda later: {"guard": ON_FILE, "utilities_off": True, "state_now": ON_FILE},
    "announce": lambda later: {"document_no": "-", "where": ON_FILE},
    "register_demand": _demanded, "propose": _proposed, "sign_proposal": lambda later: {"verdict": "sign"},
    "planning_opinion": lambda later: {"fit": "fit", "content": ON_FILE},
    "land_opinion": lambda later: _OPINION, "construction_opinion": lambda later: _OPINION,
    "culture_opinion": lambda later: _OPINION, "front_opinion": lambda later: _OPINION,
}
_PLAN: Final[Mapping[str, Callable[[Row], Answer]]] = {
    "appraise_plan": _submitted,
    "approve_plan": lambda row: {"decision": "approve", "document_no": row.later["plan_document"]},
}
_HANDED: Final[Mapping[str, Callable[[Row], Answer]]] = {"hand_over": _handed, "accept_handover": lambda row: {"received_by": ON_FILE}}
