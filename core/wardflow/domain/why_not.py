"""Why a task is not with somebody: every test of the route that this person does not pass, in the order of the route."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Register
from wardflow.domain.routing_question import OWN, Question, Route


def why_not(question: Question, found: Route, person: str, register: Register, on: date) -> tuple[Reason, ...]:
    """The reasons; empty when it is with them, or may be taken by them."""
    if person in found.people and found.person in (None, person):
        return ()
    if question.rule == OWN:
        return (Reason("why-not.own-step"),)
    return tuple(_tests(question, found, person, register, on)) or (_elsewhere(found, register),)


def _tests(question: Question, found: Route, person: str, register: Register, on: date) -> Iterator[Reason]:
    unit = register.unit(found.unit)
    held = register.holdings_of(person)
    if not any(row.role == found.role for row in held):
        yield Reason("why-not.other-role", {"role": found.role})
    elif not any(row.role == found.role and row.unit == found.unit for row in held):
        yield Reason("why-not.other-unit", {"role": found.role, **unit.facts()})
    for kind in question.needs:
        if register.capability(person, kind, on) is None:
            gone = register.lapsed(person, kind, on)
            until = gone.valid_to.isoformat() if gone is not None and gone.valid_to else ""
            yield Reason("why-not.not-proven", {"needs": kind, "until": until})
    absence = register.absence(person, on)
    if absence is not None:
        yield Reason("why-not.absent", {"until": absence.last.isoformat()})
    if person == question.applicant:
        yield Reason("why-not.applicant")
    elif person in question.recused:
        yield Reason("why-not.recused", {"why": question.recused[person].to_json()})
    elif person in question.not_by:
        yield Reason("why-not.four-eyes")


def _elsewhere(found: Route, register: Register) -> Reason:
    """They could do it, but it was given to somebody else."""
    if found.person is not None and register.knows(found.person):
        return Reason("why-not.with", {"person": register.person(found.person).name, "person_id": found.person})
    return Reason("why-not.elsewhere", register.unit(found.unit).facts())
