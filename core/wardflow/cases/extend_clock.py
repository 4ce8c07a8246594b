"""Extends the legal clock of a case to a new date, because a head says so: the letter goes out in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from wardflow.cases.acting import Held, again_when_moved, running, take_up
from wardflow.cases.commit import changes
from wardflow.cases.legal_time import clock_of
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Change, Document
from wardflow.cases.situation import Happening
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import NoticeDue, SlipIssued, Step, peek
from wardflow.errors import ExtensionRefused, ReasonMissing
from wardflow.packs import Extension
from wardflow.permissions import require


@dataclass(frozen=True, slots=True)
class NewDate:
    """What a head asks for: until which day, why, and the written decision where the law wants one."""

    to: date
    reason: str
    paper: str = ""


@again_when_moved
def extend_clock(platform: Platform, actor: Actor, case_id: int, asked: NewDate) -> Case:
    """The case with its new due date; ExtensionRefused carries the reason why a rule or the calendar is against it."""
    if not asked.reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, "extend_clock", held.question())
    running(held)
    extension = extension_in(held)
    event = _event(platform.now(), actor, held, asked, extension)
    facts = {"to": asked.to.isoformat(), "reason": asked.reason.strip()}
    happening = Happening("clock_extended", "", facts, moves=(event,))
    change = changes(platform, held.case, _step(held, extension), happening, actor, held.matter, held.snapshot)
    return platform.store.cases.apply(_with_reason(change, event, asked))


def extension_in(held: Held) -> Extension:
    """How the limit of the case may be extended; ExtensionRefused where neither pack nor procedure says so."""
    if held.matter.extension is None:
        raise ExtensionRefused(case=held.case.code, why=Reason("clock.not-extendable"))
    return held.matter.extension


def why_not(clock: Clock, actor: Actor, extension: Extension, now: datetime) -> Reason | None:
    """Why the actor may not extend the clock now, whatever the new date; None when they may."""
    due = clock.due
    if due is None:
        return Reason("clock.paused-no-date" if clock.paused_since else "clock.not-started")
    length = clock.until(clock.calendar.next_working_day(clock.calendar.day_of(due)))
    if isinstance(length, Reason):
        return length
    basis = extension.basis or ("-" if extension.rules.written else "")
    return clock.refuses(ClockEvent(ClockMove.EXTEND, now, actor.person, basis, None, length), actor.roles)


def _event(now: datetime, actor: Actor, held: Held, asked: NewDate, extension: Extension) -> ClockEvent:
    clock = clock_of(held.case, held.matter.pack, held.matter.procedure, held.snapshot)
    length = clock.until(asked.to)
    if isinstance(length, Reason):
        raise ExtensionRefused(case=held.case.code, why=length)
    basis = asked.paper.strip() if extension.rules.written else extension.basis
    why = Reason("clock.because", {"text": asked.reason.strip().rstrip(".")})
    event = ClockEvent(ClockMove.EXTEND, now, actor.person, basis, why, length)
    refused = clock.refuses(event, actor.roles)
    if refused is not None:
        raise ExtensionRefused(case=held.case.code, why=refused)
    return event


def _step(held: Held, extension: Extension) -> Step:
    """What the act asks for: the diagram does not move, a paper goes out and somebody is told."""
    papers = [SlipIssued(extension.slip, "")] if extension.slip else []
    notices = [NoticeDue(extension.notice, "")] if extension.notice else []
    return Step(held.case.state, (*papers, *notices), (), peek(held.case.state).data)


def _with_reason(change: Change, event: ClockEvent, asked: NewDate) -> Change:
    """The change with the reason in its letter, which no step of the diagram has said."""
    said = {"reasons": [{"text": asked.reason.strip(), "basis": event.basis}]}

    def told(paper: Document) -> Document:
        return replace(paper, facts={**paper.facts, "said": said})

    return replace(change, documents=tuple(told(paper) for paper in change.documents))
