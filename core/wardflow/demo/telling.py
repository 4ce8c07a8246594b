"""Tells stories: plays each through the acts, all of them in the order of time, as if it had happened so."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from wardflow.cases.answer_by_code import answer_by_code
from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.convert_case import convert_case
from wardflow.cases.merge_case import merge_case
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.cases.tell_case import tell_case
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.demo.city import Persona
from wardflow.demo.moments import after, before
from wardflow.demo.people import generic_name
from wardflow.demo.stories import Step, Stories, Story, dated, filled
from wardflow.domain.people import Actor
from wardflow.errors import FormRefused, StoryBroken

ALIKE = timedelta(days=1)
SPREAD = 45
"""Minutes over which the same story's beginnings are spread, so that a desk does not look stamped."""


@dataclass(slots=True)
class Told:
    """A story while it is being told."""

    story: Story
    applicant: Mapping[str, Any]
    opener: Actor
    random: Random
    case_id: int = 0
    done: int = 0


def tell(platform: Platform, stories: Stories, personas: Iterable[Persona]) -> int:
    """How many cases there are afterwards; what a story says of the future has not happened."""
    now, calendar = platform.now(), platform.snapshot().calendar
    waiting: list[tuple[datetime, int]] = []
    told = _cast(platform, _known(platform, stories), {persona.id: persona for persona in personas})
    for number, one in enumerate(told):
        moment = before(calendar, now, one.story.began, one.story.at)
        spread = timedelta(minutes=one.random.randrange(SPREAD))
        heapq.heappush(waiting, (moment + spread if moment + spread <= now else moment, number))
    while waiting:
        moment, number = heapq.heappop(waiting)
        ring_alarms(platform, moment)
        one = told[number]
        _go_on(platform.at(moment), one)
        if one.done < len(one.story.steps):
            then = after(calendar, moment, one.story.steps[one.done].after)
            if then <= now:
                heapq.heappush(waiting, (then, number))
    ring_alarms(platform, now)
    return sum(1 for one in told if one.case_id)


def _known(platform: Platform, stories: Stories) -> Stories:
    """The stories about procedures that this installation runs: one may belong to a plugin that is not here."""
    runs = platform.library.procedures(platform.snapshot().calendar.local(platform.now()).date())
    return replace(stories, stories=tuple(story for story in stories.stories if story.procedure in runs))


def _cast(platform: Platform, stories: Stories, personas: Mapping[str, Persona]) -> list[Told]:
    told = []
    for number, story in enumerate(stories.stories):
        random = Random(f"{stories.seed} {story.id}")
        applicant = _applicant(story, personas, stories.names, random, number)
        told.append(Told(story, applicant, _opener(platform, story, random), random))
    return told


def _applicant(
    story: Story, personas: Mapping[str, Persona], names: Mapping[str, Any], random: Random, number: int
) -> Mapping[str, Any]:
    if story.applicant:
        return personas[story.applicant].applicant
    if story.organisation:
        return {"full_name": story.organisation, "address": ""}
    return {
        "full_name": generic_name(names, random),
        "id_number": f"001{random.randrange(10**8):08d}{number % 10}",
        "phone": f"0900{random.randrange(10**6):06d}",
        "address": "",
    }


def _opener(platform: Platform, story: Story, random: Random) -> Actor:
    if not story.role:
        return platform.actor(story.applicant)
    clerks = platform.register().holders(story.role, story.receiving)
    if not clerks:
        raise StoryBroken(story=story.id, step=story.receiving, why=f"nobody there is {story.role}")
    return platform.actor(random.choice(clerks).id)


def _go_on(platform: Platform, told: Told) -> None:
    step = told.story.steps[told.done].what if told.case_id else "its opening"
    try:
        _one_step(platform, told)
    except FormRefused as refused:
        said = ", ".join(f"{objection.pointer} {objection.reason.code}" for objection in refused.objections)
        raise StoryBroken(story=told.story.id, step=step, why=said) from refused


def _one_step(platform: Platform, told: Told) -> None:
    if not told.case_id:
        told.case_id = open_case(platform, told.opener, _opening(platform, told), answer=told.story.answer).case_id
        return
    step = told.story.steps[told.done]
    told.done += 1
    if step.act == "withdraw":
        withdraw_case(platform, told.opener, told.case_id, step.what)
        return
    if step.act == "tell":
        value = filled(_dated(platform, step.value), _facts(platform, told))
        tell_case(platform, platform.actor(step.by) if step.by else told.opener, told.case_id, step.what, value)
        return
    if step.act in ("merge", "convert"):
        _link(platform, told, step)
        return
    _do(platform, told, step)


def _link(platform: Platform, told: Told, step: Step) -> None:
    """Merges the case into the oldest open one about the same thing, or makes of it another matter; the reason is said in the step."""
    [row, *_] = open_tasks(platform, told.case_id)
    actor = _actor(platform, told, row.role, row.unit, row.person)
    if step.act == "convert":
        value = dict(filled(_dated(platform, step.value), _facts(platform, told)))
        convert_case(platform, actor, told.case_id, step.what, value, str(value.pop("reason", "")))
        return
    alike = platform.store.spots.like(told.case_id, platform.now() - ALIKE, platform.now())
    if not alike:
        raise StoryBroken(story=told.story.id, step="merge", why="no open case is about the same thing")
    merge_case(platform, actor, told.case_id, alike[0][1].code, step.what)


def _opening(platform: Platform, told: Told) -> Opening:
    story = told.story
    return Opening(
        procedure=story.procedure,
        applicant=told.applicant,
        form=_dated(platform, story.form),
        components=story.components,
        receiving=story.receiving,
        returning=story.returning,
        applicant_person=story.applicant or None,
    )


def _do(platform: Platform, told: Told, step: Step) -> None:
    rows = open_tasks(platform, told.case_id)
    row = next((row for row in rows if row.node.endswith(step.what)), None)
    if row is None:
        opened = ", ".join(row.node for row in rows) or "nothing"
        raise StoryBroken(story=told.story.id, step=step.what, why=f"open is {opened}")
    value = filled(_dated(platform, step.value), _facts(platform, told))
    case = platform.store.cases.load(told.case_id).case
    if platform.library.matter_of(case).by_code(row.node):
        answer_by_code(platform, case.tracking, row.task, value)
        return
    actor = platform.actor(step.by) if step.by else _actor(platform, told, row.role, row.unit, row.person)
    if step.act == "claim":
        claim_task(platform, actor, told.case_id, row.task)
    else:
        complete_task(platform, actor, told.case_id, row.task, value)


def _dated(platform: Platform, value: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody writes today, with the days it counts from today."""
    calendar, now = platform.snapshot().calendar, platform.now()
    given: dict[str, Any] = dated(value, lambda limit: calendar.local(calendar.add(now, limit)).date().isoformat())
    return given


def _facts(platform: Platform, told: Told) -> Mapping[str, str]:
    """What the values of a step may mention: the day, the number of the case, the applicant, and the words of the form."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    typed = {name: value for name, value in told.story.form.items() if isinstance(value, str)}
    return {**typed, "day": today.isoformat(), "case": str(told.case_id), "applicant": str(told.applicant["full_name"])}


def _actor(platform: Platform, told: Told, role: str, unit: str, person: str | None) -> Actor:
    """Who did it: the one it was given to, else a holder of the role; the counter acts for who has no account."""
    register = platform.register()
    if person is not None:
        return platform.actor(person) if person and register.knows(person) else told.opener
    return platform.actor(told.random.choice(register.holders(role, unit)).id)
