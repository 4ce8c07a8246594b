"""The assignments that somebody may see, with what their forms say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.permissions import Question, may

FAMILY, PROCESS = "assignment", "assignment"
MOST = 5000
"""Assignments that one page looks at."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment and what its steps said so far."""

    case: Case
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What it is called; before it is registered, the matter of its source."""
        return str(self.said("register", "title") or self.said("form", "matter"))

    @property
    def lead_unit(self) -> str:
        """The unit that leads it now; empty before it is signed."""
        return str(self.said("charge", "lead_unit") or "")

    @property
    def person(self) -> str:
        """The one accountable person."""
        return str(self.said("register", "accountable_person") or "")

    def said(self, step: str, name: str) -> Any:
        """One answer of a step; None where it was not given."""
        answer = self.data.get(step)
        return answer.get(name) if isinstance(answer, Mapping) else None


def procedures(platform: Platform) -> dict[str, str]:
    """The catalogue records by which assignments run today, with the level that decides each."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    return {
        code: matter.procedure.level
        for code, matter in platform.library.procedures(today).items()
        if matter.pack.family == FAMILY and matter.procedure.process == PROCESS
    }


def assignments(platform: Platform, actor: Actor, ended_since: datetime) -> Sequence[Assignment]:
    """The open assignments of the actor's units and those finished since a moment; confidential ones only for their assigner."""
    register = platform.register()
    above = {parent for unit in actor.units if (parent := register.unit(unit).parent)}
    near = actor.units | {unit for unit in above if register.unit(unit).parent is not None}
    codes = sorted(procedures(platform))
    if not near or not codes:
        return ()
    cases = platform.store.worklist.decided_by(sorted(near | above), codes, ended_since, MOST)
    # what the top decides is seen by many; the briefing of a commune is about its own
    own = [case for case in cases if case.places.authority in near or case.places.office in actor.units]
    seen = [case for case in own if may(actor, "see_case", Question(case=case, register=register, heads=platform.library.matter_of(case).heads))]
    found = [Assignment(case, peek(case.state).data) for case in seen]
    return [each for each in found if not each.said("form", "confidential") or each.case.places.authority in actor.units]
