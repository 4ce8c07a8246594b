"""Changes the register: seen beforehand with everything that would move, then made in one audited act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.move_tasks import Movers, looked_at, move_tasks
from wardflow.cases.platform import Platform
from wardflow.cases.records import RegisterEntry
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.reach import reach
from wardflow.domain.register import Register
from wardflow.domain.register_changes import Declare, Leave, RegisterChange, Return
from wardflow.errors import RegisterMoved
from wardflow.permissions import Question, require

TRIES = 4
LOOKED_AT = 1000
"""Cases a preview looks at; of more it says that there are more."""
AT_ONCE = 1000
"""Cases moved before the act answers; the worker moves the rest, nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would move: tasks by where they would go, cases that keep their authority, and whether there is more."""

    moves: Mapping[tuple[str, str], int]
    """(from unit, to unit) → tasks; the same unit twice where a task only changes hands"""
    cases: int
    decided_anew: int
    nobody: int
    """tasks that nobody could do"""
    more: bool


def preview(platform: Platform, actor: Actor, change: RegisterChange) -> Preview:
    """What the change would move; nothing is written. What cannot be is refused as the act itself refuses it."""
    before = platform.snapshot()
    _require(platform, actor, change, before.register)
    after = replace(change.apply(before.register), revision=before.register.revision + 1)
    entry = RegisterEntry(0, platform.now(), actor.person, change.kind, {}, reach(before.register, after, change))
    movers = Movers(platform, replace(before, register=after))
    ways, cases, anew, nobody, looked = Counter[tuple[str, str]](), 0, 0, 0, 0
    for found in looked_at(platform, movers, entry, LOOKED_AT + 1):
        looked += 1
        if looked > LOOKED_AT:
            break
        cases += bool(found)
        anew += found.basis is not None
        ways.update((old.unit, new.unit) for old, new in found.tasks)
        nobody += sum(any(reason.code == "routing.nobody" for reason in new.reasons) for _, new in found.tasks)
    return Preview(ways, cases, anew, nobody, looked > LOOKED_AT)


def change_register(platform: Platform, actor: Actor, change: RegisterChange) -> RegisterEntry:
    """The entry of the change; tasks it moves have moved, or will as soon as the worker comes to them.

    TwoLeads, ChangeUnusable or a lookup error where it cannot be; nothing is written then.
    """
    for left in reversed(range(TRIES)):
        snapshot = platform.snapshot()
        _require(platform, actor, change, snapshot.register)
        try:
            entry = _written(platform, actor, change, snapshot)
            break
        except RegisterMoved:
            if not left:
                raise
    move_tasks(platform, entry, most=AT_ONCE)
    return platform.store.register_log.entry(entry.seq) or entry


def _written(platform: Platform, actor: Actor, change: RegisterChange, snapshot: Snapshot) -> RegisterEntry:
    before = snapshot.register
    after = change.apply(before)
    facts: dict[str, Any] = change.facts(before)
    entry = RegisterEntry(0, platform.now(), actor.person, change.kind, facts, reach(before, after, change))
    return platform.store.register_log.change(before, after, entry)


def _require(platform: Platform, actor: Actor, change: RegisterChange, register: Register) -> None:
    """The registrar changes anything; absences also who is away themselves and the heads above them, an interest its own person."""
    if isinstance(change, Declare):
        require(actor, "declare_interest", Question(own_only=change.interest.person))
        return
    if not isinstance(change, Leave | Return):
        require(actor, "change_register", Question(register=register))
        return
    person = change.absence.person if isinstance(change, Leave) else change.person
    units = frozenset(row.unit for row in register.holdings_of(person))
    question = Question(own_only=person, units=units, register=register, heads=platform.library.heads())
    require(actor, "plan_absence", question)
