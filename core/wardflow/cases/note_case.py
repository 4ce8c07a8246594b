"""Writes a note on a case for colleagues; those it names are told. The chain keeps that a note was written, never its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.desk_records import Note
from wardflow.cases.notes import mentioned
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import ColleagueRefused, ReasonMissing
from wardflow.permissions import Question, may, require

LONGEST = 4000


@again_when_moved
def note_case(platform: Platform, actor: Actor, case_id: int, text: str, mentions: Iterable[str] = ()) -> Case:
    """The case with one more note; ColleagueRefused where somebody is named who may not see the case."""
    if not text.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    units = frozenset(task.unit for task in platform.store.papers.tasks(case_id))
    question = Question(held.case, register=held.snapshot.register, units=units)
    require(actor, "note_case", question)
    named = tuple(dict.fromkeys(mentions))
    for person in named:
        if not may(platform.actor(person), "note_case", question):
            raise ColleagueRefused(person=held.snapshot.name_of(person) or person, case=held.case.code)
    change = record(held.case, Happening("noted"), platform, actor)
    note = Note(case_id, change.entry.seq, actor.person, platform.now(), text.strip()[:LONGEST], named)
    return platform.store.cases.apply(replace(change, notes=(note,), notices=mentioned(change, named, actor, held.case)))
