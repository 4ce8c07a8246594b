"""Who a task can be handed to: whoever could be given it today, by role, unit, proof, presence and four eyes."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import Held
from wardflow.cases.holders import question_of
from wardflow.cases.opinions import opinions
from wardflow.cases.platform import Platform
from wardflow.cases.records import Task
from wardflow.cases.situation import SYSTEM, Situation
from wardflow.domain.routing import OWN
from wardflow.domain.routing_people import able
from wardflow.engine import peek
from wardflow.errors import ColleagueRefused


def takers(platform: Platform, held: Held, task: Task) -> tuple[str, ...]:
    """The people who can do an open task today, by id; nobody for a step that is the applicant's own."""
    data, matter, snapshot = peek(held.case.state).data, held.matter, held.snapshot
    situation = Situation(
        matter.pack, matter.procedure, matter.definition, snapshot, platform.now(), SYSTEM, data, opinions(platform, held.case, data, platform.now())
    )
    question = question_of(held.case, matter.definition.node(task.node), situation)
    if question.rule == OWN:
        return ()
    found = able(replace(question, person=None), task.role, snapshot.register.unit(task.unit), snapshot.register, situation.today)
    return tuple(person.id for person in found.people if person.id not in task.excluded)


def require_taker(platform: Platform, held: Held, task: Task, person: str) -> None:
    """Nothing, or ColleagueRefused: a substitute and a colleague are asked what everybody is asked."""
    if person not in takers(platform, held, task):
        raise ColleagueRefused(person=held.snapshot.name_of(person) or person, case=held.case.code)
