"""What several reads need: the words of a case, its clock, how a task stands."""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.legal_time import clock_of
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.views import CaseRow, ClockView, Place, Waiting, Words
from wardflow.cases.records import Case, CaseStatus, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import Clock, Standing, standing
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may


def procedure_words(matter: Matter) -> Words:
    """The procedure's name."""
    return Words(matter.procedure.name, matter.procedure.name_en)


def state_words(matter: Matter, state: str) -> Words:
    """A business state in words, as its pack names it."""
    named = matter.pack.states.get(state)
    return Words(named.vi, named.en) if named else Words(state, state)


def unit_words(snapshot: Snapshot, unit: str) -> Words:
    """A unit's name; an unknown unit shows its id."""
    try:
        found = snapshot.register.unit(unit)
    except LookupError:
        return Words(unit, unit)
    return Words(found.name, found.name_en or found.name)


def role_words(matter: Matter, role: str) -> Words:
    """A role's name, as its pack names it."""
    named = matter.pack.roles.get(role)
    return Words(named.vi, named.en) if named else Words(role, role)


def clock(case: Case, matter: Matter, snapshot: Snapshot) -> Clock:
    """The legal clock of a case."""
    return clock_of(case, matter.time_rules, snapshot.calendar)


def case_standing(case: Case, snapshot: Snapshot, now: datetime) -> Standing:
    """How the case itself stands, from its row alone."""
    return standing(case.due, now, snapshot.calendar, paused=case.paused, ended=case.finished_at)


def task_standing(task: Task, case: Case, snapshot: Snapshot, now: datetime) -> Standing:
    """How a task stands: its own limit, and where it has none the case's."""
    if task.closed_at is not None:
        return standing(task.due, now, snapshot.calendar, ended=task.closed_at)
    due = task.due or (None if case.stopped_at else case.due)
    return standing(due, now, snapshot.calendar, paused=task.due is None and case.paused)


def case_row(platform: Platform, case: Case, snapshot: Snapshot) -> CaseRow:
    """A case as a list shows it."""
    matter = platform.library.matter_of(case)
    return CaseRow(
        case.code, case.tracking, procedure_words(matter), state_words(matter, case.business_state),
        case_standing(case, snapshot, platform.now()), case.opened_at,
    )


def clock_view(case: Case, matter: Matter, snapshot: Snapshot, now: datetime) -> ClockView:
    """The legal clock with everything that explains it."""
    legal = clock(case, matter, snapshot)
    until = case.finished_at or now
    stands = case_standing(case, snapshot, now) if case.status is CaseStatus.ENDED else legal.standing(now)
    return ClockView(
        limit=case.time_limit, due=legal.due, original=legal.original, standing=stands, days=legal.days(until),
        life=legal.life(until), reasons=legal.reasons(), ledger=legal.ledger(), basis=tuple(matter.procedure.legal_basis),
    )


def places(case: Case, snapshot: Snapshot) -> tuple[Place, ...]:
    """Received at, decided by, returned at: always all three."""
    return (
        Place("receiving", unit_words(snapshot, case.places.receiving)),
        Place("authority", unit_words(snapshot, case.places.authority), case.competence),
        Place("returning", unit_words(snapshot, case.places.returning or case.places.receiving)),
    )


def waiting(task: Task, case: Case, matter: Matter, snapshot: Snapshot, actor: Actor, now: datetime) -> Waiting:
    """What the case waits for, as its viewer sees it."""
    question = Question(
        case, task, matter.pack.openers, register=snapshot.register, by_code=matter.by_code(task.node)
    )
    holder = snapshot.name_of(task.person) if task.person else ""
    if task.person == case.applicant_person:
        holder = case.applicant_label
    return Waiting(
        task=task.task, title=Words(task.title, task.title_en), holder=holder, unit=unit_words(snapshot, task.unit),
        role=role_words(matter, task.role), standing=task_standing(task, case, snapshot, now), due=task.due or case.due,
        mine=may(actor, "complete_task", question), claimable=task.person is None and may(actor, "claim_task", question),
        six=task.clears, reasons=task.reasons,
    )
