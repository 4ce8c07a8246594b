"""What changes the names in a register, and who is in it: a unit or a person called otherwise, a person who goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wardflow.domain.register import Register
from wardflow.domain.staff import Person
from wardflow.domain.units import Unit
from wardflow.errors import ChangeUnusable


@dataclass(frozen=True, slots=True)
class RenameUnit:
    """A unit is called otherwise; its id, its people and its cases stay, and papers already issued keep the old name."""

    unit: str
    name: str
    name_en: str
    kind = "rename_unit"

    def apply(self, register: Register) -> Register:
        """The register with the name; ChangeUnusable for none, or for the one it has."""
        old = register.unit(self.unit)
        new = replace(old, name=self.name, name_en=self.name_en or old.name_en)
        _another(self.name, new == old)
        return replace(register, units=tuple(new if one.id == old.id else one for one in register.units))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        old: Unit = register.unit(self.unit)
        return {**old.facts(), "named": self.name, "named_en": self.name_en or old.name_en}


@dataclass(frozen=True, slots=True)
class RenamePerson:
    """A person is called otherwise; everything they hold and did stays theirs."""

    person: str
    name: str
    kind = "rename_person"

    def apply(self, register: Register) -> Register:
        """The register with the name; ChangeUnusable for none, or for the one they have."""
        old = register.person(self.person)
        _another(self.name, self.name == old.name)
        people = tuple(Person(one.id, self.name) if one.id == old.id else one for one in register.people)
        return replace(register, people=people)

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        return {"person": register.person(self.person).name, "person_id": self.person, "named": self.name}


@dataclass(frozen=True, slots=True)
class Depart:
    """A person goes: they hold no role any more and stand in for nobody; what they did keeps their name."""

    person: str
    kind = "depart"

    def apply(self, register: Register) -> Register:
        """The register without their roles and absences; ChangeUnusable where they hold nothing."""
        register.person(self.person)
        kept = tuple(row for row in register.holdings if row.person != self.person)
        if len(kept) == len(register.holdings):
            raise ChangeUnusable(why="departed", problem="the person holds no role any more")
        absences = (row for row in register.absences if row.person != self.person)
        alone = tuple(replace(row, substitute=None) if row.substitute == self.person else row for row in absences)
        return replace(register, holdings=kept, absences=alone)

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        held = register.holdings_of(self.person)
        return {"person": register.person(self.person).name, "person_id": self.person, "n": len(held)}


def _another(name: str, same: bool) -> None:
    if not name.strip():
        raise ChangeUnusable(why="no-new-name", problem="no name is given")
    if same:
        raise ChangeUnusable(why="named-already", problem="it is called so already")
