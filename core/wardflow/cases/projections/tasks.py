"""Tasks a step opened or closed: who they are for, when they are due, and whether all six clears are clear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wardflow.cases.expected import FOR_PEOPLE
from wardflow.cases.holders import accountable, answered, question_of, said, shared_out, unproven, worded
from wardflow.cases.legal_time import calendar_of_step
from wardflow.cases.records import Case, Task, TaskStatus
from wardflow.cases.situation import Happening, Situation
from wardflow.domain.calendar import Calendar
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import OWN, Question, Route
from wardflow.domain.six_clears import ENGLISH, ORDER, Clear, SixClears
from wardflow.engine import Node, Step, TaskOpened, TaskWithdrawn, variables
from wardflow.packs import Pack, Procedure, due_day


def opened(case: Case, step: Step, situation: Situation) -> tuple[Task, ...]:
    """The tasks that the step opened and did not withdraw again."""
    gone = {effect.task for effect in step.of(TaskWithdrawn)}
    return tuple(
        _task(case, effect, _seen(effect, step.state, situation))
        for effect in step.of(TaskOpened)
        if effect.task not in gone
    )


def closed(step: Step, happening: Happening, situation: Situation) -> tuple[tuple[str, TaskStatus], ...]:
    """The tasks that ended with the step: the finished one, and those withdrawn because the case went another way."""
    fresh = {effect.task for effect in step.of(TaskOpened)}
    done = [(happening.finished, TaskStatus.DONE)] if happening.finished else []
    gone = [
        (effect.task, TaskStatus.WITHDRAWN)
        for effect in step.of(TaskWithdrawn)
        if effect.task not in fresh
        if situation.definition.node(effect.node).kind in FOR_PEOPLE
    ]
    return (*done, *gone)


FOR_WHOM = ("role", "unit", "person", "notBy")
"""The attributes of a step that say who does it."""


def followed(case: Case, task: Task, old: Node, new: Node, situation: Situation) -> Task:
    """An open task as another version of the pack has it: whoever holds it keeps it unless the step says others do it now,
    and a changed limit counts from when the task was opened."""
    if old.attributes == new.attributes and old.name == new.name:
        return replace(task, node=new.id)
    changed = [name for name in FOR_WHOM if old.attributes.get(name) != new.attributes.get(name)]
    opened = TaskOpened(task.task, new.id, new.process)
    fresh = _task(case, opened, _seen(opened, case.state, replace(situation, now=task.opened_at)))
    due = fresh.due if old.attributes.get("due") != new.attributes.get("due") else task.due
    clears = SixClears.of(new.attributes, fresh.title, due=due)
    clears = replace(fresh.clears, deadline=clears.deadline)
    if not changed:
        kept = {name: getattr(task, name) for name in ("role", "unit", "person", "excluded", "reasons")}
        fresh, clears = replace(fresh, **kept), replace(clears, person=task.clears.person)
    return replace(fresh, due=due, clears=clears, draft=task.draft)


def _seen(effect: TaskOpened, state: bytes, situation: Situation) -> Situation:
    """The situation as the step sees it: one of several instances knows its own item of the collection."""
    definition = situation.definition
    node: Node | None = definition.node(effect.node)
    while node is not None and node.loop is None:
        node = definition.nodes.get(node.scope)
    if node is None:
        return situation
    return replace(situation, data=variables(definition, state, effect.task))


def _task(case: Case, effect: TaskOpened, situation: Situation) -> Task:
    node = situation.definition.node(effect.node)
    question = question_of(case, node, situation)
    given = _given(question, node, situation)
    held = given.held
    limit = said(node, situation).get("due")
    calendar = calendar_of_step(held.unit, node, situation.pack, situation.procedure, situation.snapshot)
    due = _due(node, limit, calendar, situation)
    title = node.name or node.id
    return Task(
        case_id=case.id, task=effect.task, node=effect.node, status=TaskStatus.OPEN, role=held.role, unit=held.unit,
        person=held.person, title=title, title_en=node.attributes.get("nameEn", title), opened_at=situation.now, due=due,
        closed_at=None, closed_by=None, reasons=given.reasons, clears=given.lights.due_at(due) if due else given.lights, draft=None,
        excluded=frozenset() if question.rule == OWN else question.excluded | given.unproven,
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """A route as its task keeps it: the reasons, the lights without a date, and who may not take it for lack of proof."""

    held: Route
    reasons: tuple[Reason, ...]
    lights: SixClears
    unproven: frozenset[str]
    by: tuple[Pack, Procedure]
    """what it was worked out by; while it is kept, no other pack and no other record has their identity"""


def _given(question: Question, node: Node, situation: Situation) -> _Given:
    """The route of a task; worked out once for all tasks of a step that ask the same of the same register on one day."""

    by = situation.pack, situation.procedure

    def make() -> _Given:
        held = answered(question, node, situation)
        lights = clears(node, held, None, situation)
        return _Given(held, because(held, situation), lights, unproven(question, held, situation), by)

    applicant = question.applicant
    if question.recused or shared_out(node, situation) or (question.rule == OWN and applicant):
        return make()
    key = (
        _given, id(situation.pack), id(situation.procedure), node.id, situation.today, question.role, question.unit,
        question.person, question.rule, question.not_by, question.authority, question.basis, question.received_in,
        # somebody whom the register does not know is nobody's colleague
        applicant if applicant and situation.snapshot.register.knows(applicant) else "", question.needs, question.next_holders,
    )
    return situation.snapshot.once(key, make)


def _due(node: Node, limit: str | None, calendar: Calendar, situation: Situation) -> datetime | None:
    """The end of the day that the step itself names (wf:until), else of its limit."""
    written = node.attributes.get("until") if "clock" not in node.attributes else None
    day = due_day(written, situation.data, calendar, situation.now) if written else None
    if day is not None:
        return calendar.close(day)
    return calendar.add(situation.now, Limit.parse(limit)) if limit else None


def because(held: Route, situation: Situation) -> tuple[Reason, ...]:
    """The reasons of a route as the task keeps them."""
    return tuple(worded(reason, situation.pack) for reason in held.reasons)


def clears(node: Node, held: Route, due: datetime | None, situation: Situation) -> SixClears:
    """The six lights as the task keeps them, with the one lead unit and the one person who answers for it."""
    register = situation.snapshot.register
    answers = accountable(held, situation.pack.heads, register)
    lead = register.unit(held.owner or held.unit)
    own = said(node, situation)
    lights = SixClears.of(
        own, node.name or node.id, due=due, route=held,
        lead=lead.facts("lead"), accountable=situation.snapshot.name_of(answers),
    )
    return SixClears(*(_worded(light, own.get(ENGLISH.get(name, ""), ""), situation) for name, light in zip(ORDER, lights, strict=True)))


def _worded(clear: Clear, english: str, situation: Situation) -> Clear:
    named = worded(clear.reason, situation.pack)
    if english and "text" in named.facts:
        named = Reason(named.code, {**named.facts, "text_en": english})
    return clear if named is clear.reason else Clear(clear.ok, named)
