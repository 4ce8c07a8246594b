"""The work list of a person, a page at a time, and what waits on the home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

from wardflow.cases.desk_lists import Heap, Line, Narrow
from wardflow.cases.joint_list import slip_of
from wardflow.cases.platform import Platform
from wardflow.cases.reads.asking import VIEWS, Asked, Bounds, token
from wardflow.cases.reads.digest import warnings_of
from wardflow.cases.reads.finding import found_cases, named, scopes
from wardflow.cases.reads.letters import letters_for
from wardflow.cases.reads.notices import notices_for
from wardflow.cases.reads.shared import (
    case_row,
    procedure_words,
    state_words,
    step_words,
    task_clock,
    task_standing,
    unit_words,
)
from wardflow.cases.reads.views import Choice, Desk, KeptRow, TaskRow, Words
from wardflow.cases.records import Case, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.words_of_case import words_typed
from wardflow.permissions import Question, kept_from, may, near_task

GROUPS = ("late", "today", "ok", "early", "pause", "done")
DONE_SINCE = timedelta(days=7)
PAGE = 50
"""Tasks on a page: a day of an official who juggles many programs stands on one."""

Group = tuple[str, Words | None, tuple[TaskRow, ...]]


def desk(platform: Platform, actor: Actor, asked: Asked | None = None) -> Desk:
    """What a person has to do: their own tasks, those they may claim, their units', those watched, and what they finished this week."""
    asked, snapshot = asked or Asked(), platform.snapshot()
    heaps = {view: _heap(platform, actor, view) for view in VIEWS}
    bounds, lists = Bounds.at(platform.now(), snapshot.calendar), platform.store.desk
    narrow = _narrow(platform, actor, asked, bounds)
    lines = lists.page(heaps[asked.view], narrow, asked.sort, asked.key, PAGE + 1)
    rows = [_row(platform, snapshot, actor, line.task, line.case) for line in lines[:PAGE] if _open_to(actor, line)]
    counts = _counts(lists.tally(heaps[asked.view], narrow, bounds.edges), done=asked.view == "done")
    sizes = {asked.view: counts.total()} if narrow == Narrow(units=narrow.units) else {}
    others = [view for view in heaps if view not in sizes]
    sizes |= dict(zip(others, lists.counts([heaps[view] for view in others]), strict=True))
    return Desk(
        view=asked.view, asked=asked,
        tabs=tuple((view, sizes[view]) for view in heaps),
        counts=counts, total=counts.total(),
        groups=_groups(asked, rows, lines, platform, snapshot),
        next=token(lines[PAGE - 1].key) if len(lines) > PAGE else "",
        notices=notices_for(platform, actor),
        letters=letters_for(platform, actor, snapshot),
        warned=len(warnings_of(platform, actor, snapshot.calendar.day_of(platform.now()))),
        own_cases=tuple(case_row(platform, case, snapshot) for case in platform.store.worklist.cases_of(actor.person)),
        found=found_cases(platform, actor, asked.q, snapshot),
        filters=tuple(
            KeptRow(kept.id, kept.name, dict(kept.query), bool(kept.unit), kept.person == actor.person)
            for kept in platform.store.desk_notes.filters(actor.person, sorted(actor.units))
        ),
    )


def choices(platform: Platform, actor: Actor, view: str) -> Mapping[str, tuple[Choice, ...]]:
    """What a list can be narrowed to: its procedures, steps and communes, each with how many tasks there are."""
    snapshot = platform.snapshot()
    facets = platform.store.desk.facets(_heap(platform, actor, view if view in VIEWS else "mine"))
    named_as: Mapping[str, Callable[[str], Words]] = {
        "procedure": lambda id: _procedure(platform, id), "step": lambda id: _step(platform, id), "commune": lambda id: unit_words(snapshot, id),
    }
    found = {}
    for name, words in named_as.items():
        counted: dict[str, int] = {}
        for facet in facets:
            counted[getattr(facet, name)] = counted.get(getattr(facet, name), 0) + facet.count
        found[name] = tuple(sorted((Choice(id, words(id), n) for id, n in counted.items()), key=lambda each: each.words.vi))
    return found


def home(platform: Platform, actor: Actor, most: int = 3) -> tuple[TaskRow, ...]:
    """The most urgent of a person's tasks."""
    snapshot, worklist = platform.snapshot(), platform.store.worklist
    queues = [(held.unit, held.role) for held in actor.holdings]
    found = (*worklist.mine(actor.person, PAGE), *worklist.queue(queues, PAGE))
    rows = [_row(platform, snapshot, actor, task, case) for task, case in found if not kept_from(actor, case)]
    return tuple(sorted(rows, key=lambda row: GROUPS.index(str(row.standing.status)))[:most])


def _heap(platform: Platform, actor: Actor, view: str) -> Heap:
    readers = (actor.person, *sorted(actor.units))
    match view:
        case "queue":
            return Heap(view, queues=tuple((held.unit, held.role) for held in actor.holdings), hidden_for=readers)
        case "unit":
            return Heap(view, queues=tuple(_around(platform, actor)))
        case "done":
            return Heap(view, actor.person, since=platform.now() - DONE_SINCE, hidden_for=readers)
        case _:
            return Heap(view, actor.person, hidden_for=readers)


def _open_to(actor: Actor, line: Line) -> bool:
    """Of confidential cases only those that are the actor's, and none where the case is kept from them."""
    return not line.case.places.kept_from or (not kept_from(actor, line.case) and near_task(actor, line.task))


def _around(platform: Platform, actor: Actor) -> list[tuple[str, str]]:
    """The queues of everybody who works in the person's units."""
    register = platform.register()
    return sorted({(held.unit, held.role) for unit in actor.units for held in register.held_in(unit)})


def _narrow(platform: Platform, actor: Actor, asked: Asked, bounds: Bounds) -> Narrow:
    procedures, steps = named(platform, asked.q) if asked.q else ((), ())
    return Narrow(
        dues=bounds.of(asked.standing), undated=asked.standing == "soon", procedure=asked.procedure, step=asked.step,
        commune=asked.commune, words=words_typed(asked.q), units=scopes(actor, platform.snapshot()), procedures=procedures, steps=steps,
    )


def _counts(tally: Sequence[int], *, done: bool) -> Counter[str]:
    """How many tasks stand how; what has no due date stands with the near work."""
    if done:
        return Counter(done=sum(tally))
    late, today, soon, early, paused, undated = tally
    return Counter(late=late, today=today, ok=soon + undated, early=early, pause=paused)


def _groups(asked: Asked, rows: Sequence[TaskRow], lines: Sequence[Line], platform: Platform, snapshot: Snapshot) -> tuple[Group, ...]:
    """The rows of a page under what they are sorted by, in the order of the page."""
    if asked.sort == "due":
        return tuple((name, None, found) for name in GROUPS if (found := tuple(row for row in rows if str(row.standing.status) == name)))
    groups: dict[str, list[TaskRow]] = {}
    for row, line in zip(rows, lines, strict=False):
        groups.setdefault(line.key[0], []).append(row)
    words = {"procedure": attrgetter("procedure"), "step": attrgetter("title"), "commune": attrgetter("commune")}[asked.sort]
    return tuple((name, words(found[0]), tuple(found)) for name, found in groups.items())


def _row(platform: Platform, snapshot: Snapshot, actor: Actor, task: Task, case: Case) -> TaskRow:
    matter, now = platform.library.matter_of(case), platform.now()
    ticking = task_clock(replace(task, closed_at=None), matter, snapshot)
    days = ticking.days(now) if ticking else ()
    mine = task.person == actor.person
    holder = case.applicant_label if task.person == case.applicant_person else snapshot.name_of(task.person or "")
    node = matter.definition.nodes.get(task.node)
    takes = task.closed_at is None and (mine or (task.person is None and actor.holds(task.role, task.unit)))
    return TaskRow(
        case_id=case.id, case_code=case.code, task=task.task, title=Words(task.title, task.title_en),
        procedure=procedure_words(matter), applicant=case.applicant_label, holder=holder,
        standing=task_standing(task, case, matter, snapshot, now), due=task.due or case.due, case_due=case.due,
        days=days, six=task.clears, mine=mine and task.closed_at is None,
        claimable=task.closed_at is None and task.person is None and actor.holds(task.role, task.unit),
        tags=(state_words(matter, case.business_state),), commune=unit_words(snapshot, case.places.authority), version=case.version,
        ready=mine and task.closed_at is None and (task.draft is not None or matter.schema(matter.definition.node(task.node).attributes.get("form")) is None),
        givable=task.closed_at is None and may(actor, "reassign_task", Question(case, task, register=snapshot.register, heads=matter.heads)),
        queue=(task.unit, task.role),
        joint=takes and node is not None and slip_of(matter, node) is not None,
    )


def _procedure(platform: Platform, code: str) -> Words:
    matter = platform.library.procedures(platform.snapshot().calendar.day_of(platform.now())).get(code)
    return procedure_words(matter) if matter else Words(code, code)


def _step(platform: Platform, node: str) -> Words:
    matters = platform.library.procedures(platform.snapshot().calendar.day_of(platform.now())).values()
    return next((step_words(matter, node) for matter in matters if node in matter.definition.nodes), Words(node, node))
