"""What a new register makes of a running case: who decides it, who has its open tasks, and one entry that tells both bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.holders import answered, question_of, unproven
from wardflow.cases.opening import decided_by, places_when_decided
from wardflow.cases.projections.tasks import because, clears
from wardflow.cases.records import Case, Change, Entry, Incident, Task
from wardflow.cases.situation import Situation
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence
from wardflow.domain.routing import OWN, Question, Route
from wardflow.errors import AuthorityUnknown

FOLLOW = "follow"
NOBODY = "routing.nobody"


@dataclass(frozen=True, slots=True)
class Moved:
    """A case after the register changed, with its tasks before and after; nothing moved when `tasks` and `basis` are empty."""

    case: Case
    tasks: tuple[tuple[Task, Task], ...] = ()
    basis: tuple[Reason, Reason] | None = None

    def __bool__(self) -> bool:
        return bool(self.tasks) or self.basis is not None


def moved(case: Case, tasks: Sequence[Task], situation: Situation, running: str = "") -> Moved:
    """The case with its open tasks where the register of the situation puts them.

    `running` is what the withdrawal says of running cases; when it says nothing, the procedure the case began with does,
    and when that is silent too, the case keeps the authority it was received under.
    """
    says = running or str(situation.procedure.record.get("running", ""))
    after = _following(case, situation) if says == FOLLOW else case
    changed = tuple((task, new) for task in tasks if (new := _again(after, task, situation)) != task)
    basis = (case.competence, after.competence) if after.competence != case.competence else None
    return Moved(after, changed, basis)


def change_of(before: Case, found: Moved, because_of: Mapping[str, Any], situation: Situation, stand: Sequence[Incident]) -> Change:
    """What is written of it: one entry, the tasks, and an incident where nobody is left to do one.

    `stand` are the open incidents of the case: those of a task that somebody has now are closed.
    """
    case = replace(found.case, version=before.version + 1, audit_seq=before.audit_seq + 1)
    entry = Entry(case.audit_seq, situation.now, situation.actor.person, "moved", "", {**because_of, **_told(found)}, None, ())
    nobody = [after for _, after in found.tasks if _nobody(after)]
    helped = {after.task for _, after in found.tasks if not _nobody(after)}
    return Change(
        before=before,
        case=case,
        entry=entry,
        tasks_moved=tuple(after for _, after in found.tasks),
        incidents=tuple(
            Incident(case.audit_seq, NOBODY, task.node, {**_nobody(task), "task": task.task}, situation.now, place)
            for place, task in enumerate(nobody)
        ),
        incidents_closed=tuple((row.seq, row.place) for row in stand if row.code == NOBODY and row.facts.get("task") in helped),
    )


def _following(case: Case, situation: Situation) -> Case:
    """The case with the unit that decides today; where nobody would, it stays with whoever has it."""
    register = situation.snapshot.register
    try:
        found = decided_by(situation.procedure, situation.data, case.places.receiving, register, situation.today)
    except AuthorityUnknown:
        return case
    places = places_when_decided(case.places, situation.procedure, register, found)
    return replace(case, places=places, competence=_kept(case, found))


def _kept(case: Case, found: Competence) -> Reason:
    return case.competence if found.unit == case.places.authority else found.reason


def _again(case: Case, task: Task, situation: Situation) -> Task:
    """The task as it is asked for today; whoever took it keeps it as long as they could take it today."""
    node = situation.definition.node(task.node)
    question = question_of(case, node, situation)
    if question.rule == OWN:
        return task
    found = answered(question, node, situation)
    person = _holder(task, question, found)
    excluded = question.excluded | unproven(question, found, situation)
    stands = (found.unit, found.role, person, excluded) == (task.unit, task.role, task.person, task.excluded)
    if stands and found.found is not bool(_nobody(task)):
        return task
    held = replace(found, person=person)
    return replace(
        task, unit=found.unit, role=found.role, person=person, excluded=excluded,
        reasons=because(found, situation), clears=clears(node, held, task.due, situation),
    )


def _holder(task: Task, question: Question, found: Route) -> str | None:
    took = task.person is not None and task.person != question.person
    if took and task.person in found.people and (task.unit, task.role) == (found.unit, found.role):
        return task.person
    return found.person


def _nobody(task: Task) -> Mapping[str, Any]:
    """What is said of a task that nobody can do; nothing of any other."""
    return next((reason.facts for reason in task.reasons if reason.code == NOBODY), {})


def _told(found: Moved) -> dict[str, Any]:
    """Both bases, and where each task was and is."""
    told: dict[str, Any] = {
        "tasks": [
            {
                "task": after.task, "node": after.node, "from": before.unit, "from_person": before.person, "to": after.unit,
                "to_person": after.person,
            }
            for before, after in found.tasks
        ]
    }
    if found.basis is not None:
        told |= {"basis_before": found.basis[0].to_json(), "basis_after": found.basis[1].to_json()}
    return told
