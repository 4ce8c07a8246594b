"""Notices a step sends: to the applicant, or to those who hold a role at a place of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.records import Case, Notice
from wardflow.cases.situation import Situation
from wardflow.domain.routing import place_of
from wardflow.engine import NoticeDue, Step
from wardflow.feel import evaluate

APPLICANT = "applicant"


def due(case: Case, step: Step, situation: Situation) -> tuple[Notice, ...]:
    """The notices, in the order in which the step came by them."""
    named = [effect.notice for effect in step.effects if isinstance(effect, NoticeDue)]
    return tuple(_notice(case, name, place, situation) for place, name in enumerate(named))


def _notice(case: Case, name: str, place: int, situation: Situation) -> Notice:
    kind = situation.pack.notices[name]
    own = kind.to == APPLICANT
    return Notice(
        # acts are at most a hundred notices apart, so that the order of rows is the order of telling
        seq=case.audit_seq * 100 + place,
        notice=name,
        person=case.applicant_person if own else None,
        role="" if own else kind.to,
        unit="" if own else _unit(kind.unit or "office", case, situation),
        at=situation.now,
        facts=_facts(case),
        address=str(situation.data["applicant"].get("email") or "") or None if own else None,
    )


def _unit(rule: str, case: Case, situation: Situation) -> str:
    """A place of the case, or the unit that `= FEEL` gives."""
    if not rule.startswith("="):
        return place_of(rule, case.places)
    found = evaluate(rule.removeprefix("="), situation.data, calendar=situation.snapshot.calendar)
    return str(found or case.places.office)


def _facts(case: Case) -> Mapping[str, Any]:
    return {"code": case.code, "due": case.due.isoformat() if case.due else None}
