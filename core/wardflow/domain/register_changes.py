"""What changes a register: each change makes a new register of the old one, or says why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wardflow.domain.instruments import Instrument
from wardflow.domain.naming_changes import Depart, RenamePerson, RenameUnit
from wardflow.domain.overlaps import two_leads
from wardflow.domain.register import Register
from wardflow.domain.staff_changes import (
    Appoint,
    Declare,
    Dismiss,
    Disprove,
    Enrol,
    FallBack,
    Found,
    Leave,
    Prove,
    Return,
)
from wardflow.errors import ChangeUnusable, TwoLeads

__all__ = [
    "RUNNING",
    "Appoint",
    "Declare",
    "Depart",
    "Dismiss",
    "Disprove",
    "Enrol",
    "FallBack",
    "Found",
    "Grant",
    "Leave",
    "Prove",
    "RegisterChange",
    "RenamePerson",
    "RenameUnit",
    "Return",
    "Withdraw",
]

RUNNING = ("", "keep", "follow")
"""What a withdrawal says of running cases: nothing (then each procedure says it), they keep their authority, they follow."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A new instrument; its number in the register is given here, whatever it carries."""

    paper: Instrument
    kind = "grant"

    def apply(self, register: Register) -> Register:
        """The register with the paper; TwoLeads where another paper gives the same matter to another unit."""
        paper = replace(self.paper, id=max((known.id for known in register.instruments), default=0) + 1)
        for unit in (paper.delegator, *paper.delegates):
            register.unit(unit)
        units = {unit.id: unit for unit in register.units}
        for known in register.instruments:
            if procedure := next(two_leads(known, paper, units), None):
                lead = units[paper.delegates[0]].name if paper.delegates else paper.level
                other = units[known.delegates[0]].name if known.delegates else known.level
                raise TwoLeads(number=paper.number, procedure=procedure, unit=lead, other=other, paper=known.number)
        return replace(register, instruments=(*register.instruments, paper))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        paper = self.paper
        return {"instrument": paper.number, "form": paper.form, "since": paper.valid_from.isoformat(), "n": len(paper.items)}


@dataclass(frozen=True, slots=True)
class Withdraw:
    """An instrument holds no more from a day on, by another paper; `running` is one of RUNNING."""

    paper: int
    since: date
    by: str
    running: str = ""
    kind = "withdraw"

    def apply(self, register: Register) -> Register:
        """The register in which the paper ends the day before."""
        paper = register.instrument(self.paper)
        if self.running not in RUNNING:
            raise ChangeUnusable(why="running-unknown", problem=f"running cases cannot {self.running}")
        if not paper.holds_on(self.since) and paper.valid_from < self.since:
            raise ChangeUnusable(why="not-in-force", problem=f"{paper.number} is not in force on {self.since:%d/%m/%Y}")
        ended = replace(paper, withdrawn_from=self.since, withdrawn_by=self.by)
        return replace(register, instruments=tuple(ended if one == paper else one for one in register.instruments))

    def facts(self, register: Register) -> dict[str, Any]:
        """What the audit and the pages tell of it."""
        paper = register.instrument(self.paper)
        facts = {"instrument": paper.number, "paper": paper.id, "since": self.since.isoformat(), "by_paper": self.by}
        return {**facts, "running": self.running}


RegisterChange = (
    Grant | Withdraw | Prove | Disprove | Leave | Return | Appoint | Dismiss | Enrol | Found | Declare | FallBack | RenameUnit
    | RenamePerson | Depart
)
