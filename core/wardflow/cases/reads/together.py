"""What colleagues do together on a case: notes, tasks handed from one to another, other cases of the same applicant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wardflow.cases.acting import Held, take_up
from wardflow.cases.handing import takers
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_row
from wardflow.cases.reads.views import CaseRow, Words
from wardflow.cases.records import Task, TaskStatus
from wardflow.domain.people import Actor
from wardflow.permissions import Question, allowed, may

MOST_RELATED = 10
HANDING = ("delegate_task", "reassign_task", "take_back_task")

Named = tuple[str, str]
"""A person: id and name."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note, with the names of those it is for."""

    by: str
    at: datetime
    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """One open task as it can be handed on: to whom, and what the reader may do."""

    task: str
    title: Words
    holder: str
    owner: str
    """who handed it over and gets it back; empty when nobody did"""
    people: tuple[Named, ...]
    can: frozenset[str]


@dataclass(frozen=True, slots=True)
class Together:
    """What colleagues do together on one case."""

    notes: tuple[NoteRow, ...]
    colleagues: tuple[Named, ...]
    """who can be named in a note"""
    hands: tuple[Hand, ...]
    related: tuple[CaseRow, ...]
    watched: bool


def together(platform: Platform, actor: Actor, case_id: int) -> Together | None:
    """What an official shares with colleagues on a case; None for whoever sees it as their own matter only."""
    held, tasks = take_up(platform, case_id), platform.store.papers.tasks(case_id)
    question = Question(
        held.case, register=held.snapshot.register, units=frozenset(task.unit for task in tasks), heads=held.matter.heads
    )
    if not may(actor, "note_case", question):
        return None
    name = held.snapshot.name_of
    notes = (
        NoteRow(name(note.by), note.at, note.text, tuple(map(name, note.mentions)))
        for note in platform.store.desk_notes.of_case(case_id)
    )
    hands = (_hand(platform, actor, held, task) for task in tasks if task.status is TaskStatus.OPEN)
    return Together(
        notes=tuple(notes), colleagues=_colleagues(actor, held, question.units),
        hands=tuple(hand for hand in hands if hand is not None), related=_related(platform, actor, held),
        watched=platform.store.desk_notes.watches(actor.person, case_id),
    )


def _hand(platform: Platform, actor: Actor, held: Held, task: Task) -> Hand | None:
    over = platform.store.desk_notes.delegation(task.case_id, task.task)
    owner = over.owner if over is not None and over.holder == task.person else ""
    asked = replace(held, task=task).question()
    can = allowed(actor, HANDING, replace(asked, owner=owner))
    if not can:
        return None
    name, people = held.snapshot.name_of, takers(platform, held, task)
    others = tuple((person, name(person)) for person in people if person != task.person)
    return Hand(task.task, Words(task.title, task.title_en), name(task.person or ""), name(owner), others, can)


def _colleagues(actor: Actor, held: Held, units: frozenset[str]) -> tuple[Named, ...]:
    """Those who work where the case is decided, received or worked on."""
    places, register = held.case.places, held.snapshot.register
    near = {places.authority, places.office, places.receiving, places.returning, *units}
    people = {row.person for unit in near if unit and register.has(unit) for row in register.held_in(unit)}
    named = ((person, register.person(person).name) for person in people - {actor.person, held.case.applicant_person})
    return tuple(sorted(named, key=lambda pair: pair[1]))


def _related(platform: Platform, actor: Actor, held: Held) -> tuple[CaseRow, ...]:
    """Other cases of the same applicant that the reader may see, newest first."""
    found = platform.store.worklist.cases_of(held.case.applicant_person)
    seen = (
        case for case in found
        if case.id != held.case.id and may(actor, "see_case", Question(case, register=held.snapshot.register))
    )
    return tuple(case_row(platform, case, held.snapshot) for case, _ in zip(seen, range(MOST_RELATED), strict=False))
