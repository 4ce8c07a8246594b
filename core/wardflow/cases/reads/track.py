"""What anybody sees who has a tracking code: where the matter stands, when it is due, and why."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import clock_view, places, procedure_words, state_words, waiting
from wardflow.cases.reads.task import open_tasks
from wardflow.cases.reads.timeline import public_steps
from wardflow.cases.reads.views import Tracking
from wardflow.cases.records import CaseStatus
from wardflow.cases.situation import SYSTEM
from wardflow.domain.names import initials

LONGEST = 48


def track(platform: Platform, code: str) -> Tracking | None:
    """The matter behind a code, or None: a wrong code and an unknown one are the same question to the store."""
    wanted = "".join(code.split()).upper()[:LONGEST]
    case = platform.store.worklist.by_tracking(wanted)
    if case is None:
        return None
    snapshot, matter, now = platform.snapshot(), platform.library.matter_of(case), platform.now()
    asked = [task for task in open_tasks(platform, case.id) if task.person == case.applicant_person]
    return Tracking(
        code=case.code, tracking=case.tracking, procedure=procedure_words(matter), applicant=initials(case.applicant_label),
        state=state_words(matter, case.business_state), ended=case.status is CaseStatus.ENDED, outcome=case.outcome,
        clock=clock_view(case, matter, snapshot, now),
        asked=tuple(waiting(task, case, matter, snapshot, SYSTEM, now) for task in asked),
        steps=public_steps(platform.store.papers.entries(case.id), matter),
        places=places(case, snapshot),
    )
