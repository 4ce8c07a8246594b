"""The case page: what, who, where, due and why, what happened, and what its viewer may do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from wardflow import forms
from wardflow.cases.library import Matter
from wardflow.cases.listening import messages
from wardflow.cases.platform import Platform
from wardflow.cases.reads.extension import extension_view
from wardflow.cases.reads.parts import part_rows, turns
from wardflow.cases.reads.related import kin_of, linked_parts, related_rows
from wardflow.cases.reads.shared import clock, clock_view, places, procedure_words, state_words, waiting
from wardflow.cases.reads.timeline import timeline
from wardflow.cases.reads.views import CaseView, Paper, Words
from wardflow.cases.records import Case, CaseStatus, Document, Entry, Task, TaskStatus
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.permissions import Question, allowed, may, require

OFFERED = ("attach_document", "extend_clock", "see_alarms", "withdraw_case")


def case(platform: Platform, actor: Actor, code: str) -> CaseView:
    """Everything one viewer may see of a case; CaseUnknown, or NotAllowed when it is not theirs to see."""
    loaded = platform.store.cases.load(platform.store.cases.id_of(code))
    snapshot = platform.snapshots.at(loaded.revision)
    tasks = platform.store.papers.tasks(loaded.case.id)
    matter = platform.library.matter_of(loaded.case)
    told = frozenset(notice.unit for notice in platform.store.papers.notices(loaded.case.id) if notice.unit)
    question = Question(
        loaded.case, None, matter.pack.openers, units=frozenset(task.unit for task in tasks), tasks=tasks,
        register=snapshot.register,
        heads=matter.heads,
    )
    # whoever was told of a case may look at it, the units that only watch over its dates among them
    require(actor, "see_case", replace(question, units=question.units | told))
    return _view(platform, actor, loaded.case, tasks, matter, snapshot, question)


def _view(
    platform: Platform, actor: Actor, held: Case, tasks: tuple[Task, ...], matter: Matter, snapshot: Snapshot,
    question: Question,
) -> CaseView:
    now, view, kin = platform.now(), peek(held.state), kin_of(platform, held)
    entries = platform.store.papers.entries(held.id)
    open_tasks = [task for task in tasks if task.status is TaskStatus.OPEN]
    can = allowed(actor, OFFERED, question)
    heard = frozenset() if held.status is CaseStatus.ENDED else messages(matter.definition, held.state)
    if matter.pack.withdrawal not in heard:
        can -= {"withdraw_case"}
    may_extend = "extend_clock" in can and held.status is CaseStatus.OPEN
    extension = (
        extension_view(matter, clock(held, matter, snapshot), actor, now, open_tasks, snapshot) if may_extend else None
    )
    return CaseView(
        id=held.id, code=held.code, tracking=held.tracking, procedure=procedure_words(matter),
        procedure_code=held.procedure, applicant=held.applicant_label, state=state_words(matter, held.business_state),
        ended=held.status is CaseStatus.ENDED, outcome=held.outcome, opened_at=held.opened_at,
        clock=clock_view(held, matter, snapshot, now),
        waiting=tuple(waiting(task, held, matter, snapshot, actor, now) for task in open_tasks),
        places=places(held, snapshot), came=platform.store.channels.of(held.id),
        papers=tuple(_paper(paper, matter, snapshot) for paper in platform.store.papers.documents(held.id)),
        timeline=timeline(_told_to(actor, held, entries), held, matter, snapshot),
        form=partial(form_rows, matter, view.data),
        findings=tuple((view.data.get("findings") or {}).get("items", ())),
        pack=(matter.pack.id, platform.library.version(held.pack)), diagram=matter.file,
        passed=tuple(dict.fromkeys(id for entry in entries for id in entry.passed)),
        live=tuple(dict.fromkeys(node for node, _ in view.tokens)), can=can,
        tells=tuple(_tells(matter, heard, actor, question)),
        extension=extension, turns=turns(held, tasks, matter, snapshot, now, linked_parts(platform, kin, snapshot)),
        parts=part_rows(tasks, matter, snapshot, now), related=related_rows(platform, actor, held, kin, snapshot),
    )


def _told_to(actor: Actor, held: Case, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries a viewer reads: that colleagues wrote notes is no concern of the applicant."""
    return entries if actor.person != held.applicant_person else [entry for entry in entries if entry.kind != "noted"]


def _tells(matter: Matter, heard: frozenset[str], actor: Actor, question: Question) -> Iterator[tuple[str, Words]]:
    """The messages the case listens for that the viewer may send."""
    for kind in matter.pack.messages.values():
        if kind.id in heard and may(actor, "tell_case", replace(question, tellers=frozenset(kind.by))):
            yield kind.id, Words(kind.vi, kind.en)


def form_rows(matter: Matter, data: Mapping[str, Any], language: str) -> tuple[forms.Row, ...]:
    """The form with which the case opened, line by line."""
    schema = matter.opening_schema
    if schema is None:
        return ()
    return forms.summary(schema, data.get("form") or {}, schemas=matter.schemas, language=language)


def _paper(paper: Document, matter: Matter, snapshot: Snapshot) -> Paper:
    slip = matter.pack.slips.get(str(paper.facts.get("slip", "")))
    title = Words(slip.title, slip.title_en) if slip else Words(paper.name, paper.name)
    return Paper(paper.document, title, paper.number, paper.kind, paper.at, snapshot.name_of(paper.by), paper.size, paper.media_type)
