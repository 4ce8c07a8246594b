"""The procedures by which citizens are heard, and who may read the family's own pages."""

from __future__ import annotations

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor

FAMILY = "voice"


def procedures(platform: Platform) -> dict[str, Matter]:
    """The catalogue records of the family that are in force today, by code."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    return {code: matter for code, matter in platform.library.procedures(today).items() if matter.pack.family == FAMILY}


def listens(platform: Platform, actor: Actor) -> bool:
    """Whether they take in or answer for such matters somewhere."""
    return any(actor.roles & {*matter.pack.openers, *matter.heads} for matter in procedures(platform).values())
