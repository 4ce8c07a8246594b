"""Ends every session a person has, on whatever machine: what one does after a telephone was lost."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require


def sign_out_everywhere(platform: Platform, actor: Actor) -> None:
    """Nothing; no session that began until now counts any more, this one neither."""
    require(actor, "sign_out_everywhere", Question())
    platform.store.accounts.sign_out(actor.person, platform.now())
