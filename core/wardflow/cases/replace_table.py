"""Puts a decision table of a department in the place of a plugin's; cases that run keep the one they began with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardflow.adopted import CITY, OwnTable
from wardflow.cases.platform import Platform
from wardflow.cases.switch_plugin import place
from wardflow.domain.people import Actor
from wardflow.permissions import require
from wardflow.plugin_errors import TableRefused
from wardflow.tables import digest
from wardflow.wording import Wording


@dataclass(frozen=True, slots=True)
class Replacement:
    """What somebody puts in: the file, the days between which it holds, where, and on what it rests."""

    table: str
    model: bytes
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    unit: str = CITY


def replace_table(platform: Platform, actor: Actor, asked: Replacement) -> str:
    """The digest of the file; TableRefused where it is no decision model that answers the rule's question."""
    require(actor, "replace_table", place(platform, asked.unit))
    if problems := platform.plugins.tables.problems(asked.table, asked.model):
        words = Wording("en")
        raise TableRefused(table=asked.table, why=" ".join(map(words.say, problems)), problems=problems)
    found = digest(asked.model)
    row = OwnTable(
        asked.table, asked.unit, found, asked.valid_from, asked.valid_to, asked.basis, actor.person, platform.now()
    )
    platform.store.adoption.set_table(row, asked.model)
    return found
