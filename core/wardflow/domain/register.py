"""The register: units, people, who holds which role where, and which unit holds which power since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from wardflow.domain.authority import Authority, Competence, competence
from wardflow.domain.capability import Capability
from wardflow.domain.units import Level, Unit
from wardflow.errors import AuthorityUnknown, PersonUnknown, RegisterBroken, UnitUnknown

__all__ = ["Absence", "Authority", "Capability", "Competence", "Holding", "Level", "Person", "Register", "Unit"]

Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can hold a role or be given a task."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One person holds one role in one unit."""

    person: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from the first to the last day, both included, and somebody may stand in."""

    person: str
    first: date
    last: date
    substitute: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """All of it at one revision, immutable; a change is a new register with a higher revision."""

    revision: int
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    holdings: tuple[Holding, ...] = ()
    authorities: tuple[Authority, ...] = ()
    absences: tuple[Absence, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    _units: dict[str, Unit] = field(init=False, repr=False)
    _people: dict[str, Person] = field(init=False, repr=False)
    _children: dict[str | None, tuple[Unit, ...]] = field(init=False, repr=False)
    _holders: dict[tuple[str, str], tuple[Person, ...]] = field(init=False, repr=False)
    _holdings: dict[str, tuple[Holding, ...]] = field(init=False, repr=False)
    _held_in: dict[str, tuple[Holding, ...]] = field(init=False, repr=False)
    _authorities: dict[str, tuple[Authority, ...]] = field(init=False, repr=False)
    _absences: dict[str, tuple[Absence, ...]] = field(init=False, repr=False)
    _capabilities: dict[tuple[str, str], tuple[Capability, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        indexes: dict[str, Any] = {
            "_units": {unit.id: unit for unit in self.units},
            "_people": {person.id: person for person in self.people},
            "_children": _grouped(self.units, lambda unit: unit.parent),
            "_holdings": _grouped(self.holdings, lambda held: held.person),
            "_held_in": _grouped(self.holdings, lambda held: held.unit),
            "_authorities": _grouped(self.authorities, lambda row: row.procedure),
            "_absences": _grouped(self.absences, lambda row: row.person),
            "_capabilities": _grouped(self.capabilities, lambda row: (row.person, row.kind)),
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, index)
        self._refuse_broken_links()
        held = _grouped(self.holdings, lambda held: (held.role, held.unit))
        # Sorted once: routing asks for holders at every task, the register changes a few times a day.
        by_id = {key: tuple(sorted((self._people[row.person] for row in rows), key=_id)) for key, rows in held.items()}
        object.__setattr__(self, "_holders", by_id)

    def _refuse_broken_links(self) -> None:
        for unit in self.units:
            self._up(unit.id)
        for held in self.holdings:
            if held.person not in self._people or held.unit not in self._units:
                problem = f"{held.person} holds {held.role} in {held.unit}, and one of them is missing"
                raise RegisterBroken(problem=problem)

    @classmethod
    def from_rows(
        cls,
        revision: int,
        *,
        units: Iterable[Mapping[str, Any]] = (),
        people: Iterable[Mapping[str, Any]] = (),
        holdings: Iterable[Mapping[str, Any]] = (),
        authorities: Iterable[Mapping[str, Any]] = (),
        absences: Iterable[Mapping[str, Any]] = (),
        capabilities: Iterable[Mapping[str, Any]] = (),
    ) -> Register:
        """The register made of plain rows whose keys are the names of the fields."""
        return cls(
            revision,
            tuple(Unit(**row) for row in units),
            tuple(Person(**row) for row in people),
            tuple(Holding(**row) for row in holdings),
            tuple(Authority(**row) for row in authorities),
            tuple(Absence(**row) for row in absences),
            tuple(Capability(**row) for row in capabilities),
        )

    # --- units ---

    def unit(self, id: str) -> Unit:
        """The unit of that id."""
        try:
            return self._units[id]
        except KeyError:
            raise UnitUnknown(unit=id) from None

    def children(self, id: str) -> tuple[Unit, ...]:
        """The units directly below."""
        return self._children.get(id, ())

    def within(self, id: str) -> frozenset[str]:
        """The ids of the unit and of everything below it."""
        found, waiting = set[str](), [self.unit(id).id]
        while waiting:
            found.add(waiting[-1])
            waiting.extend(child.id for child in self.children(waiting.pop()))
        return frozenset(found)

    def has(self, unit: str) -> bool:
        """True when the unit is in the register."""
        return unit in self._units

    def up(self, id: str) -> tuple[Unit, ...]:
        """The unit, its parent, and so on to the top."""
        return self._up(self.unit(id).id)

    def _up(self, id: str) -> tuple[Unit, ...]:
        line: list[Unit] = []
        above: str | None = id
        while above is not None:
            unit = self._units.get(above)
            if unit is None or unit in line:
                raise RegisterBroken(problem=f"the units above {id} end in a missing unit or in a circle")
            line.append(unit)
            above = unit.parent
        return tuple(line)

    # --- people ---

    def person(self, id: str) -> Person:
        """The person of that id."""
        try:
            return self._people[id]
        except KeyError:
            raise PersonUnknown(person=id) from None

    def knows(self, person: str) -> bool:
        """True when the person is in the register; applicants need not be."""
        return person in self._people

    def holders(self, role: str, unit: str) -> tuple[Person, ...]:
        """Everybody who holds the role in exactly that unit, in the order of their ids."""
        return self._holders.get((role, unit), ())

    def holdings_of(self, person: str) -> tuple[Holding, ...]:
        """What the person holds."""
        return self._holdings.get(person, ())

    def held_in(self, unit: str) -> tuple[Holding, ...]:
        """Everything held in exactly that unit."""
        return self._held_in.get(unit, ())

    def absence(self, person: str, on: date) -> Absence | None:
        """The absence of the person on that day, None when they are there."""
        return next((row for row in self._absences.get(person, ()) if row.first <= on <= row.last), None)

    def capability(self, person: str, kind: str, on: date) -> Capability | None:
        """What proves that the person can do this on that day; None when nothing does, or no longer."""
        return next((row for row in self._capabilities.get((person, kind), ()) if row.holds_on(on)), None)

    def lapsed(self, person: str, kind: str, on: date) -> Capability | None:
        """The latest proof that has run out by that day, None when there never was one."""
        past = [row for row in self._capabilities.get((person, kind), ()) if row.valid_to is not None and row.valid_to < on]
        return max(past, key=lambda row: (str(row.valid_to), row.certificate), default=None)

    # --- power ---

    def authority(self, procedure: str, level: str, place: str, on: date) -> Competence:
        """The unit that decides the procedure for an object at that place on that day."""
        if place not in self._units:
            raise AuthorityUnknown(procedure=procedure, place=place)
        rows = [row for row in self._authorities.get(procedure, ()) if row.holds_on(on)]
        return competence(rows, level, self._up(place), self._units, procedure)


def _id(person: Person) -> str:
    return person.id


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(group) for name, group in groups.items()}
