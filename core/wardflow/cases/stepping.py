"""How a case takes a step: the engine with what it may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.legal_time import calendar_of
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.snapshots import Snapshot
from wardflow.engine import Event, Host, Step, advance


def host(platform: Platform, matter: Matter, snapshot: Snapshot, authority: str = "") -> Host:
    """What the engine may ask while it steps: the calendar of the unit that decides and the decision tables of the pack."""
    calendar = calendar_of(authority, matter.procedure, snapshot) if authority else snapshot.calendar

    def decide(decision: str, inputs: Mapping[str, Any]) -> Any:
        return matter.pack.decide(decision, inputs, calendar=calendar, now=platform.now())

    return Host(calendar=calendar, decide=decide)


def step_on(platform: Platform, matter: Matter, snapshot: Snapshot, case: Case, event: Event) -> Step:
    """The step that an event leads to, by the calendar of the unit that decides today, where the case moved meanwhile too."""
    return advance(matter.definition, case.state, event, platform.now(), host(platform, matter, snapshot, case.places.authority))


def step_further(platform: Platform, matter: Matter, snapshot: Snapshot, step: Step, event: Event) -> Step:
    """The step that an event leads to in the same act as another one."""
    authority = step.data["places"]["authority"]
    return advance(matter.definition, step.state, event, platform.now(), host(platform, matter, snapshot, authority))
