"""The cases of a head for which a new date with an apology waits to be signed."""

from __future__ import annotations

from datetime import timedelta

from wardflow.cases.extend_clock import why_not
from wardflow.cases.platform import Platform
from wardflow.cases.reads.extension import is_drafted
from wardflow.cases.reads.shared import clock, procedure_words
from wardflow.cases.reads.views import LetterRow
from wardflow.cases.records import Case
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may

AHEAD = timedelta(days=31)
"""No day off is longer, so that a letter due before the next working day is never looked for too late."""
MOST = 100


def letters_for(platform: Platform, actor: Actor, snapshot: Snapshot) -> tuple[LetterRow, ...]:
    """The letters that an actor may sign and should sign now, the nearest due date first."""
    now, register = platform.now(), snapshot.register
    places = {up.id for held in actor.holdings for up in register.up(held.unit)[:2]}
    if not places:
        return ()
    found = platform.store.worklist.falling_due(sorted(places), now, now + AHEAD, MOST)
    return tuple(row for case in found if (row := _row(platform, case, actor, snapshot)) is not None)


def _row(platform: Platform, case: Case, actor: Actor, snapshot: Snapshot) -> LetterRow | None:
    matter, now = platform.library.matter_of(case), platform.now()
    question = Question(case, register=snapshot.register, heads=matter.heads)
    if matter.extension is None or not may(actor, "extend_clock", question):
        return None
    ticking = clock(case, matter, snapshot)
    if ticking.due is None or not is_drafted(matter, ticking, now):
        return None
    if why_not(ticking, actor, matter.extension, now) is not None:
        return None
    return LetterRow(case.code, procedure_words(matter), case.applicant_label, ticking.due, ticking.standing(now))
