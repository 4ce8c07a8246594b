"""Slips a step issued: numbered at once, rendered when first opened from what was true at this moment."""

from __future__ import annotations

from collections.abc import Mapping

from wardflow.cases.records import Case, Document
from wardflow.cases.situation import Situation
from wardflow.engine import SlipIssued, Step

PDF = "application/pdf"


def issued(case: Case, step: Step, situation: Situation) -> tuple[tuple[Document, ...], Mapping[str, str]]:
    """The slips, and the number series of those that carry a number."""
    documents: dict[str, Document] = {}
    series: dict[str, str] = {}
    for effect in step.effects:
        if not isinstance(effect, SlipIssued):
            continue
        slip = situation.pack.slips[effect.slip]
        key = f"{effect.slip}-{case.audit_seq}"
        facts = {"slip": effect.slip, "data": situation.data, "due": _iso(case), "clock": [e.to_json() for e in case.clock]}
        documents[key] = Document(
            case.id, key, "slip", slip.title, slip.number, effect.node, situation.now, situation.actor.person, PDF, 0, None, facts
        )
        if slip.sequence:
            series[key] = f"{slip.sequence}:{case.places.authority}:{situation.today.year}"
    return tuple(documents.values()), series


def _iso(case: Case) -> str | None:
    return case.due.isoformat() if case.due else None
