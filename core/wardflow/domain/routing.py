"""Who gets a task, and because of what: five reasons, always in the same order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence, Person, Register, Unit
from wardflow.errors import PlaceUnknown

OWN = "applicant"
RULES = ("receiving", "returning", "support", "authority", "office", OWN)
"""The words by which a task names the place of its case where it is done."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one case as unit ids: where it came in and goes back, who helped, who decides and whose office."""

    receiving: str = ""
    returning: str = ""
    support: str = ""
    authority: str = ""
    office: str = ""
    applicant_unit: str = ""


def place_of(rule: str, places: Places) -> str:
    """The unit a task's `unit` rule names; where a case says nothing else it returns where it was received."""
    chosen: Mapping[str, str] = {
        "receiving": places.receiving,
        "returning": places.returning or places.receiving,
        "support": places.support or places.receiving,
        "authority": places.authority,
        "office": places.office or places.authority,
        OWN: places.applicant_unit or places.receiving,
    }
    if not chosen.get(rule):
        raise PlaceUnknown(rule=rule)
    return chosen[rule]


@dataclass(frozen=True, slots=True)
class Question:
    """Who is to do this: a role in a unit, perhaps a person by name, and who must not.

    `rule` is the word that chose the unit; with "applicant" it is the applicant's own step, done by nobody else
    or at a counter in their name. Nobody decides on their own application.
    """

    role: str
    unit: str
    person: str | None = None
    rule: str = "given"
    not_by: Collection[str] = ()
    authority: Competence | None = None
    basis: str = ""
    received_in: str = ""
    applicant: str | None = None

    @property
    def excluded(self) -> frozenset[str]:
        """Who must not do it: those of the four-eyes rule, and the applicant."""
        return frozenset(self.not_by) | ({self.applicant} if self.applicant else frozenset())


@dataclass(frozen=True, slots=True)
class Route:
    """Who it is: one person, or everybody in `people` who may claim it, or nobody; with the five reasons."""

    unit: str
    role: str
    person: str | None
    reasons: tuple[Reason, ...]
    people: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """False when nobody can do it, which is an incident for whoever asked."""
        return not any(reason.code == "routing.nobody" for reason in self.reasons)


def route(question: Question, register: Register, on: date) -> Route:
    """The holders of the role in the unit who are there and may act, else those of the units above, else nobody."""
    unit = register.unit(question.unit)
    reasons = [_authority(question, register), _place(question, unit, register)]
    if question.rule == OWN:
        own = question.person or question.applicant
        return Route(unit.id, question.role, own, (*reasons, *_own_matter(question)), (own,) if own else ())
    if question.person is not None:
        chosen = _chosen(question, question.person, unit, register, on)
        if chosen is not None:
            return Route(unit.id, question.role, chosen[0], (*reasons, *chosen[1]), (chosen[0],))
    for above in register.up(unit.id):
        people = _able(question, above, register, on)
        if people:
            because = (*_up(question, unit, above), *_queue(question, people, register, on))
            return Route(above.id, question.role, None, (*reasons, *because), tuple(one.id for one in people))
    return Route(unit.id, question.role, None, (*reasons, Reason("routing.nobody", _asked(question, unit))))


# --- who ---


def _able(question: Question, unit: Unit, register: Register, on: date) -> tuple[Person, ...]:
    """The holders of the role in that unit who are there, with substitutes who hold it in the same line of units."""
    found: dict[str, Person] = {}
    for holder in register.holders(question.role, unit.id):
        stand_in = _present(holder.id, question.role, unit, register, on)
        if stand_in is not None and stand_in not in question.excluded:
            found[stand_in] = register.person(stand_in)
    return tuple(found[id] for id in sorted(found))


def _present(person: str, role: str, unit: Unit, register: Register, on: date) -> str | None:
    """The person, or while they are away their substitute if that one is there and holds the role too."""
    absence = register.absence(person, on)
    if absence is None:
        return person
    substitute = absence.substitute
    if substitute is None or not register.knows(substitute) or register.absence(substitute, on) is not None:
        return None
    return substitute if _capable(substitute, role, unit, register) else None


def _capable(person: str, role: str, unit: Unit, register: Register) -> bool:
    """True when the person holds the role in the unit or in one above it."""
    line = {above.id for above in register.up(unit.id)}
    return any(held.role == role and held.unit in line for held in register.holdings_of(person))


def _chosen(
    question: Question, person: str, unit: Unit, register: Register, on: date
) -> tuple[str, tuple[Reason, ...]] | None:
    """The person chosen by name, or who stands in, with the last three reasons; None when neither can or may."""
    if not _capable(person, question.role, unit, register):
        return None
    who = _present(person, question.role, unit, register, on)
    if who is None or who in question.excluded or person in question.excluded:
        return None
    facts = {"person": register.person(who).name, "person_id": who}
    workload = Reason("routing.by-name", facts)
    if who != person:
        workload = Reason("routing.stands-in", {**facts, "absent": register.person(person).name})
    capability = Reason("routing.holds", {**facts, "role": question.role, **unit.facts()})
    return who, (capability, workload, _independence(question))


def _own_matter(question: Question) -> tuple[Reason, ...]:
    facts = {"role": question.role}
    return Reason("routing.own-matter", facts), Reason("routing.own-step", facts), Reason("routing.own-answer", facts)


# --- because ---


def _authority(question: Question, register: Register) -> Reason:
    if question.authority is not None:
        return question.authority.reason
    if question.basis:
        return Reason("routing.by-basis", {"basis": question.basis})
    return Reason("routing.by-process", _asked(question, register.unit(question.unit)))


def _place(question: Question, unit: Unit, register: Register) -> Reason:
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


def _up(question: Question, asked: Unit, found: Unit) -> tuple[Reason, ...]:
    """Why it went up, when it did; it stands with the capability, whose lack caused it."""
    if asked.id == found.id:
        return ()
    return (Reason("routing.nobody-here", {**_asked(question, asked), **found.facts("above")}),)


def _queue(question: Question, people: Sequence[Person], register: Register, on: date) -> tuple[Reason, ...]:
    n = len(people)
    capability = Reason("routing.holders", {"n": n, "role": question.role})
    workload = Reason("routing.queue" if n > 1 else "routing.only-one", {"n": n})
    return capability, _away(question, register, on) or workload, _independence(question)


def _away(question: Question, register: Register, on: date) -> Reason | None:
    """That the person asked for by name is away or may not, so that everybody able may take it."""
    if question.person is None or not register.knows(question.person):
        return None
    who = {"person": register.person(question.person).name, "person_id": question.person}
    absence = register.absence(question.person, on)
    if absence is not None:
        return Reason("routing.absent", {**who, "until": absence.last.isoformat()})
    return Reason("routing.may-not" if question.person in question.excluded else "routing.not-capable", who)


def _independence(question: Question) -> Reason:
    n = len(set(question.not_by))
    return Reason("routing.four-eyes", {"n": n}) if n else Reason("routing.independent")


def _asked(question: Question, unit: Unit) -> dict[str, str]:
    return {"role": question.role, **unit.facts()}
