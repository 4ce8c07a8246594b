"""Hands free work to a worker of another system, locked for it for a while."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.cases.exchange import Fetched, Wanted
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require


def fetch_work(
    platform: Platform, actor: Actor, worker: str, wanted: Sequence[Wanted], most: int, *, by_priority: bool = False
) -> tuple[Fetched, ...]:
    """At most that many pieces of work, topic by topic; NotAllowed for a topic the account may not touch."""
    for each in wanted:
        require(actor, "fetch_work", Question(topic=each.topic))
    found: list[Fetched] = []
    for each in wanted:
        if len(found) < most:
            now = platform.now()
            found += platform.store.external_tasks.fetch(each, worker, actor.person, most - len(found), now, by_priority)
    return tuple(found)
