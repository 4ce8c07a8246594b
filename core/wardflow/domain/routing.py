"""Who gets a task, and because of what: five reasons, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Register, Unit
from wardflow.domain.routing_people import Able, able, holds, present, proven
from wardflow.domain.routing_question import OWN, RULES, NextHolder, Places, Question, Route, place_of
from wardflow.domain.routing_reasons import (
    asked,
    authority,
    elsewhere,
    independence,
    own_matter,
    place,
    queued,
    shared_out,
)

__all__ = ["OWN", "RULES", "NextHolder", "Places", "Question", "Route", "place_of", "route"]


def route(question: Question, register: Register, on: date, workload: Mapping[str, int] | None = None) -> Route:
    """The holders of the role in the unit who are there and may act, else the next holder by rule, else those of the
    units above, else nobody.

    With `workload`, how many open tasks each person has, the task goes to who has the fewest, the first by id among
    equals; but what was meant for one person by name, who cannot do it, is left to whoever takes it.
    """
    unit = register.unit(question.unit)
    first = (authority(question, register), place(question, unit, register))
    if question.rule == OWN:
        own = question.person or question.applicant
        return Route(unit.id, question.role, own, (*first, *own_matter(question)), (own,) if own else (), unit.id)
    if question.person is not None:
        chosen = _chosen(question, question.person, unit, register, on)
        if chosen is not None:
            return Route(unit.id, question.role, chosen[0], (*first, *chosen[1]), (chosen[0],), unit.id)
    can = Able()
    for other, role, by_rule in _turns(question, unit, register):
        can += able(question, role, other, register, on)
        if can.people:
            because = (*first, *elsewhere(question, unit, other, by_rule=by_rule))
            return _given(question, Route(other.id, role, None, because, owner=unit.id), can, register, on, workload)
    why = (*can.lapsed, *can.passed_over, *can.recused, Reason("routing.nobody", asked(question, unit)))
    return Route(unit.id, question.role, None, (*first, *why), owner=unit.id)


def _turns(question: Question, unit: Unit, register: Register) -> Iterator[tuple[Unit, str, bool]]:
    """The units to ask, in their order, each with the role and whether a rule names it."""
    yield unit, question.role, False
    for following in question.next_holders:
        yield register.unit(following.unit), following.role or question.role, True
    for above in register.up(unit.id)[1:]:
        yield above, question.role, False


def _given(
    question: Question, found: Route, can: Able, register: Register, on: date, workload: Mapping[str, int] | None
) -> Route:
    """The route to everybody who can, or to one of them by workload."""
    people = tuple(one.id for one in can.people)
    question = question if question.role == found.role else replace(question, role=found.role)
    if workload is None or question.person is not None:
        reasons = (*found.reasons, *queued(question, can, register, on))
        return Route(found.unit, found.role, None, reasons, people, found.owner)
    chosen = min(can.people, key=lambda one: (workload.get(one.id, 0), one.id))
    reasons = (*found.reasons, *shared_out(question, can, chosen, workload.get(chosen.id, 0)))
    return Route(found.unit, found.role, chosen.id, reasons, people, found.owner)


def _chosen(
    question: Question, person: str, unit: Unit, register: Register, on: date
) -> tuple[str, tuple[Reason, ...]] | None:
    """The person chosen by name, or who stands in, with the last three reasons; None when neither can or may."""
    if not holds(person, question.role, unit, register):
        return None
    who = present(person, question.role, unit, register, on)
    if who is None or who in question.excluded or person in question.excluded or not proven(question, who, register, on):
        return None
    facts = {"person": register.person(who).name, "person_id": who}
    workload = Reason("routing.by-name", facts)
    if who != person:
        workload = Reason("routing.stands-in", {**facts, "absent": register.person(person).name})
    held = {**facts, "role": question.role, **unit.facts()}
    capability = Reason("routing.holds", held)
    if question.needs:
        capability = Reason("routing.holds-proven", {**held, "needs": list(question.needs)})
    return who, (capability, workload, *independence(question))
