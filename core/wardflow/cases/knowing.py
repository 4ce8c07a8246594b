"""What the rules of the field may know of the place they are asked at: its units, its calendar, the day of filing, other cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardflow.cases.legal_time import calendar_of
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, TaskStatus
from wardflow.cases.secrecy import value_at
from wardflow.engine import peek
from wardflow.offers import NamedCase
from wardflow.packs import Procedure


@dataclass(frozen=True, slots=True)
class Begun:
    """What a case keeps of its beginning: the thresholds of that day, and the moment it was filed."""

    thresholds: Mapping[str, Any]
    filed: datetime


def known_at(platform: Platform, procedure: Procedure, unit: str) -> dict[str, Any]:
    """What rules may know before there is a case, in the unit that would decide it."""
    snapshots = platform.snapshots
    return {"units": snapshots.line(unit), "calendar": calendar_of(unit, procedure, snapshots.held())}


def known_of(platform: Platform, procedure: Procedure, unit: str, data: Mapping[str, Any], begun: Begun | None) -> dict[str, Any]:
    """What rules about a case may know, whose data as they stand are given; None for one that is only talked of."""
    known = {**known_at(platform, procedure, unit), "case": data}
    if begun is None:
        return known
    filed = begun.filed.astimezone(platform.settings.zone).date()
    return {**known, "settings": begun.thresholds, "filed": filed, "named": _named(platform, procedure.code, unit)}


def known_in(platform: Platform, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a case that is there."""
    procedure = platform.library.matter_of(case).procedure
    begun = Begun(platform.library.thresholds_of(case), case.opened_at)
    return {**known_of(platform, procedure, case.places.authority, data, begun), "done_on": _done_on(platform, case.id)}


def _done_on(platform: Platform, case_id: int) -> Callable[[str], date | None]:
    """Answers with the day on which a step was last done; the tasks are read only when a rule asks, and once."""
    days: dict[str, date] | None = None

    def done_on(step: str) -> date | None:
        nonlocal days
        if days is None:
            tasks = (task for task in platform.store.papers.tasks(case_id) if task.status is TaskStatus.DONE)
            closed = sorted((task.closed_at, task.node) for task in tasks if task.closed_at)
            days = {node: at.astimezone(platform.settings.zone).date() for at, node in closed}
        return days.get(step)

    return done_on


def _named(platform: Platform, asking: str, unit: str) -> Callable[[str], NamedCase | None]:
    """Answers with the case of a code as far as its package shows it to this procedure, each asked for once."""
    seen: dict[str, NamedCase | None] = {}

    def named(code: str) -> NamedCase | None:
        wanted = code.strip() if platform.plugins.shown_to(asking) else ""
        if wanted and wanted not in seen:
            seen[wanted] = _shown(platform, platform.store.cases.named(wanted), asking, unit)
        return seen.get(wanted)

    return named


def _shown(platform: Platform, case: Case | None, asking: str, unit: str) -> NamedCase | None:
    """Nothing where no such case is, where it is confidential, elsewhere in the city, or not shown to this procedure."""
    shown = None if case is None else platform.plugins.shown_to(asking).get(case.procedure)
    if case is None or shown is None or case.places.kept_from:
        return None
    line = platform.snapshots.line
    if case.places.authority not in line(unit) and unit not in line(case.places.authority):
        return None
    data, zone = peek(case.state).data, platform.settings.zone
    facts = {pointer: value for pointer in shown.facts if (value := value_at(data, pointer)) is not None}
    ended = None if case.finished_at is None else case.finished_at.astimezone(zone).date()
    return NamedCase(
        case.code, case.procedure, case.places.authority, case.business_state, case.outcome,
        case.opened_at.astimezone(zone).date(), ended, facts,
    )  # fmt: skip
