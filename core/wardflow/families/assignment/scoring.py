"""The rating of a month: each accountable person's finished assignments, scored and banded by the table of the installation."""

from __future__ import annotations

from collections import Counter
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

    @property
    def quality(self) -> float:
        """From 0 to 100; what the chair decided holds where the score was contested."""
        decided = self.assignment.said("decide_contest", "quality")
        return float(self.assignment.said("rate", "quality") if decided is None else decided)

    @property
    def factor(self) -> float:
        """The time factor: more than 1 for early, less for late, 0 for what was not done."""
        return float(self.assignment.data.get("time_factor", 0))


@dataclass(frozen=True, slots=True)
class Rating:
    """A person's month: the score, its band, and the assignments it is made of."""

    person: str
    score: float
    band: str
    tasks: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the rated persons are in a band, and their share in percent to two decimals."""

    band: str
    count: int
    percent: float


def month(platform: Platform, actor: Actor, first: date) -> tuple[Rating, ...]:
    """The ratings of the month that begins on `first`, best first; an assignment counts in the month its product was accepted."""
    calendar = platform.snapshot().calendar
    since, until = (calendar.at(day, time.min) for day in (first, following(first)))
    found = [
        Scored(each, float(each.data["points"]), weight)
        for each in assignments(platform, actor, since)
        if each.case.stopped_at is not None and since <= each.case.stopped_at < until
        if each.data.get("points") is not None and (weight := _weight(each))
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


def shares(ratings: Sequence[Rating]) -> tuple[Share, ...]:
    """The bands in the order of the ratings, the best first, each with its share of the persons rated (indicator T11)."""
    bands = Counter(rating.band for rating in ratings)
    return tuple(Share(band, count, round(100 * count / len(ratings), 2)) for band, count in bands.items())


def _weight(each: Assignment) -> float:
    """The weight it was given with; a version of the pack that asked for it again while scoring counted with that."""
    return float(each.said("rate", "weight") or each.said("register", "kpi_weight") or 0)


def following(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
