"""What changes people in a register: what they can prove, when they are away, which roles they hold, what they keep out of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from wardflow.domain.capability import Capability
from wardflow.domain.register import Register
from wardflow.domain.staff import Absence, Fallback, Holding, Interest, Person
from wardflow.domain.units import Unit
from wardflow.errors import ChangeUnusable

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Prove:
    """A person can prove a capability; the same certificate again replaces its days, so that it can be made to end."""

    proof: Capability
    kind = "prove"

    def apply(self, register: Register) -> Register:
        """The register with the proof."""
        register.person(self.proof.person)
        proof = self.proof
        if proof.valid_from and proof.valid_to and proof.valid_to < proof.valid_from:
            raise ChangeUnusable(why="days-turned", problem="the last day of the certificate is before its first")
        same = (proof.person, proof.kind, proof.certificate)
        kept = (row for row in register.capabilities if (row.person, row.kind, row.certificate) != same)
        return replace(register, capabilities=(*kept, proof))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        until = self.proof.valid_to.isoformat() if self.proof.valid_to else ""
        told = {"needs": self.proof.kind, "certificate": self.proof.certificate, "until": until}
        return {**_who(register, self.proof.person), **told}


@dataclass(frozen=True, slots=True)
class Disprove:
    """A certificate is taken away; it counts no more, from now on."""

    person: str
    capability: str
    certificate: str
    kind = "disprove"

    def apply(self, register: Register) -> Register:
        """The register without the proof."""
        gone = (self.person, self.capability, self.certificate)
        kept = tuple(row for row in register.capabilities if (row.person, row.kind, row.certificate) != gone)
        _taken(kept, register.capabilities, "certificate")
        return replace(register, capabilities=kept)

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        return {**_who(register, self.person), "needs": self.capability, "certificate": self.certificate}


@dataclass(frozen=True, slots=True)
class Leave:
    """A person will be away, and who stands in; the same first day again replaces the absence."""

    absence: Absence
    kind = "leave"

    def apply(self, register: Register) -> Register:
        """The register with the absence; ChangeUnusable when it crosses another, or the substitute is nobody's."""
        away = self.absence
        register.person(away.person)
        if away.last < away.first:
            raise ChangeUnusable(why="days-turned", problem="the last day of the absence is before its first")
        if away.substitute == away.person:
            raise ChangeUnusable(why="own-substitute", problem="nobody stands in for themselves")
        if away.substitute:
            register.person(away.substitute)
        others = [row for row in register.absences if row.person == away.person and row.first != away.first]
        if any(row.first <= away.last and away.first <= row.last for row in others):
            raise ChangeUnusable(why="away-twice", problem="the person is already away on some of these days")
        kept = (row for row in register.absences if (row.person, row.first) != (away.person, away.first))
        return replace(register, absences=(*kept, away))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        days = {"from": self.absence.first.isoformat(), "until": self.absence.last.isoformat()}
        return {**_who(register, self.absence.person), **days, **_who(register, self.absence.substitute, "substitute")}


@dataclass(frozen=True, slots=True)
class Return:
    """A planned absence is struck out."""

    person: str
    first: date
    kind = "return"

    def apply(self, register: Register) -> Register:
        """The register without the absence."""
        kept = tuple(row for row in register.absences if (row.person, row.first) != (self.person, self.first))
        _taken(kept, register.absences, "absence")
        return replace(register, absences=kept)

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        return {**_who(register, self.person), "from": self.first.isoformat()}


@dataclass(frozen=True, slots=True)
class Appoint:
    """A person holds a role in a unit from now on."""

    holding: Holding
    kind = "appoint"

    def apply(self, register: Register) -> Register:
        """The register with the holding."""
        register.person(self.holding.person)
        register.unit(self.holding.unit)
        if not self.holding.role:
            raise ChangeUnusable(why="no-role", problem="no role is named")
        if self.holding in register.holdings_of(self.holding.person):
            raise ChangeUnusable(why="held-already", problem="the person holds this role there already")
        return replace(register, holdings=(*register.holdings, self.holding))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        held = self.holding
        return {**_who(register, held.person), "role": held.role, **register.unit(held.unit).facts()}


@dataclass(frozen=True, slots=True)
class Dismiss:
    """A person holds a role in a unit no more."""

    holding: Holding
    kind = "dismiss"

    def apply(self, register: Register) -> Register:
        """The register without the holding."""
        kept = tuple(row for row in register.holdings if row != self.holding)
        _taken(kept, register.holdings, "role")
        return replace(register, holdings=kept)

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        return Appoint(self.holding).facts(register)


@dataclass(frozen=True, slots=True)
class Enrol:
    """Somebody new comes, with a first role."""

    person: Person
    holding: Holding
    kind = "enrol"

    def apply(self, register: Register) -> Register:
        """The register with the person in the role."""
        if not self.person.id or not self.person.name:
            raise ChangeUnusable(why="no-name", problem="the person has no id or no name")
        if register.knows(self.person.id):
            raise ChangeUnusable(why="known-already", problem="the register knows somebody of that id")
        return Appoint(self.holding).apply(replace(register, people=(*register.people, self.person)))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        who = {"person": self.person.name, "person_id": self.person.id}
        return {**who, "role": self.holding.role, **register.unit(self.holding.unit).facts()}


@dataclass(frozen=True, slots=True)
class Found:
    """A new unit below another, on the level of that one."""

    unit: Unit
    kind = "found"

    def apply(self, register: Register) -> Register:
        """The register with the unit."""
        if not self.unit.id or not self.unit.name or self.unit.parent is None:
            raise ChangeUnusable(why="no-name", problem="the unit has no id, no name or nothing above it")
        if register.knows_unit(self.unit.id):
            raise ChangeUnusable(why="known-already", problem="the register knows a unit of that id")
        register.unit(self.unit.parent)
        return replace(register, units=(*register.units, self.unit))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        above = register.unit(self.unit.parent or "").facts("above")
        return {**self.unit.facts(), **above}


@dataclass(frozen=True, slots=True)
class Declare:
    """A person has to do with an applicant and keeps out of their matters; who the applicant is stays out of the audit."""

    interest: Interest
    kind = "declare"

    def apply(self, register: Register) -> Register:
        """The register with the interest."""
        register.person(self.interest.person)
        if not self.interest.applicant:
            raise ChangeUnusable(why="no-applicant", problem="no applicant is named")
        return replace(register, interests=(*(row for row in register.interests if row != self.interest), self.interest))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        return {**_who(register, self.interest.person), "interest": self.interest.kind}


@dataclass(frozen=True, slots=True)
class FallBack:
    """The unit that does what needs a capability nobody else can prove; an empty unit takes the rule away."""

    rule: Fallback
    kind = "fall_back"

    def apply(self, register: Register) -> Register:
        """The register with the rule in place of the one before."""
        if self.rule.unit:
            register.unit(self.rule.unit)
        kept = (row for row in register.fallbacks if row.needs != self.rule.needs)
        return replace(register, fallbacks=(*kept, *((self.rule,) if self.rule.unit else ())))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        unit = register.unit(self.rule.unit).facts() if self.rule.unit else {}
        return {"needs": self.rule.needs, **unit}


def _who(register: Register, person: str | None, as_: str = "person") -> Mapping[str, str]:
    return {as_: register.person(person).name, f"{as_}_id": person} if person else {}


def _taken(kept: tuple[Row, ...], before: tuple[Row, ...], what: str) -> None:
    if len(kept) == len(before):
        raise ChangeUnusable(why="gone", problem=f"there is no such {what}")
