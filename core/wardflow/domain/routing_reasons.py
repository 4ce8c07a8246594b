"""Because: the reasons of a route, always authority, place, capability, workload, independence."""

from __future__ import annotations

from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Person, Register, Unit
from wardflow.domain.routing_people import Able
from wardflow.domain.routing_question import RULES, Question


def authority(question: Question, register: Register) -> Reason:
    if question.authority is not None:
        return question.authority.reason
    if question.basis:
        return Reason("routing.by-basis", {"basis": question.basis})
    return Reason("routing.by-process", asked(question, register.unit(question.unit)))


def place(question: Question, unit: Unit, register: Register) -> Reason:
    """Where the work is; a unit of the deciding authority also says that the receiving point did not matter."""
    facts = unit.facts()
    elsewhere = bool(question.received_in) and _home(unit.id, register) not in register.up(question.received_in)
    if question.rule in ("authority", "office") and elsewhere:
        received = register.unit(question.received_in).facts("received")
        return Reason(f"routing.place-{question.rule}", {**facts, **received})
    return Reason(f"routing.place-{question.rule}-here" if question.rule in RULES else "routing.place-given", facts)


def _home(unit: str, register: Register) -> Unit:
    """The authority a unit belongs to: the highest unit of its line below the city."""
    line = register.up(unit)
    return line[-2] if len(line) > 1 else line[-1]


def elsewhere(question: Question, asked_for: Unit, found: Unit, *, by_rule: bool) -> tuple[Reason, ...]:
    """Why another unit does it, when one does; it stands with the capability, whose lack caused it."""
    if asked_for.id == found.id:
        return ()
    facts = {**asked(question, asked_for), **found.facts("above")}
    if not by_rule:
        return (Reason("routing.nobody-here", facts),)
    if question.needs:
        return (Reason("routing.next-holder-able", {**facts, "needs": list(question.needs)}),)
    return (Reason("routing.next-holder", facts),)


def queued(question: Question, can: Able, register: Register, on: date) -> tuple[Reason, ...]:
    """The last three reasons of a task that everybody able may take."""
    n = len(can.people)
    workload = away(question, register, on) or Reason("routing.queue" if n > 1 else "routing.only-one", {"n": n})
    return (*able_ones(question, can), *can.passed_over, workload, *independence(question, can))


def shared_out(question: Question, can: Able, chosen: Person, count: int) -> tuple[Reason, ...]:
    """The last three reasons of a task given to whoever has the least to do."""
    n = len(can.people)
    facts = {"person": chosen.name, "person_id": chosen.id, "count": count, "n": n}
    workload = Reason("routing.least" if n > 1 else "routing.only-one", facts)
    return (*able_ones(question, can), *can.passed_over, workload, *independence(question, can))


def able_ones(question: Question, can: Able) -> tuple[Reason, ...]:
    """Whose proof ran out, and how many can."""
    facts = {"n": len(can.people), "role": question.role}
    if question.needs:
        return (*can.lapsed, Reason("routing.proven", {**facts, "needs": list(question.needs)}))
    return (Reason("routing.holders", facts),)


def away(question: Question, register: Register, on: date) -> Reason | None:
    """That the person asked for by name is away or may not, so that everybody able may take it."""
    if question.person is None or not register.knows(question.person):
        return None
    who = {"person": register.person(question.person).name, "person_id": question.person}
    absence = register.absence(question.person, on)
    if absence is not None:
        return Reason("routing.absent", {**who, "until": absence.last.isoformat()})
    if question.person in question.recused:
        return Reason("routing.named-recused", who)
    if question.person in question.excluded:
        return Reason("routing.may-not", who)
    if any(register.capability(question.person, kind, on) is None for kind in question.needs):
        return Reason("routing.not-proven", {**who, "needs": list(question.needs)})
    return Reason("routing.not-capable", who)


def independence(question: Question, can: Able | None = None) -> tuple[Reason, ...]:
    """Who is kept out: the recused, each with why, and how many by four eyes; or that nobody is."""
    recused = can.recused if can is not None else ()
    n = len(set(question.not_by))
    if n:
        return (*recused, Reason("routing.four-eyes", {"n": n}))
    return recused or (Reason("routing.independent"),)


def own_matter(question: Question) -> tuple[Reason, ...]:
    """The last three reasons of the applicant's own step."""
    facts = {"role": question.role}
    return Reason("routing.own-matter", facts), Reason("routing.own-step", facts), Reason("routing.own-answer", facts)


def asked(question: Question, unit: Unit) -> dict[str, str]:
    """The role and the unit that were asked for, as facts."""
    return {"role": question.role, **unit.facts()}
