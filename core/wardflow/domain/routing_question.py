"""What is asked when a task needs somebody, and what is answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence
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
    kept_from: tuple[str, ...] = ()
    """units and people who must not know of the case; a case with any of them is confidential"""

    def to_json(self) -> dict[str, Any]:
        """The places as JSON values; most cases are kept from nobody, and do not say so."""
        stored = self.named()
        return {**stored, "kept_from": list(self.kept_from)} if stored.pop("kept_from") else stored

    def named(self) -> dict[str, Any]:
        """The places by their names, as expressions see them."""
        return {name: getattr(self, name) for name in self.__slots__}


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
class NextHolder:
    """Who does it by rule when nobody in the unit can; without a role, those who hold the same role there."""

    unit: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Who is to do this: a role in a unit, perhaps a person by name, and who must not.

    `rule` is the word that chose the unit; with "applicant" it is the applicant's own step, done by nobody else
    or at a counter in their name. Nobody decides on their own application. `needs` are kinds of capability all of
    which a person must have proof of; `recused` gives the reason why a person keeps out of it.
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
    needs: tuple[str, ...] = ()
    recused: Mapping[str, Reason] = field(default_factory=dict, hash=False)
    next_holders: tuple[NextHolder, ...] = ()

    @property
    def excluded(self) -> frozenset[str]:
        """Who must not do it: those of the four-eyes rule, the applicant, and who is recused."""
        return frozenset(self.not_by) | ({self.applicant} if self.applicant else frozenset()) | self.recused.keys()


@dataclass(frozen=True, slots=True)
class Route:
    """Who it is: one person, or everybody in `people` who may claim it, or nobody; with the five reasons.

    `owner` is the unit that keeps the matter and its clock, also when another one does the work.
    """

    unit: str
    role: str
    person: str | None
    reasons: tuple[Reason, ...]
    people: tuple[str, ...] = ()
    owner: str = ""

    @property
    def found(self) -> bool:
        """False when nobody can do it, which is an incident for whoever asked."""
        return not any(reason.code == "routing.nobody" for reason in self.reasons)
