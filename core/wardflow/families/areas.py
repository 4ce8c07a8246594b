"""The areas somebody works for: what the pages of a family show, and what not."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.domain.register import Level


def areas_of(platform: Platform, actor: Actor) -> tuple[str, ...] | None:
    """The communes somebody works for; None for who works for the whole city."""
    register = platform.register()
    lines = [register.up(unit) for unit in sorted(actor.units)]
    if any(line[0].level == Level.CITY for line in lines):
        return None
    return tuple(dict.fromkeys(unit.id for line in lines for unit in line if unit.level != Level.CITY))
