"""What anybody sees who has a tracking code: where the matter stands, when it is due, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.parts import turns
from wardflow.cases.reads.payments import payments
from wardflow.cases.reads.related import kin_of, linked_parts
from wardflow.cases.reads.shared import clock_view, hint_words, places, procedure_words, state_words, waiting
from wardflow.cases.reads.timeline import public_steps
from wardflow.cases.reads.views import NoticeRow, TimelineRow, TrackedStep, Tracking, Words
from wardflow.cases.records import Case, CaseStatus, Task, TaskStatus
from wardflow.cases.situation import SYSTEM
from wardflow.cases.slip_data import slip_context
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.names import initials

LONGEST = 48
ITEM = ("name", "why", "how")


def track(platform: Platform, code: str) -> Tracking | None:
    """The matter behind a code, or None: a wrong code and an unknown one are the same question to the store."""
    wanted = "".join(code.split()).upper()[:LONGEST]
    case = platform.store.worklist.by_tracking(wanted)
    if case is None or case.places.kept_from:    # whoever sent a confidential matter is told in person
        return None
    snapshot, matter, now = platform.snapshot(), platform.library.matter_of(case), platform.now()
    tasks = platform.store.papers.tasks(case.id)
    own = [task for task in tasks if task.status is TaskStatus.OPEN and task.person == case.applicant_person]
    asked = [task for task in own if not matter.by_code(task.node)]
    waited = any(not matter.alone(task.node) for task in own)
    return Tracking(
        code=case.code, tracking=case.tracking, procedure=procedure_words(matter), applicant=initials(case.applicant_label),
        state=state_words(matter, case.business_state), ended=case.status is CaseStatus.ENDED, outcome=case.outcome,
        clock=clock_view(case, matter, snapshot, now),
        asked=tuple(waiting(task, case, matter, snapshot, SYSTEM, now) for task in asked),
        items=_items(platform, case, matter) if waited else (),
        steps=_steps(platform, case, matter, waited),
        places=places(case, snapshot),
        answerable=tuple(_answerable(task, case, matter, snapshot, now) for task in own if task not in asked),
        turns=turns(case, tasks, matter, snapshot, now, linked_parts(platform, kin_of(platform, case), snapshot)),
        complaint=_complaint(matter),
        payments=payments(platform, case, matter, tasks, snapshot),
        told=_told(platform, case, matter),
    )


def _answerable(task: Task, case: Case, matter: Matter, snapshot: Snapshot, now: datetime) -> TrackedStep:
    """A step to be answered here; what a counter may do too is what the matter waits for."""
    node = matter.definition.node(task.node)
    schema = matter.schema(node.attributes.get("form")) or {}
    needed = None if matter.alone(task.node) else waiting(task, case, matter, snapshot, SYSTEM, now)
    return TrackedStep(
        task.task, Words(task.title, task.title_en), hint_words(node), task.due, schema, matter.schemas,
        dict(task.draft or {}), task.draft is not None, needed,
    )


def _told(platform: Platform, case: Case, matter: Matter) -> tuple[NoticeRow, ...]:
    """What the applicant was told, newest first; a word that the pack has lost since is left out."""
    kinds = matter.pack.notices
    rows = [row for row in platform.store.papers.notices(case.id) if row.person == case.applicant_person and row.notice in kinds]
    return tuple(
        NoticeRow(case.code, row.at, Words(kinds[row.notice].vi, kinds[row.notice].en), sent=bool(row.address))
        for row in sorted(rows, key=lambda row: row.seq, reverse=True)
    )


def _complaint(matter: Matter) -> tuple[str, Words] | None:
    row = matter.pack.settings.get("complaint")
    return (str(row["address"]), Words(str(row["vi"]), str(row["en"]))) if row else None


def _items(platform: Platform, case: Case, matter: Matter) -> tuple[Mapping[str, str], ...]:
    """What the newest paper that asks for something asks for, as its family reads it."""
    for paper in reversed(platform.store.papers.documents(case.id)):
        if paper.kind == "slip":
            context = slip_context(platform, matter, paper)
            rows = platform.plugins.slip(matter.pack.family, context).get("items") or ()
            return tuple({key: str(row[key]) for key in ITEM if row.get(key)} for row in rows)
    return ()


def _steps(platform: Platform, case: Case, matter: Matter, asked: bool) -> tuple[TimelineRow, ...]:
    """The states the case went through; the last one is where it stands."""
    rows = public_steps(platform.store.papers.entries(case.id), matter)
    if case.status is CaseStatus.ENDED or not rows:
        return rows
    return (*rows[:-1], replace(rows[-1], mood="hold" if asked else "now"))
