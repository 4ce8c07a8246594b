"""Tasks a step opened or closed: who they are for, when they are due, and whether all six clears are clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wardflow.cases.expected import FOR_PEOPLE
from wardflow.cases.legal_time import calendar_of_step
from wardflow.cases.records import Case, Task, TaskStatus
from wardflow.cases.situation import Happening, Situation
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence
from wardflow.domain.routing import OWN, Question, place_of, route
from wardflow.domain.six_clears import Clear, SixClears
from wardflow.engine import Node, Step, TaskOpened, TaskWithdrawn
from wardflow.feel import evaluate


def opened(case: Case, step: Step, situation: Situation) -> tuple[Task, ...]:
    """The tasks that the step opened and did not withdraw again."""
    gone = {effect.task for effect in step.effects if isinstance(effect, TaskWithdrawn)}
    return tuple(
        _task(case, effect, situation)
        for effect in step.effects
        if isinstance(effect, TaskOpened) and effect.task not in gone
    )


def closed(step: Step, happening: Happening, situation: Situation) -> tuple[tuple[str, TaskStatus], ...]:
    """The tasks that ended with the step: the finished one, and those withdrawn because the case went another way."""
    fresh = {effect.task for effect in step.effects if isinstance(effect, TaskOpened)}
    done = [(happening.finished, TaskStatus.DONE)] if happening.finished else []
    gone = [
        (effect.task, TaskStatus.WITHDRAWN)
        for effect in step.effects
        if isinstance(effect, TaskWithdrawn) and effect.task not in fresh
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
    fresh = _task(case, TaskOpened(task.task, new.id, new.process), replace(situation, now=task.opened_at))
    due = fresh.due if old.attributes.get("due") != new.attributes.get("due") else task.due
    clears = SixClears.of(new.attributes, fresh.title, due=due)
    clears = replace(fresh.clears, deadline=clears.deadline)
    if not changed:
        kept = {name: getattr(task, name) for name in ("role", "unit", "person", "excluded", "reasons")}
        fresh, clears = replace(fresh, **kept), replace(clears, person=task.clears.person)
    return replace(fresh, due=due, clears=clears, draft=task.draft)


def _task(case: Case, effect: TaskOpened, situation: Situation) -> Task:
    node = situation.definition.node(effect.node)
    question = situation.opine(_question(case, node, situation), node.element)
    held = route(question, situation.snapshot.register, situation.today)
    limit = node.attributes.get("due")
    calendar = calendar_of_step(held.unit, node, situation.pack, situation.procedure, situation.snapshot)
    due = calendar.add(situation.now, Limit.parse(limit)) if limit else None
    title = node.name or node.id
    clears = SixClears.of(node.attributes, title, due=due, route=held)
    return Task(
        case_id=case.id, task=effect.task, node=effect.node, status=TaskStatus.OPEN, role=held.role, unit=held.unit,
        person=held.person, title=title, title_en=node.attributes.get("nameEn", title), opened_at=situation.now, due=due,
        closed_at=None, closed_by=None, excluded=frozenset() if question.rule == OWN else question.excluded,
        reasons=tuple(_named(reason, situation) for reason in held.reasons),
        clears=SixClears(*(_named_in(clear, situation) for clear in clears)), draft=None,
    )


def _question(case: Case, node: Node, situation: Situation) -> Question:
    attributes = node.attributes
    rule = attributes.get("unit", "office")
    computed = rule.startswith("=")
    unit = str(_value(rule, situation) or case.places.office) if computed else place_of(rule, case.places)
    person = _value(attributes["person"], situation) if "person" in attributes else None
    return Question(
        role=attributes.get("role", ""),
        unit=unit,
        person=person if isinstance(person, str) else None,
        rule="given" if computed else rule,
        not_by=frozenset(case.doers[other] for other in _words(attributes.get("notBy", "")) if other in case.doers),
        authority=Competence(case.places.authority, "", case.competence) if rule in ("authority", "office") else None,
        basis=attributes.get("authority", ""),
        received_in=case.places.receiving,
        applicant=case.applicant_person,
    )


def _named(reason: Reason, situation: Situation) -> Reason:
    """The reason with the role in words, as the pack names it, since its reader does not know the pack."""
    role = situation.pack.roles.get(str(reason.facts["role"])) if "role" in reason.facts else None
    if role is None:
        return reason
    return Reason(reason.code, {**reason.facts, "role": role.vi, "role_en": role.en, "role_id": reason.facts["role"]})


def _named_in(clear: Clear, situation: Situation) -> Clear:
    named = _named(clear.reason, situation)
    return clear if named is clear.reason else Clear(clear.ok, named)


def _value(text: str, situation: Situation) -> Any:
    return evaluate(text.removeprefix("="), situation.data, calendar=situation.snapshot.calendar)


def _words(text: str) -> Iterable[str]:
    return text.replace(",", " ").split()
