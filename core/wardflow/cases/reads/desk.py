"""The work list of a person, grouped by how its due dates stand, and what waits on the home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from wardflow.cases.platform import Platform
from wardflow.cases.reads.digest import warnings_of
from wardflow.cases.reads.letters import letters_for
from wardflow.cases.reads.notices import notices_for
from wardflow.cases.reads.shared import case_row, procedure_words, state_words, task_clock, task_standing
from wardflow.cases.reads.views import Desk, TaskRow, Words
from wardflow.cases.records import Case, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.names import folded
from wardflow.domain.people import Actor
from wardflow.permissions import kept_from, near_task

VIEWS = ("mine", "queue", "unit", "done")
GROUPS = ("late", "today", "ok", "early", "pause", "done")
DONE_SINCE = timedelta(days=7)

Pairs = Sequence[tuple[Task, Case]]


def desk(platform: Platform, actor: Actor, view: str = "mine", text: str = "") -> Desk:
    """What a person has to do: their own tasks, those they may claim, their units', and what they finished this week."""
    snapshot = platform.snapshot()
    lists = {name: _pairs(platform, actor, name) for name in VIEWS}
    view = view if view in VIEWS else "mine"
    rows = [_row(platform, snapshot, actor, task, case) for task, case in lists[view]]
    shown = [row for row in rows if _fits(row, text)]
    groups = tuple((group, found) for group in GROUPS if (found := tuple(_in(group, shown))))
    return Desk(
        view=view,
        tabs=tuple((name, len(pairs)) for name, pairs in lists.items()),
        counts=Counter(str(row.standing.status) for row in rows),
        groups=groups,
        notices=notices_for(platform, actor),
        letters=letters_for(platform, actor, snapshot),
        warned=len(warnings_of(platform, actor, snapshot.calendar.day_of(platform.now()))),
        own_cases=tuple(case_row(platform, case, snapshot) for case in platform.store.worklist.cases_of(actor.person)),
    )


def home(platform: Platform, actor: Actor, most: int = 3) -> tuple[TaskRow, ...]:
    """The most urgent of a person's tasks."""
    snapshot = platform.snapshot()
    pairs = [*_pairs(platform, actor, "mine"), *_pairs(platform, actor, "queue")]
    rows = [_row(platform, snapshot, actor, task, case) for task, case in pairs]
    return tuple(sorted(rows, key=lambda row: GROUPS.index(str(row.standing.status)))[:most])


def _pairs(platform: Platform, actor: Actor, view: str) -> Pairs:
    """The tasks of a list; of confidential cases only those that are the actor's, and none where the case is kept from them."""
    found = _listed(platform, actor, view)
    return [(task, case) for task, case in found if not case.places.kept_from or _open_to(actor, task, case)]


def _open_to(actor: Actor, task: Task, case: Case) -> bool:
    return not kept_from(actor, case) and near_task(actor, task)


def _listed(platform: Platform, actor: Actor, view: str) -> Pairs:
    worklist, queues = platform.store.worklist, [(held.unit, held.role) for held in actor.holdings]
    if view == "mine":
        return worklist.mine(actor.person)
    if view == "queue":
        return worklist.queue(queues)
    if view == "unit":
        return worklist.unit(_around(platform, actor))
    return worklist.done(actor.person, platform.now() - DONE_SINCE)


def _around(platform: Platform, actor: Actor) -> list[tuple[str, str]]:
    """The queues of everybody who works in the person's units."""
    register = platform.register()
    return sorted({(held.unit, held.role) for unit in actor.units for held in register.held_in(unit)})


def _row(platform: Platform, snapshot: Snapshot, actor: Actor, task: Task, case: Case) -> TaskRow:
    matter, now = platform.library.matter_of(case), platform.now()
    ticking = task_clock(replace(task, closed_at=None), matter, snapshot)
    days = ticking.days(now) if ticking else ()
    mine = task.person == actor.person
    holder = case.applicant_label if task.person == case.applicant_person else snapshot.name_of(task.person or "")
    return TaskRow(
        case_id=case.id, case_code=case.code, task=task.task, title=Words(task.title, task.title_en),
        procedure=procedure_words(matter), applicant=case.applicant_label, holder=holder,
        standing=task_standing(task, case, matter, snapshot, now), due=task.due or case.due, case_due=case.due,
        days=days, six=task.clears, mine=mine,
        claimable=task.person is None and actor.holds(task.role, task.unit),
        tags=(state_words(matter, case.business_state),),
    )


def _fits(row: TaskRow, text: str) -> bool:
    wanted = folded(text)
    return not wanted or any(wanted in folded(t) for t in (row.case_code, row.title.vi, row.procedure.vi, row.applicant))


def _in(group: str, rows: Sequence[TaskRow]) -> list[TaskRow]:
    return [row for row in rows if str(row.standing.status) == group]
