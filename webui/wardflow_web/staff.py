"""Units, people and what they hold, can prove, and when they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, render_template, request
from wardflow.cases import reads
from wardflow.cases.reads.views import Words
from wardflow.domain.names import in_order
from wardflow.domain.register import Absence, Capability, Holding, Person, Register, Unit
from wardflow.permissions import Question, may

from wardflow_web.register_words import capability_words
from wardflow_web.visitor import current_matters, platform, required, role_words, someone

pages = Blueprint("staff", __name__)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One person in one role of a unit, and who stands in today."""

    person: Person
    holding: Holding
    role: Words
    absence: Absence | None
    substitute: str


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One proof: whose, of what, and whether it has run out or soon will."""

    person: Person
    proof: Capability
    kind: Words
    standing: str


@pages.get("/register/units")
@required
def units() -> str:
    """The units right below the city, and a search for people."""
    register = _register()
    text = request.args.get("q", "").strip()[:100]
    return render_template(
        "register_units.html",
        text=text,
        people=reads.people_called(platform(), someone(), text),
        tops=[(top, _by_level(top.id, register)) for top in register.units if top.parent is None],
    )


def _by_level(top: str, register: Register) -> list[tuple[str, list[Unit]]]:
    """The units right below another: those of the city, then the communes and wards, each in the order of the alphabet."""
    below = sorted(register.children(top), key=lambda unit: (str(unit.level), in_order(unit.name)))
    return [(level, list(units)) for level, units in groupby(below, key=lambda unit: str(unit.level))]


@pages.get("/register/units/<unit>")
@required
def unit(unit: str) -> str:
    """One unit: what it is below, what is below it, who holds which role there."""
    register = _register()
    if not register.knows_unit(unit):
        abort(404)
    held = [_held(row, register) for row in register.held_in(unit)]
    return render_template(
        "register_unit.html",
        unit=register.unit(unit),
        above=register.up(unit)[1:],
        below=sorted(register.children(unit), key=lambda one: in_order(one.name)),
        held=sorted(held, key=lambda row: (in_order(row.role.vi), in_order(row.person.name))),
        may_change=_may_change(),
    )


@pages.get("/register/people/<person>")
@required
def person(person: str) -> str:
    """One person: roles, certificates, absences, and how many applicants they keep away from."""
    register = _register()
    if not register.knows(person) or not register.holdings_of(person):
        abort(404)
    rows = register.holdings_of(person)
    question = Question(
        own_only=person, units=frozenset(row.unit for row in rows), register=register, heads=platform().library.heads()
    )
    return render_template(
        "register_person.html",
        person=register.person(person),
        held=[(row, role_words(row.role, current_matters()), register.unit(row.unit)) for row in rows],
        proofs=[_proof(row, register) for row in register.capabilities if row.person == person],
        absences=[(row, _name(row.substitute, register)) for row in register.absences if row.person == person],
        interests=sum(row.person == person for row in register.interests),
        may_change=_may_change(),
        may_declare=may(someone(), "declare_interest", question),
        may_plan=may(someone(), "plan_absence", question),
        today=_today(),
    )


@pages.get("/register/capabilities")
@required
def capabilities() -> str:
    """Every certificate, those that run out first; and who does it where nobody can."""
    register = _register()
    proofs = sorted((_proof(row, register) for row in register.capabilities), key=lambda row: (str(row.proof.valid_to), row.person.name))
    return render_template(
        "register_capabilities.html",
        proofs=proofs,
        rules=[(rule, capability_words(rule.needs), register.unit(rule.unit)) for rule in register.fallbacks],
        may_change=_may_change(),
    )


def _register() -> Register:
    reads.people_called(platform(), someone(), "")    # asks whether the reader may see the register at all
    return platform().register()


def _held(row: Holding, register: Register) -> HeldRow:
    absence = register.absence(row.person, _today())
    substitute = _name(absence.substitute, register) if absence is not None else ""
    return HeldRow(register.person(row.person), row, role_words(row.role, current_matters()), absence, substitute)


def _proof(row: Capability, register: Register) -> ProofRow:
    today = _today()
    standing = "ok" if row.holds_on(today) else "late" if row.valid_to and row.valid_to < today else "early"
    if standing == "ok" and row.valid_to is not None and (row.valid_to - today).days <= platform().settings.ending_days:
        standing = "today"
    return ProofRow(register.person(row.person), row, capability_words(row.kind), standing)


def _name(person: str | None, register: Register) -> str:
    return register.person(person).name if person and register.knows(person) else ""


def _may_change() -> bool:
    return may(someone(), "change_register", Question())


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()
