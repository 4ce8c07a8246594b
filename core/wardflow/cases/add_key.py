"""Adds a security key with which a person signs in from now on."""

from __future__ import annotations

from wardflow.cases.key_ports import SecurityKey
from wardflow.cases.platform import Platform
from wardflow.cases.second_factor import asked_for, new_codes
from wardflow.domain.people import Actor
from wardflow.key_errors import KeyRefused
from wardflow.permissions import Question, require


def add_key(platform: Platform, actor: Actor, key: SecurityKey) -> tuple[str, ...]:
    """The recovery codes that come with the first key; none for a further one. KeyRefused where somebody has it already."""
    require(actor, "add_key", Question(own_only=key.person))
    first = not asked_for(platform, key.person)
    if not platform.store.security_keys.add(key):
        raise KeyRefused(why="it is registered already")
    return new_codes(platform, key.person) if first else ()
