"""Open reports about the same thing: of the same kind, near by, sent shortly before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from wardflow.cases.listening import messages
from wardflow.cases.merge_case import MERGED
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.spots import Spot
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may

METRES, HOURS = "voice.duplicate_metres", "voice.duplicate_hours"
"""The thresholds: how far apart and how long apart two reports of one kind are still about the same thing."""
EARTH = 6_371_000.0
"""Mean radius in metres."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An open report that may be about the same thing, and how many metres away it is."""

    code: str
    metres: int
    opened_at: datetime


def alike(platform: Platform, actor: Actor, code: str) -> tuple[Alike, ...]:
    """The earlier open reports into which a case may be merged now, nearest first; none where it no longer can be."""
    case = platform.store.cases.load(platform.store.cases.id_of(code)).case
    here = platform.store.spots.of(case.id)
    if here is None or case.status is CaseStatus.ENDED or MERGED not in messages(platform.library.matter_of(case).definition, case.state):
        return ()
    on = platform.now().astimezone(platform.settings.zone).date()
    limits = platform.plugins.settings(on, [case.places.authority])
    since = case.opened_at - timedelta(hours=float(limits[HOURS]))
    register = platform.register()
    near = [
        Alike(other.code, round(far), other.opened_at)
        for there, other in platform.store.spots.like(case.id, since, case.opened_at)
        if other.id < case.id and (far := metres(here, there)) is not None and far <= float(limits[METRES])
        if may(actor, "see_case", Question(other, units=_units(platform, other), register=register))
    ]
    return tuple(sorted(near, key=lambda each: (each.metres, each.code)))


def metres(one: Spot, other: Spot) -> float | None:
    """How far two spots are apart along the earth; None where either place is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    part = sin(north) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east) ** 2
    return 2 * EARTH * asin(sqrt(part))


def _units(platform: Platform, case: Case) -> frozenset[str]:
    return frozenset(task.unit for task in platform.store.papers.tasks(case.id))
