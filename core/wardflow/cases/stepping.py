"""How a case takes a step: the engine with what it may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.snapshots import Snapshot
from wardflow.engine import Event, Host, Step, advance


def host(platform: Platform, matter: Matter, snapshot: Snapshot) -> Host:
    """What the engine may ask while it steps: the calendar of the city and the decision tables of the pack."""

    def decide(decision: str, inputs: Mapping[str, Any]) -> Any:
        return matter.pack.decide(decision, inputs, calendar=snapshot.calendar, now=platform.now())

    return Host(calendar=snapshot.calendar, decide=decide)


def step_on(platform: Platform, matter: Matter, snapshot: Snapshot, state: bytes, event: Event) -> Step:
    """The step that an event leads to."""
    return advance(matter.definition, state, event, platform.now(), host(platform, matter, snapshot))
