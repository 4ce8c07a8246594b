"""Hands free work to a worker of another system, locked for it for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wardflow.cases.exchange import Fetched, Order, Wanted
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require

USUAL = Order()


def fetch_work(
    platform: Platform, actor: Actor, worker: str, wanted: Sequence[Wanted], most: int, order: Order = USUAL
) -> tuple[Fetched, ...]:
    """At most that many pieces of work; NotAllowed for a topic the account may not touch.

    Topic by topic as they are named, each oldest first, unless an order is asked for: that holds over all of them.
    """
    for each in wanted:
        require(actor, "fetch_work", Question(topic=each.topic))
    shares = _shares(platform, wanted, most, order) if order != USUAL and len(wanted) > 1 else [most] * len(wanted)
    found: list[Fetched] = []
    for each, share in zip(wanted, shares, strict=True):
        if (limit := min(share, most - len(found))) > 0:
            found += platform.store.external_tasks.fetch(each, worker, actor.person, limit, platform.now(), order)
    return tuple(sorted(found, key=lambda one: _rank(one, order))) if order != USUAL else tuple(found)


def _shares(platform: Platform, wanted: Sequence[Wanted], most: int, order: Order) -> list[int]:
    """How many pieces of each topic are among the first of all."""
    now = platform.now()
    free = [(each, place) for place, one in enumerate(wanted) for each in platform.store.external_tasks.free(one, most, now, order)]
    chosen = Counter(place for _, place in sorted(free, key=lambda pair: _rank(pair[0], order))[:most])
    return [chosen[place] for place in range(len(wanted))]


def _rank(found: Fetched, order: Order) -> tuple[float, ...]:
    work, age = found.task, found.task.created_at.timestamp()
    return (-work.priority if order.by_priority else 0, -age if order.newest_first else age)
