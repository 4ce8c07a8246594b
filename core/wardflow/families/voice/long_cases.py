"""The register of complex, long cases, and the matters that have been open for longer than any limit of their procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import clock, procedure_words, state_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.families.areas import areas_of
from wardflow.families.voice.matters import procedures
from wardflow.permissions import Question, may

PROCESS = "long_case"
DAY = timedelta(days=1)
MOST = 2000
"""Lines that a page or a file can hold."""
KEPT = timedelta(days=731)
"""For how long settled cases stay in the register."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One line of the register: the matter, who answers for it, and by when it must be settled."""

    case: Case
    area: Words
    subject: str
    leader: str
    lead_agency: Words
    responsible: str
    due_quarter: str
    steps: int
    state: Words
    open: bool
    """whether the reader may open its page"""

    @property
    def settled(self) -> bool:
        """Whether it is settled for good."""
        return self.case.outcome == "settled"


@dataclass(frozen=True, slots=True)
class Overlong:
    """A matter that is open after the last day to which its limit could have been extended; `registered` is its line in the register."""

    case: Case
    procedure: Words
    authority: Words
    state: Words
    longest: datetime
    days: int
    registered: bool


def register(platform: Platform, actor: Actor) -> tuple[Registered, ...]:
    """The register of the actor's communes, of the whole city for who works at its level: open ones first, by quarter."""
    snapshot, areas = platform.snapshot(), areas_of(platform, actor)
    found = [_registered(platform, actor, case, snapshot) for case in _kept(platform)]
    rows = [(row, place) for row, place in found if areas is None or place in areas]
    return tuple(row for row, _ in sorted(rows, key=lambda pair: (pair[0].settled, pair[0].due_quarter or "9", pair[0].case.code)))


def overlong(platform: Platform, actor: Actor) -> tuple[Overlong, ...]:
    """The open matters that are at least a day past every limit, the oldest first; confidential ones are nobody's to count."""
    snapshot, areas, now = platform.snapshot(), areas_of(platform, actor), platform.now()
    units = [unit.id for unit in snapshot.register.units] if areas is None else list(areas)
    codes = [code for code, matter in procedures(platform).items() if matter.procedure.process != PROCESS]
    if not units or not codes:
        return ()
    registered = {str(_form(case).get("about", "")) for case in _kept(platform)}
    found = []
    for case in platform.store.worklist.open_since(units, codes, now, MOST):
        matter = platform.library.matter_of(case)
        last = longest(case, matter, snapshot)
        if case.places.kept_from or case.stopped_at is not None or last > now - DAY:
            continue
        found.append(
            Overlong(
                case, procedure_words(matter), unit_words(snapshot, case.places.authority), state_words(matter, case.business_state),
                last, (now - last).days, case.code in registered,
            )
        )
    return tuple(found)


def longest(case: Case, matter: Matter, snapshot: Snapshot) -> datetime:
    """The last moment to which a case could lawfully last: its limit, and every extension that its record allows."""
    legal = clock(case, matter, snapshot)
    calendar = legal.calendar
    end = calendar.end(legal.started or case.opened_at, legal.limit)
    rules = matter.extension.rules if matter.extension else None
    if rules is not None and rules.longest is not None:
        for _ in range(rules.times or 1):
            end = calendar.end(end, rules.longest)
    # a date that was set beyond that holds all the same
    return max(end, case.due) if case.due is not None else end


def _kept(platform: Platform) -> list[Case]:
    """Every case of the register that is open, or was settled not long ago."""
    codes = [code for code, matter in procedures(platform).items() if matter.procedure.process == PROCESS]
    if not codes:
        return []
    top = [unit.id for unit in platform.register().units if unit.parent is None]
    return list(platform.store.worklist.decided_by(top, codes, platform.now() - KEPT, MOST))


def _registered(platform: Platform, actor: Actor, case: Case, snapshot: Snapshot) -> tuple[Registered, str]:
    data, matter = peek(case.state).data, platform.library.matter_of(case)
    form, charge = _table(data, "form"), _table(data, "charge")
    place, agency = str(form.get("place", "")), str(charge.get("lead_agency", ""))
    units = frozenset(task.unit for task in platform.store.papers.tasks(case.id)) if case.status is CaseStatus.OPEN else frozenset()
    return Registered(
        case, unit_words(snapshot, place), str(form.get("subject", "")), str(charge.get("leader", "")),
        unit_words(snapshot, agency) if agency else Words("", ""), str(charge.get("responsible", "")), str(charge.get("due_quarter", "")),
        len(_table(data, "plan").get("steps", ())), state_words(matter, case.business_state),
        may(actor, "see_case", Question(case, units=units, register=snapshot.register)),
    ), place


def _form(case: Case) -> Mapping[str, Any]:
    return _table(peek(case.state).data, "form")


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}
