"""Slips a step issued: numbered at once, rendered when first opened from what was true at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.records import Case, Document
from wardflow.cases.situation import Joint, Situation
from wardflow.engine import SlipIssued, Step
from wardflow.packs import Slip

PDF = "application/pdf"


def issued(case: Case, step: Step, situation: Situation, joint: Joint | None = None) -> tuple[tuple[Document, ...], Mapping[str, str]]:
    """The slips, and the number series of those that carry a number."""
    documents: dict[str, Document] = {}
    series: dict[str, str] = {}
    for effect in step.of(SlipIssued):
        slip = situation.pack.slips[effect.slip]
        key = f"{effect.slip}-{case.audit_seq}"
        facts = {"slip": effect.slip, "data": situation.data, "due": _iso(case), "clock": [e.to_json() for e in case.clock]}
        number = slip.number
        if slip.sequence:
            series[key] = f"{slip.sequence}:{joint.unit if joint else case.places.authority}:{situation.today.year}"
        if joint is not None:
            number, shared = _shared(joint, slip, series.pop(key, ""))
            facts |= shared
            if "series" in shared:
                series[key] = shared["series"]
        documents[key] = Document(
            case.id, key, "slip", slip.title, number, effect.node, situation.now, situation.actor.person, PDF, 0, None, facts
        )
    return tuple(documents.values()), series


def _shared(joint: Joint, slip: Slip, series: str) -> tuple[str, dict[str, Any]]:
    """The number of a paper over several cases, and what it remembers: the first of them takes the number, the others bear it too."""
    facts: dict[str, Any] = {"joint": joint.key, "issuer": joint.unit}
    if taken := joint.numbers.get(slip.id):
        return taken, {**facts, "shares_number": True}
    return slip.number, {**facts, "series": series} if series else facts


def _iso(case: Case) -> str | None:
    return case.due.isoformat() if case.due else None
