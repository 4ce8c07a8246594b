"""Makes new recovery codes: the ones before are worth nothing from then on."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.second_factor import asked_for, new_codes
from wardflow.domain.people import Actor
from wardflow.key_errors import KeyRefused
from wardflow.permissions import Question, require


def renew_codes(platform: Platform, actor: Actor) -> tuple[str, ...]:
    """The new codes; KeyRefused for who has no key that they could stand for."""
    require(actor, "renew_codes", Question(own_only=actor.person))
    if not asked_for(platform, actor.person):
        raise KeyRefused(why="there is no key that codes could stand for")
    return new_codes(platform, actor.person)
