"""What several reads need: the words of a case, its clock, how a task stands."""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.legal_time import calendar_of, calendar_of_step, clock_of, explained, step_clock
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.english import texts, twinned
from wardflow.cases.reads.views import CaseRow, ClockView, Place, Waiting, Words
from wardflow.cases.records import Case, CaseStatus, Task
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import Clock, Standing, standing
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import Node
from wardflow.packs import Procedure
from wardflow.permissions import Question, may


def procedure_words(matter: Matter) -> Words:
    """The procedure's name."""
    return Words(matter.procedure.name, matter.procedure.name_en)


def field_words(procedure: Procedure) -> Words:
    """The field a procedure belongs to."""
    return Words(procedure.field, str(procedure.record.get("field_en", "")))


def hint_words(node: Node) -> Words:
    """What the diagram says about doing a step."""
    return Words(node.documentation, node.attributes.get("documentationEn", ""))


def state_words(matter: Matter, state: str) -> Words:
    """A business state in words, as its pack names it."""
    named = matter.pack.states.get(state)
    return Words(named.vi, named.en) if named else Words(state, state)


def step_words(matter: Matter, node: str) -> Words:
    """A step's name; what has none is called by its id."""
    found = matter.definition.nodes.get(node)
    return Words(found.name, found.attributes.get("nameEn", found.name)) if found and found.name else Words(node, node)


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
    return clock_of(case, matter.pack, matter.procedure, snapshot)


def case_standing(case: Case, matter: Matter, snapshot: Snapshot, now: datetime) -> Standing:
    """How the case itself stands, from its row alone."""
    calendar = calendar_of(case.places.authority, matter.procedure, snapshot)
    return standing(case.due, now, calendar, paused=case.paused, ended=case.finished_at)


def task_clock(task: Task, matter: Matter, snapshot: Snapshot) -> Clock | None:
    """The limit of a task's own step, as it was counted when the task was opened."""
    if task.node not in matter.definition.nodes:    # done before its case went over to a version without the step
        return None
    return step_clock(task, matter.definition, matter.pack, matter.procedure, snapshot)


def task_standing(task: Task, case: Case, matter: Matter, snapshot: Snapshot, now: datetime) -> Standing:
    """How a task stands: its own limit, and where it has none the case's."""
    node = matter.definition.nodes.get(task.node)
    calendar = calendar_of_step(task.unit, node, matter.pack, matter.procedure, snapshot) if node is not None else snapshot.calendar
    if task.closed_at is not None:
        return standing(task.due, now, calendar, ended=task.closed_at)
    due = task.due or (None if case.stopped_at else case.due)
    return standing(due, now, calendar, paused=task.due is None and case.paused)


def case_row(platform: Platform, case: Case, snapshot: Snapshot) -> CaseRow:
    """A case as a list shows it."""
    matter = platform.library.matter_of(case)
    return CaseRow(
        case.code, case.tracking, procedure_words(matter), state_words(matter, case.business_state),
        case_standing(case, matter, snapshot, platform.now()), case.opened_at, case.applicant_label,
    )


def clock_view(case: Case, matter: Matter, snapshot: Snapshot, now: datetime) -> ClockView:
    """The legal clock with everything that explains it."""
    legal = clock(case, matter, snapshot)
    until = case.finished_at or now
    used = legal.used(until)
    stands = case_standing(case, matter, snapshot, now) if case.status is CaseStatus.ENDED else legal.standing(now)
    return ClockView(
        limit=case.time_limit, due=legal.due, original=legal.original, standing=stands, days=legal.days(until),
        life=legal.life(until), reasons=twinned(explained(legal, matter.procedure), matter), ledger=legal.ledger(),
        basis=tuple(matter.procedure.legal_basis), used=used.reason if used else None, timing=legal.timing, english=texts(matter),
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
        case, task, matter.pack.openers, register=snapshot.register, by_code=matter.by_code(task.node),
        alone=matter.alone(task.node),
    )
    holder = snapshot.name_of(task.person) if task.person else ""
    if task.person == case.applicant_person:
        holder = case.applicant_label
    return Waiting(
        task=task.task, title=Words(task.title, task.title_en), holder=holder, unit=unit_words(snapshot, task.unit),
        role=role_words(matter, task.role), standing=task_standing(task, case, matter, snapshot, now), due=task.due or case.due,
        mine=may(actor, "complete_task", question), claimable=task.person is None and may(actor, "claim_task", question),
        six=task.clears, reasons=twinned(task.reasons, matter), why_due=_why_due(task, case, matter, snapshot),
    )


def _why_due(task: Task, case: Case, matter: Matter, snapshot: Snapshot) -> tuple[Reason, ...]:
    """Why a step is due when it is: by its own limit, and where it has none by that of the case."""
    own = task_clock(task, matter, snapshot) if task.due is not None else None
    return twinned(own.reasons() if own is not None else explained(clock(case, matter, snapshot), matter.procedure), matter)
