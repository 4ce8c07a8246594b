"""A city as its folder describes it: the register, the calendar, and the people one can be."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

from wardflow.demo.days import calendar_days
from wardflow.demo.delegations import instruments
from wardflow.demo.people import officials
from wardflow.demo.units import all_units, place_facts, read_places
from wardflow.domain.calendar import Day
from wardflow.domain.register import Authority, Capability, Fallback, Holding, Instrument, Person, Register, Unit


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody one can be in the demo; `applicant` is what a counter knows of a person who files."""

    id: str
    login: str
    name: str
    label: str
    label_en: str = ""
    holdings: tuple[Mapping[str, str], ...] = ()
    applicant: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class City:
    """Everything a register and a calendar are filled with."""

    units: tuple[Unit, ...]
    unit_facts: Mapping[str, Mapping[str, Any]]
    people: tuple[Person, ...]
    holdings: tuple[Holding, ...]
    authorities: tuple[Authority, ...]
    instruments: tuple[Instrument, ...]
    capabilities: tuple[Capability, ...]
    fallbacks: tuple[Fallback, ...]
    days: Mapping[date, Day]
    today: Day
    """the row that makes the day of the demo a working day when it is a day off, so that a desk has work due today"""
    personas: tuple[Persona, ...]
    password: str

    def register(self) -> Register:
        """The register these rows make."""
        return Register(
            1, self.units, self.people, self.holdings, self.authorities, capabilities=self.capabilities,
            instruments=self.instruments, fallbacks=self.fallbacks,
        )


def read_table(folder: Traversable, name: str) -> Mapping[str, Any]:
    """A TOML file of the folder."""
    return tomllib.loads(folder.joinpath(name).read_text("utf-8"))


def read_personas(folder: Traversable) -> tuple[Persona, ...]:
    """The people one can be."""
    rows = read_table(folder, "personas.toml")["persona"]
    return tuple(Persona(**{**row, "holdings": tuple(row.get("holdings", ()))}) for row in rows)


def read_city(folder: Traversable) -> City:
    """The city of the folder, the same each time."""
    described = read_table(folder, "city.toml")
    places = read_places(folder.joinpath(described["places"]).read_text("utf-8"))
    units = all_units(described, places)
    personas = read_personas(folder)
    made = tuple(officials(read_table(folder, "officials.toml"), units))
    return City(
        units=units,
        unit_facts=place_facts(described, places),
        people=(*(Person(one.id, one.name) for one in personas), *(person for person, _ in made)),
        holdings=(*(Holding(p.id, h["role"], h["unit"]) for p in personas for h in p.holdings), *(h for _, h in made)),
        authorities=tuple(_authority(row) for row in read_table(folder, "authorities.toml")["authority"]),
        instruments=instruments(read_table(folder, "delegations.toml")),
        capabilities=tuple(_proofs(read_table(folder, "capabilities.toml"))),
        fallbacks=tuple(Fallback(**row) for row in read_table(folder, "capabilities.toml")["fallback"]),
        days=calendar_days(read_table(folder, "calendar.toml")),
        today=Day.from_json(read_table(folder, "calendar.toml")["today"]),
        personas=personas,
        password=read_table(folder, "personas.toml")["password"],
    )


def _proofs(described: Mapping[str, Any]) -> Iterator[Capability]:
    for row in described["proof"]:
        for person in row["people"]:
            yield Capability(person, row["kind"], row["certificate"], row.get("valid_from"), row.get("valid_to"))


def _authority(row: Mapping[str, Any]) -> Authority:
    return Authority(row["procedure"], row["level"], row.get("unit"), row["instrument"], row["valid_from"], row.get("valid_to"))
