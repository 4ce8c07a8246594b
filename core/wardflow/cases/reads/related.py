"""The cases of one linked group: which opened which, how each stands, and whose clock runs among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.conversions import conversions
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_standing, clock, procedure_words, state_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.clock_parts import Part, PartKind
from wardflow.domain.legal_clock import Standing
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may


@dataclass(frozen=True, slots=True)
class Kin:
    """The case that opened one, and the cases it opened, oldest first."""

    parent: Case | None = None
    children: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A case that opened this one, or that it opened: where it stands and whose clock it is; `open` says whether its page is the viewer's to see.

    `how` is "made" where one was made of the other, "merged" where one follows the other, and "group" where they are parts of one matter.
    """

    code: str
    parent: bool
    how: str
    open: bool
    procedure: Words
    unit: Words
    state: Words
    due: datetime | None
    standing: Standing


def kin_of(platform: Platform, case: Case) -> Kin:
    """Who belongs to a case; one query where nobody does."""
    above, below = platform.store.links.kin(case.id)
    load = platform.store.cases.load
    return Kin(None if above is None else load(above).case, tuple(load(id).case for id in below))


def linked_parts(platform: Platform, kin: Kin, snapshot: Snapshot) -> tuple[Part, ...]:
    """The clocks of the cases it opened, in their order; a confidential one is told to nobody here."""
    with_matter = [(case, platform.library.matter_of(case)) for case in kin.children]
    return tuple(
        Part(snapshot.register.unit(case.places.authority), clock(case, matter, snapshot), PartKind.LINKED)
        for case, matter in with_matter if not case.places.kept_from
    )


def related_rows(platform: Platform, actor: Actor, of: Case, kin: Kin, snapshot: Snapshot) -> tuple[RelatedRow, ...]:
    """The case that opened it first, then those it opened; a confidential one only for who may see it."""
    found = [case for case in (kin.parent, *kin.children) if case is not None]
    rows = [(case, _row(platform, actor, case, case is kin.parent, _how(platform, of, case, kin), snapshot)) for case in found]
    return tuple(row for case, row in rows if row.open or not case.places.kept_from)


def _how(platform: Platform, of: Case, other: Case, kin: Kin) -> str:
    """How two cases came to be linked: what the record of the older says it may become was made of it, two reports are merged."""
    old, new = (other, of) if other is kin.parent else (of, other)
    if any(each.to == new.procedure for each in conversions(platform.library.matter_of(old).procedure)):
        return "made"
    return "merged" if old.process == new.process and platform.store.spots.of(new.id) is not None else "group"


def _row(platform: Platform, actor: Actor, case: Case, parent: bool, how: str, snapshot: Snapshot) -> RelatedRow:
    matter = platform.library.matter_of(case)
    tasks = platform.store.papers.tasks(case.id)
    units = frozenset(task.unit for task in tasks)
    question = Question(case, None, matter.pack.openers, units=units, tasks=tasks, register=snapshot.register, heads=matter.heads)
    return RelatedRow(
        code=case.code, parent=parent, how=how, open=may(actor, "see_case", question), procedure=procedure_words(matter),
        unit=unit_words(snapshot, case.places.authority), state=state_words(matter, case.business_state), due=case.due,
        standing=case_standing(case, matter, snapshot, platform.now()),
    )
