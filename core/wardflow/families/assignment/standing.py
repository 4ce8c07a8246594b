"""How a unit's assignments stand: what is open, what was done early, on time and late, by axis, field and commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.families.assignment.matters import Assignment, assignments

BLOCKED = "blocked"
EARLY, ON_TIME, LATE = "early", "on_time", "late"
"""How the table of the pack calls a product by the day it was handed in; one closed without a product is none of them."""
SORTED = ("axis", "field", "area_commune")
"""What its opening form sorts an assignment by."""


@dataclass(frozen=True, slots=True)
class Count:
    """Some assignments, counted: shares are of those whose product was accepted or refused for good, in percent to one decimal."""

    total: int
    open: int
    overdue: int
    blocked: int
    done: int
    early: int
    on_time: int
    late: int
    days_late: int
    """calendar days from the due day to the day the product was handed in, of all late ones together"""

    @property
    def in_time_percent(self) -> float | None:
        """Early or on the day; None where nothing is done."""
        return _percent(self.early + self.on_time, self.done)

    @property
    def early_percent(self) -> float | None:
        """Before the day; None where nothing is done."""
        return _percent(self.early, self.done)

    @property
    def mean_days_late(self) -> float | None:
        """Of those that were late, to one decimal; None where none was."""
        return round(self.days_late / self.late, 1) if self.late else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything counted, how many there are in each state, and the same for each axis, field and commune, the most first."""

    whole: Count
    states: Mapping[str, int]
    by: Mapping[str, Mapping[str, Count]]


def standing(platform: Platform, actor: Actor, first: date) -> Standing:
    """The assignments of the actor's units that are open or ended since the day `first`; confidential ones only for their assigner."""
    since = platform.snapshot().calendar.at(first, time.min)
    return counted(assignments(platform, actor, since), platform.now())


def counted(found: Sequence[Assignment], now: datetime) -> Standing:
    """The same for assignments that were found already."""
    states = Counter(each.case.business_state for each in found)
    return Standing(count(found, now), dict(states.most_common()), {name: _sorted(found, name, now) for name in SORTED})


def count(found: Iterable[Assignment], now: datetime) -> Count:
    """These assignments, counted."""
    rows = list(found)
    open_ = [each.case for each in rows if each.case.ended_at is None and each.case.stopped_at is None]
    timing = Counter(str(each.data["timing"]) for each in rows if each.data.get("timing"))
    return Count(
        total=len(rows), open=len(open_), overdue=sum(case.due is not None and case.due < now for case in open_),
        blocked=sum(case.business_state == BLOCKED for case in open_), done=timing.total(), early=timing[EARLY], on_time=timing[ON_TIME],
        late=timing[LATE], days_late=sum(_days_late(each) for each in rows if each.data.get("timing") == LATE),
    )  # fmt: skip


def _sorted(found: Sequence[Assignment], name: str, now: datetime) -> Mapping[str, Count]:
    groups: dict[str, list[Assignment]] = {}
    for each in found:
        groups.setdefault(str(each.said("form", name) or ""), []).append(each)
    names = sorted(groups, key=lambda key: (-len(groups[key]), key))
    return {key: count(groups[key], now) for key in names}


def _days_late(each: Assignment) -> int:
    """From the due day it was given with to the day its product was handed in; 0 where a version of the pack did not keep them."""
    try:
        return (date.fromisoformat(str(each.data["submitted_on"])[:10]) - date.fromisoformat(str(each.said("charge", "due"))[:10])).days
    except (KeyError, ValueError):
        return 0


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
