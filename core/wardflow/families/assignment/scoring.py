"""The rating of a month: each accountable person's finished assignments, scored and banded by the table of the installation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.families.assignment.matters import Assignment, assignments

MONTH = "assignment.month"
"""The decision table that scores a month."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored assignment: `points` are quality × time factor × weight."""

    assignment: Assignment
    points: float
    weight: float


@dataclass(frozen=True, slots=True)
class Rating:
    """A person's month: the score, its band, and the assignments it is made of."""

    person: str
    score: float
    band: str
    tasks: tuple[Scored, ...]


def month(platform: Platform, actor: Actor, first: date) -> tuple[Rating, ...]:
    """The ratings of the month that begins on `first`, best first; an assignment counts in the month its product was accepted."""
    calendar = platform.snapshot().calendar
    since, until = (calendar.at(day, time.min) for day in (first, following(first)))
    found = [
        Scored(each, float(each.data["points"]), float(each.said("rate", "weight")))
        for each in assignments(platform, actor, since)
        if each.case.stopped_at is not None and since <= each.case.stopped_at < until
        if each.data.get("points") is not None and each.said("rate", "weight")
    ]
    return rated(platform, sorted(actor.units), first, found)


def rated(platform: Platform, units: Sequence[str], on: date, scored: Iterable[Scored]) -> tuple[Rating, ...]:
    """The same for assignments that were found already, by the table in force for those units on that day."""
    by_person: dict[str, list[Scored]] = {}
    for each in scored:
        by_person.setdefault(each.assignment.person, []).append(each)
    plugins = platform.plugins
    adopted = plugins.adopted()
    digests = plugins.tables.digests(adopted, on, units)
    ratings = []
    for person, tasks in by_person.items():
        inputs = {"tasks": [{"points": each.points, "weight": each.weight} for each in tasks]}
        said: Mapping[str, Any] = plugins.tables.decide(adopted, digests, platform.now(), MONTH, inputs)
        ratings.append(Rating(person, float(said["score"]), str(said["band"]), tuple(tasks)))
    return tuple(sorted(ratings, key=lambda rating: (-rating.score, rating.person)))


def following(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
