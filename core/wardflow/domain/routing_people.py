"""Who can do a task in one unit today: holders who are there, able and free to, or whoever stands in for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Person, Register, Unit
from wardflow.domain.routing_question import Question


@dataclass(frozen=True, slots=True)
class Able:
    """Everybody who can, and why others cannot: proofs that ran out, substitutes passed over, people recused."""

    people: tuple[Person, ...] = ()
    lapsed: tuple[Reason, ...] = ()
    passed_over: tuple[Reason, ...] = ()
    recused: tuple[Reason, ...] = ()

    def __add__(self, other: Able) -> Able:
        """Those of the other unit, with the reasons of both, each once."""
        reasons = ((self.lapsed, other.lapsed), (self.passed_over, other.passed_over), (self.recused, other.recused))
        return Able(other.people, *((*ours, *(each for each in theirs if each not in ours)) for ours, theirs in reasons))


def able(question: Question, role: str, unit: Unit, register: Register, on: date) -> Able:
    """The holders of the role in exactly that unit, each replaced while away by a substitute who passes the same tests."""
    found: dict[str, Person] = {}
    lapsed: list[Reason] = []
    passed_over: list[Reason] = []
    recused: list[Reason] = []
    for holder in register.holders(role, unit.id):
        who = present(holder.id, role, unit, register, on)
        if who is None:
            continue
        if who in question.recused:
            recused.append(_recused(question, who, register))
        lapsed += _lapsed(question, who, register, on)
        why_not = _why_not(question, who, register, on)
        if why_not is None:
            found[who] = register.person(who)
        elif who != holder.id:
            names = {"person": register.person(who).name, "person_id": who, "absent": holder.name}
            passed_over.append(Reason(f"routing.substitute-{why_not}", names))
    return Able(tuple(found[id] for id in sorted(found)), tuple(lapsed), tuple(passed_over), tuple(recused))


def present(person: str, role: str, unit: Unit, register: Register, on: date) -> str | None:
    """The person, or while they are away their substitute if that one is there and holds the role too."""
    absence = register.absence(person, on)
    if absence is None:
        return person
    substitute = absence.substitute
    if substitute is None or not register.knows(substitute) or register.absence(substitute, on) is not None:
        return None
    return substitute if holds(substitute, role, unit, register) else None


def holds(person: str, role: str, unit: Unit, register: Register) -> bool:
    """True when the person holds the role in the unit or in one above it."""
    line = {above.id for above in register.up(unit.id)}
    return any(held.role == role and held.unit in line for held in register.holdings_of(person))


def proven(question: Question, person: str, register: Register, on: date) -> bool:
    """True when the person has proof of everything the task needs."""
    return all(register.capability(person, kind, on) is not None for kind in question.needs)


def _why_not(question: Question, person: str, register: Register, on: date) -> str | None:
    if person == question.applicant:
        return "applicant"
    if person in question.recused:
        return "recused"
    if person in question.not_by:
        return "four-eyes"
    return None if proven(question, person, register, on) else "unable"


def _recused(question: Question, person: str, register: Register) -> Reason:
    why = question.recused[person].to_json()
    return Reason("routing.recused", {"person": register.person(person).name, "person_id": person, "why": why})


def _lapsed(question: Question, person: str, register: Register, on: date) -> list[Reason]:
    """The proofs of the person that have run out and were not renewed."""
    found = []
    for kind in question.needs:
        proof = register.lapsed(person, kind, on)
        if proof is None or proof.valid_to is None or register.capability(person, kind, on) is not None:
            continue
        facts = {"person": register.person(person).name, "person_id": person, "needs": kind, "until": proof.valid_to.isoformat()}
        found.append(Reason("routing.lapsed", {**facts, "certificate": proof.certificate}))
    return found
