"""Keeps a filter of the desk, for oneself or for everybody in one's unit; only who keeps it may drop it."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_urlsafe

from wardflow.cases.desk_records import KeptFilter
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.errors import FilterUnknown, NameMissing
from wardflow.permissions import Question, require

LONGEST = 80


def keep_filter(platform: Platform, actor: Actor, name: str, query: Mapping[str, str], unit: str = "") -> None:
    """Nothing; the filter is there by its name, in place of the actor's own one of that name."""
    require(actor, "keep_filter", Question(shared_with=unit))
    if not name.strip():
        raise NameMissing()
    platform.store.desk_notes.keep_filter(KeptFilter(token_urlsafe(9), actor.person, unit, name.strip()[:LONGEST], query))


def drop_filter(platform: Platform, actor: Actor, id: str) -> None:
    """Nothing; the filter is gone. FilterUnknown when the actor keeps none like that."""
    kept = platform.store.desk_notes.filter(id)
    if kept is None or kept.person != actor.person:
        raise FilterUnknown(filter=id)
    require(actor, "keep_filter", Question())
    platform.store.desk_notes.drop_filter(id)
