"""What is wrong among the instruments of a register: two leads for one matter, the same power twice, days without a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardflow.domain.instruments import Instrument
from wardflow.domain.reasons import Reason
from wardflow.domain.units import Level, Unit

DAY = timedelta(days=1)
EVER = date.max


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend: about which procedure, between which papers, on which days (the last one open for None)."""

    kind: str
    procedure: str
    papers: tuple[int, ...]
    first: date
    last: date | None
    reason: Reason


def two_leads(one: Instrument, other: Instrument, units: Mapping[str, Unit]) -> Iterator[str]:
    """The procedures that both papers, on the same day and for the same place, give to different units.

    A delegate who passes the power on leads no more, so a paper and the one that builds on it do not clash.
    """
    if not _same_days(one, other) or _passes_on(one, other) or _passes_on(other, one):
        return
    if _apart(one, other, units) or not _differ(one, other, units):
        return
    mine = {item.procedure for item in one.items}
    yield from (item.procedure for item in other.items if item.procedure in mine)


def troubles(papers: Sequence[Instrument], units: Mapping[str, Unit], on: date) -> tuple[Trouble, ...]:
    """Everything to mend from a day on, the earliest first."""
    listed: defaultdict[str, list[Instrument]] = defaultdict(list)
    for paper in papers:
        for item in paper.items:
            listed[item.procedure].append(paper)
    found = [trouble for procedure, held in listed.items() for trouble in _of(procedure, held, units, on)]
    return tuple(sorted(found, key=lambda trouble: (trouble.first, trouble.kind, trouble.procedure)))


def ending(papers: Iterable[Instrument], on: date, days: int) -> tuple[Instrument, ...]:
    """The papers in force whose last day is at most so many days away, the earliest first."""
    until = on + days * DAY
    near = [paper for paper in papers if paper.holds_on(on) and paper.last is not None and paper.last <= until]
    return tuple(sorted(near, key=lambda paper: (str(paper.last), paper.number)))


def _of(procedure: str, papers: Sequence[Instrument], units: Mapping[str, Unit], on: date) -> Iterator[Trouble]:
    current = [paper for paper in papers if (paper.last or EVER) >= on]
    for place, one in enumerate(current):
        for other in current[place + 1 :]:
            if procedure in two_leads(one, other, units):
                yield _pair("two-leads", procedure, one, other)
            elif _same_days(one, other) and _leads(one, units) == _leads(other, units):
                yield _pair("twice", procedure, one, other)
    yield from _gaps(procedure, papers, on)


def _pair(kind: str, procedure: str, one: Instrument, other: Instrument) -> Trouble:
    first, last = max(one.valid_from, other.valid_from), min(one.last or EVER, other.last or EVER)
    facts = {"procedure": procedure, "one": one.number, "other": other.number, "from": first.isoformat()}
    return Trouble(
        kind, procedure, (one.id, other.id), first, None if last == EVER else last, Reason(f"instrument.{kind}", facts)
    )


def _gaps(procedure: str, papers: Sequence[Instrument], on: date) -> Iterator[Trouble]:
    """The days between one paper and the next; what lies before the day asked about is over."""
    ordered = sorted(papers, key=lambda paper: paper.valid_from)
    reached, before = ordered[0].last or EVER, ordered[0]
    for paper in ordered[1:]:
        if reached != EVER and paper.valid_from > reached + DAY and paper.valid_from > on:
            first, last = reached + DAY, paper.valid_from - DAY
            facts = {"procedure": procedure, "one": before.number, "other": paper.number}
            facts |= {"from": first.isoformat(), "to": last.isoformat()}
            yield Trouble("gap", procedure, (before.id, paper.id), first, last, Reason("instrument.gap", facts))
        if (paper.last or EVER) > reached:
            reached, before = paper.last or EVER, paper


def _same_days(one: Instrument, other: Instrument) -> bool:
    first, last = max(one.valid_from, other.valid_from), min(one.last or EVER, other.last or EVER)
    return first <= last


def _passes_on(one: Instrument, other: Instrument) -> bool:
    return other.delegator in one.delegates


def _apart(one: Instrument, other: Instrument, units: Mapping[str, Unit]) -> bool:
    """True when two communes each give away what is their own."""
    givers = [units.get(paper.delegator) for paper in (one, other)]
    own = [giver.id for giver in givers if giver is not None and giver.level == Level.COMMUNE]
    return len(own) == 2 and own[0] != own[1]


def _differ(one: Instrument, other: Instrument, units: Mapping[str, Unit]) -> bool:
    """True when some place has one lead by the one paper and another by the other."""
    mine, theirs = _leads(one, units), _leads(other, units)
    if mine[0] and theirs[0]:
        # both name communes: each place has its own commune by both; beyond the communes the wide delegates decide
        return bool(mine[1] and theirs[1] and mine[1] != theirs[1])
    return mine[1] != theirs[1] or mine[0] != theirs[0]


def _leads(paper: Instrument, units: Mapping[str, Unit]) -> tuple[frozenset[str], frozenset[str]]:
    """The communes (a level stands for all of its units) and the units of the city that a paper gives the power to."""
    own = {id for id in paper.delegates if id in units and units[id].level == Level.COMMUNE}
    return frozenset(own | ({paper.level} if paper.level else set())), frozenset(set(paper.delegates) - own)
