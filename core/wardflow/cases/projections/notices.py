"""Notices a step sends: to the applicant, or to those who hold a role at a place of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wardflow.cases.records import Case, Notice, Task
from wardflow.cases.situation import Situation
from wardflow.domain.routing import RULES, place_of
from wardflow.engine import NoticeDue, Step
from wardflow.feel import evaluate
from wardflow.packs import NoticeKind

APPLICANT, HOLDER, ABOVE = "applicant", "holder", "above"
MOST = 100
"""Notices of one act."""


def due(case: Case, step: Step, situation: Situation) -> tuple[Notice, ...]:
    """The notices, in the order in which the step came by them."""
    return told(case, [effect.notice for effect in step.of(NoticeDue)], situation)


def told(case: Case, names: Iterable[str], situation: Situation, tasks: Iterable[Task] = ()) -> tuple[Notice, ...]:
    """The notices of these names; `tasks` are the open ones, whose holders some are for."""
    found = [(name, *to) for name in names for to in _readers(case, situation.pack.notices[name], situation, tasks)]
    # acts are at most a hundred notices apart, so that the order of rows is the order of telling
    return tuple(_notice(case, *each, place, situation) for place, each in enumerate(found[:MOST]))


def _readers(
    case: Case, kind: NoticeKind, situation: Situation, tasks: Iterable[Task]
) -> list[tuple[str | None, str, str]]:
    """Who reads it: a person, or a role in a unit."""
    if kind.to == APPLICANT:
        return [(case.applicant_person, "", "")]
    if kind.to == HOLDER:
        held = dict.fromkeys((task.person, "" if task.person else task.role, "" if task.person else task.unit) for task in tasks)
        return [reader for reader in held if reader[0] != case.applicant_person]
    return [(None, kind.to, _unit(kind.unit or "office", case, situation))]


def _unit(rule: str, case: Case, situation: Situation) -> str:
    """The unit that a notice names: `= FEEL` giving it, a place of the case, the unit above its authority, the first of a kind."""
    if rule.startswith("="):
        return str(evaluate(rule.removeprefix("="), situation.data, calendar=situation.snapshot.calendar) or case.places.office)
    register, authority = situation.snapshot.register, case.places.authority
    if rule in RULES:
        return place_of(rule, case.places)
    if rule == ABOVE:
        return register.unit(authority).parent or authority
    return next((unit.id for unit in register.units if unit.kind == rule), authority)


def _notice(
    case: Case, name: str, person: str | None, role: str, unit: str, place: int, situation: Situation
) -> Notice:
    own = person is not None and person == case.applicant_person
    return Notice(
        seq=case.audit_seq * MOST + place,
        notice=name,
        person=person,
        role=role,
        unit=unit,
        at=situation.now,
        facts=_facts(case),
        address=str(situation.data["applicant"].get("email") or "") or None if own else None,
    )


def _facts(case: Case) -> Mapping[str, Any]:
    return {"code": case.code, "due": case.due.isoformat() if case.due else None}
