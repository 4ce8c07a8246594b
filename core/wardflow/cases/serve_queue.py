"""The line at a counter: a number is given, the next one called to a desk, one that was called is done or was not there."""

from __future__ import annotations

from datetime import date

from wardflow.cases.counter_records import QueueNumber, QueueState
from wardflow.cases.platform import Platform
from wardflow.cases.reads.applicants import openers
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require

LONGEST_PLACE = 20


def give_number(platform: Platform, actor: Actor, unit: str) -> QueueNumber:
    """The next number of today at a counter; whoever works there hands it out, and nothing is asked of the person who takes it."""
    require(actor, "give_number", Question(counter=unit))
    return platform.store.queue.take(unit, today(platform), platform.now())


def call_next(platform: Platform, actor: Actor, unit: str, place: str) -> QueueNumber | None:
    """The number that has waited longest, called to a desk; None when nobody waits. Whom the clerk served before is done with."""
    require(actor, "call_number", Question(openers=openers(platform), counter=unit))
    for served in serving(platform, actor, unit):
        platform.store.queue.end(unit, served.day, served.number, QueueState.DONE, platform.now())
    return platform.store.queue.call(unit, today(platform), place.strip()[:LONGEST_PLACE], actor.person, platform.now())


def end_number(platform: Platform, actor: Actor, unit: str, number: int, *, absent: bool) -> None:
    """Nothing; the number is done, or nobody came. Each clerk ends those they called themselves."""
    require(actor, "call_number", Question(openers=openers(platform), counter=unit))
    if number in {each.number for each in serving(platform, actor, unit)}:
        state = QueueState.ABSENT if absent else QueueState.DONE
        platform.store.queue.end(unit, today(platform), number, state, platform.now())


def serving(platform: Platform, actor: Actor, unit: str) -> tuple[QueueNumber, ...]:
    """The numbers that a clerk has called today and not ended."""
    line = platform.store.queue.of_day(unit, today(platform))
    return tuple(each for each in line if each.state is QueueState.CALLED and each.called_by == actor.person)


def today(platform: Platform) -> date:
    """The local day: with it every line begins anew."""
    return platform.snapshot().calendar.day_of(platform.now())
