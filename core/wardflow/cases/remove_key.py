"""Removes a security key: one that was lost, or is not used any more."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.second_factor import must_have
from wardflow.domain.people import Actor
from wardflow.key_errors import KeyRefused
from wardflow.permissions import Question, require


def remove_key(platform: Platform, actor: Actor, id: str) -> None:
    """Nothing; with the last key its recovery codes go. KeyRefused for the last key of somebody who must have one."""
    require(actor, "remove_key", Question(own_only=actor.person))
    keys = platform.store.security_keys
    others = [key for key in keys.of(actor.person) if key.id != id]
    if not others and must_have(platform, actor.person):
        raise KeyRefused(why="it is the last one, and this role must have one")
    keys.remove(actor.person, id)
    if not others:
        keys.keep_codes(actor.person, ())
