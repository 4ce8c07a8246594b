"""Moves open tasks after the register changed: many cases in one transaction, one entry a case, nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wardflow.cases.moving import Moved, change_of, moved
from wardflow.cases.opinions import opinions
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Change, RegisterEntry, Task
from wardflow.cases.situation import SYSTEM, Situation
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.reach import reach_of_days
from wardflow.engine import peek

BATCH = 200
"""Cases of one transaction: short enough that nobody at a desk notices it."""
TRIES = 5
SETTLED = timedelta(seconds=10)
"""A step that began before the change may end after it; the worker looks a second time once no such step can be left."""


@dataclass(frozen=True, slots=True)
class Movers:
    """The register by which tasks are asked for anew."""

    platform: Platform
    snapshot: Snapshot
    actor: Actor = SYSTEM

    def situation(self, case: Case) -> Situation:
        """What the projections may look at, for a case."""
        matter = self.platform.library.matter_of(case)
        now, data = self.platform.now(), peek(case.state).data
        return Situation(
            matter.pack, matter.procedure, matter.definition, self.snapshot, now, self.actor, data,
            opinions(self.platform, case, data, now),
        )

    def moved(self, case: Case, tasks: tuple[Task, ...], running: str) -> Moved:
        """The case as the register puts it."""
        return moved(case, tasks, self.situation(case), running)


def looked_at(platform: Platform, movers: Movers, entry: RegisterEntry, most: int) -> Iterator[Moved]:
    """What the change makes of each case it reaches; nothing is written."""
    last, left = 0, most
    while left > 0 and (cases := platform.store.moves.reached(entry.reach, last, min(BATCH, left))):
        for case, tasks in platform.store.moves.taken_up(cases):
            yield movers.moved(case, tasks, entry.reach.running)
        last, left = cases[-1], left - len(cases)


def move_tasks(platform: Platform, entry: RegisterEntry, *, most: int | None = None) -> int:
    """How many tasks moved; where the change reaches more than `most` cases, the worker looks at all of them."""
    snapshot = platform.snapshot()
    movers = Movers(platform, snapshot, Actor(entry.by, snapshot.name_of(entry.by)))
    last, count, looked = 0, 0, 0
    while cases := platform.store.moves.reached(entry.reach, last, BATCH):
        if most is not None and looked >= most:
            return count
        found = _batch(movers, list(cases), entry)
        last, count, looked = cases[-1], count + found, looked + len(cases)
        if found:
            platform.store.register_log.moved(entry.seq, found)
    platform.store.register_log.passed(entry.seq, platform.now() if _is_settled(platform, entry) else None)
    return count


def go_on_moving(platform: Platform) -> int:
    """How many tasks the worker moved: those of a day that began, and those of changes not looked at to the end."""
    turn_of_day(platform)
    waiting = platform.store.register_log.undone()
    return sum(move_tasks(platform, entry) for entry in waiting if not entry.looks or _is_settled(platform, entry))


def turn_of_day(platform: Platform) -> RegisterEntry | None:
    """The entry of today, once: absences, certificates and instruments begin and end by themselves."""
    snapshot = platform.snapshot()
    today = snapshot.calendar.local(platform.now()).date()
    log = platform.store.register_log
    before = log.last_day()
    last = date.fromisoformat(str(before.facts["day"])) if before else today - timedelta(days=1)
    if last >= today:
        return None
    facts = {"day": today.isoformat()}
    entry = RegisterEntry(0, platform.now(), "", "day", facts, reach_of_days(snapshot.register, last, today))
    return log.turn(entry, today.isoformat())


def _is_settled(platform: Platform, entry: RegisterEntry) -> bool:
    return platform.now() >= entry.at + SETTLED


def _batch(movers: Movers, cases: list[int], entry: RegisterEntry) -> int:
    """How many tasks of these cases moved; a case that somebody works on is taken up again, then left to the next round."""
    platform, count = movers.platform, 0
    for _ in range(TRIES):
        changes = [change for case, tasks in platform.store.moves.taken_up(cases) if (change := _change(movers, case, tasks, entry))]
        cases = list(platform.store.moves.apply(changes)) if changes else []
        count += sum(len(change.tasks_moved) for change in changes if change.case.id not in cases)
        if not cases:
            break
    return count


def _change(movers: Movers, case: Case, tasks: tuple[Task, ...], entry: RegisterEntry) -> Change | None:
    found = movers.moved(case, tasks, entry.reach.running)
    if not found:
        return None
    stand = movers.platform.store.incidents.of_case(case.id) if _was_nobodys(tasks) else ()
    return change_of(case, found, {"change": entry.seq, "kind": entry.kind, **entry.facts}, movers.situation(case), stand)


def _was_nobodys(tasks: tuple[Task, ...]) -> bool:
    return any(reason.code == "routing.nobody" for task in tasks for reason in task.reasons)
