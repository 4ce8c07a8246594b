"""Why the open tasks of a case are not with somebody, asked by the code of the case."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.cases.acting import nearby, take_up
from wardflow.cases.holders import answered, question_of, worded
from wardflow.cases.opinions import opinions
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import role_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import TaskStatus
from wardflow.cases.situation import Situation
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.domain.why_not import why_not as tests
from wardflow.engine import peek
from wardflow.permissions import may, require


@dataclass(frozen=True, slots=True)
class NotMine:
    """One open task: what and where it is, and every reason why it is not with the one who asks; none when it could be."""

    title: Words
    unit: Words
    role: Words
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer for a case: its open tasks, and whether the one who asks may open the case itself."""

    code: str
    ended: bool
    tasks: tuple[NotMine, ...]
    may_see: bool


def why_not(platform: Platform, actor: Actor, code: str) -> WhyNot:
    """The answer, without anything about the applicant; CaseUnknown where no case has the code."""
    held = take_up(platform, platform.store.cases.id_of(code.strip()))
    require(actor, "see_register", nearby(platform, held))
    data = peek(held.case.state).data
    matter, snapshot = held.matter, held.snapshot
    situation = Situation(
        matter.pack, matter.procedure, matter.definition, snapshot, platform.now(), actor, data, opinions(platform, held.case, data, platform.now())
    )
    found = []
    rows = platform.store.papers.tasks(held.case.id)
    for task in (row for row in rows if row.status is TaskStatus.OPEN):
        node = matter.definition.node(task.node)
        question = question_of(held.case, node, situation)
        route = answered(question, node, situation)
        reasons = () if task.person == actor.person else tests(question, route, actor.person, snapshot.register, situation.today)
        if task.person not in (None, actor.person) and not reasons:
            reasons = (Reason("why-not.with", {"person": snapshot.name_of(task.person or "") or held.case.code}),)
        said = tuple(worded(reason, matter.pack) for reason in reasons)
        found.append(NotMine(Words(task.title, task.title_en), unit_words(snapshot, task.unit), role_words(matter, task.role), said))
    return WhyNot(held.case.code, held.case.ended_at is not None, tuple(found), may(actor, "see_case", held.question()))
