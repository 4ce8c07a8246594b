"""The ledger of the areas: what each commune was given, how that stands, and what leaders noted about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case
from wardflow.cases.spots import Tally
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.families.areas import areas_of
from wardflow.families.assignment.matters import FAMILY, procedures

ENTRY = "area_entry"
"""The process of one observation."""
LEVELS = ("red", "amber", "green")
BLOCKED = "blocked"
NOTED = timedelta(days=31)
"""For how long an observation that is settled still shows."""
MOST = 2000


@dataclass(frozen=True, slots=True)
class Noted:
    """One observation of a leader on an area."""

    code: str
    topic: Words
    level: str
    finding: str
    source: str
    leader: str
    at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One commune: its assignments by how they stand, by sector, the next due date, and what was noted, the gravest first."""

    id: str
    name: Words
    given: int
    open: int
    overdue: int
    blocked: int
    in_time: int
    late: int
    next_due: datetime | None
    sectors: Mapping[str, int]
    noted: tuple[Noted, ...]

    @property
    def level(self) -> str:
        """The gravest level of what is still open; empty where nothing is."""
        return next((each.level for each in self.noted if each.open), "")


def ledger(platform: Platform, actor: Actor) -> tuple[Area, ...]:
    """The areas of the actor's units, every one for who works for the whole city; confidential assignments are counted nowhere."""
    areas, codes = areas_of(platform, actor), sorted(procedures(platform))
    if areas == () or not codes:
        return ()
    snapshot, noted = platform.snapshot(), _noted(platform, areas)
    tallies: dict[str, list[Tally]] = {}
    for tally in platform.store.spots.tally(areas or (), codes, platform.now()):
        tallies.setdefault(tally.area, []).append(tally)
    found = sorted({*tallies, *noted})
    rows = [_area(area, unit_words(snapshot, area), tallies.get(area, ()), noted.get(area, ())) for area in found]
    return tuple(sorted(rows, key=lambda row: (_grave(row.level), -row.overdue, row.name.vi)))


def _area(id: str, name: Words, tallies: Iterable[Tally], noted: Iterable[Noted]) -> Area:
    rows, sectors = list(tallies), dict[str, int]()
    for row in rows:
        sectors[row.kind] = sectors.get(row.kind, 0) + row.count
    return Area(
        id, name, given=sum(row.count for row in rows), open=sum(row.open for row in rows), overdue=sum(row.overdue for row in rows),
        blocked=sum(row.open for row in rows if row.state == BLOCKED), in_time=sum(row.in_time for row in rows),
        late=sum(row.late for row in rows), next_due=min((row.next_due for row in rows if row.next_due), default=None),
        sectors=dict(sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0]))),
        noted=tuple(sorted(noted, key=lambda each: (not each.open, _grave(each.level), each.code))),
    )


def _grave(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _noted(platform: Platform, areas: tuple[str, ...] | None) -> dict[str, list[Noted]]:
    """What was noted about each area: what is still open, and what was settled not long ago."""
    today = platform.snapshot().calendar.day_of(platform.now())
    offered = platform.library.procedures(today).values()
    matters = {m.procedure.code: m for m in offered if m.pack.family == FAMILY and m.procedure.process == ENTRY}
    units = [unit.id for unit in platform.register().units] if areas is None else list(areas)
    if not matters:
        return {}
    found: dict[str, list[Noted]] = {}
    for case in platform.store.worklist.decided_by(units, sorted(matters), platform.now() - NOTED, MOST):
        topics = (matters[case.procedure].opening_schema or {}).get("properties", {}).get("topic", {})
        form = peek(case.state).data.get("form")
        if isinstance(form, Mapping) and not case.places.kept_from:
            found.setdefault(str(form.get("area_commune")), []).append(_note(case, form, topics))
    return found


def _note(case: Case, form: Mapping[str, Any], topics: Mapping[str, Any]) -> Noted:
    topic = str(form.get("topic"))
    words = str(topics.get("x-enum", {}).get(topic, topic))
    english = topics.get("x-i18n", {}).get("en", {}).get("enum", {}).get(topic, words)
    # the state is the level it has now; before the first review it is the one that was noted
    level = case.business_state if case.business_state in LEVELS else str(form.get("level"))
    return Noted(
        case.code, Words(words, english), level, str(form.get("finding", "")), str(form.get("source", "")), str(form.get("leader", "")),
        case.opened_at, case.ended_at is None,
    )
