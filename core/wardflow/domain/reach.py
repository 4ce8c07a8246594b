"""How far a change of the register reaches: whose tasks, and which cases, have to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardflow.domain.instruments import Instrument
from wardflow.domain.register import Register
from wardflow.domain.register_changes import RegisterChange


@dataclass(frozen=True, slots=True)
class Reach:
    """Open tasks of these people, in these queues (unit, role), in cases these units decide or of these procedures.

    `running` is what a withdrawal says of running cases, for the procedures alone.
    """

    people: frozenset[str] = frozenset()
    queues: frozenset[tuple[str, str]] = frozenset()
    authorities: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    running: str = ""

    def __bool__(self) -> bool:
        return bool(self.people or self.queues or self.authorities or self.procedures)

    def __or__(self, other: Reach) -> Reach:
        """What either of them reaches."""
        return Reach(
            self.people | other.people, self.queues | other.queues, self.authorities | other.authorities,
            self.procedures | other.procedures, self.running or other.running,
        )

    def to_json(self) -> dict[str, Any]:
        """The reach as JSON values."""
        return {
            "people": sorted(self.people), "queues": sorted(map(list, self.queues)), "authorities": sorted(self.authorities),
            "procedures": sorted(self.procedures), "running": self.running,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Reach:
        """The reach that `to_json` wrote."""
        return cls(
            frozenset(stored["people"]), frozenset((unit, role) for unit, role in stored["queues"]),
            frozenset(stored["authorities"]), frozenset(stored["procedures"]), str(stored["running"]),
        )


def reach(before: Register, after: Register, change: RegisterChange) -> Reach:
    """What one change reaches: what the two registers say differently."""
    papers = set(before.instruments) ^ set(after.instruments)
    people = {row.person for row in set(before.capabilities) ^ set(after.capabilities)}
    people |= {row.person for row in set(before.absences) ^ set(after.absences)}
    people |= {row.person for row in set(before.interests) ^ set(after.interests)}
    moved = set(before.holdings) ^ set(after.holdings)
    rules = set(before.fallbacks) ^ set(after.fallbacks)
    found = _of_people(people | {row.person for row in moved}, before) | _of_people({row.person for row in moved}, after)
    found |= _of_people({row.person for rule in rules for row in after.capabilities if row.kind == rule.needs}, after)
    found |= Reach(authorities=frozenset(_homes({rule.unit for rule in rules if rule.unit}, after)))
    return found | _of_papers(papers, str(getattr(change, "running", "")))


def reach_of_days(register: Register, last: date, today: date) -> Reach:
    """What begins or ends between two days by itself: absences, certificates, instruments; the first day is over."""
    people = {row.person for row in register.absences if last < row.first <= today or last <= row.last < today}
    for proof in register.capabilities:
        begins = proof.valid_from is not None and last < proof.valid_from <= today
        if begins or (proof.valid_to is not None and last <= proof.valid_to < today):
            people.add(proof.person)
    for row in register.interests:
        begins = row.valid_from is not None and last < row.valid_from <= today
        if begins or (row.valid_to is not None and last <= row.valid_to < today):
            people.add(row.person)
    papers = [
        paper for paper in register.instruments
        if last < paper.valid_from <= today or (paper.last is not None and last <= paper.last < today)
    ]
    return _of_people(people, register) | _of_papers(papers, "")


def _of_people(people: Iterable[str], register: Register) -> Reach:
    """Their own tasks, the queues they share, and the cases of their units: a task may have gone to another unit for want of them."""
    who = frozenset(people)
    held = [row for person in who for row in register.holdings_of(person)]
    queues = frozenset((row.unit, row.role) for row in held)
    return Reach(who, queues, frozenset(_homes({row.unit for row in held}, register)))


def _homes(units: Iterable[str], register: Register) -> Iterable[str]:
    """The units below the city to which these belong; the city itself decides for nobody's office."""
    for unit in units:
        line = register.up(unit)
        yield from (above.id for above in (line if len(line) == 1 else line[:-1]))


def _of_papers(papers: Iterable[Instrument], running: str) -> Reach:
    return Reach(procedures=frozenset(item.procedure for paper in papers for item in paper.items), running=running)
