"""The one way a case changes: what a step asks for becomes rows, all written in one transaction."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases import services
from wardflow.cases.exchange import Message, beginnings
from wardflow.cases.expected import FOR_PEOPLE
from wardflow.cases.knowing import Begun
from wardflow.cases.library import Matter
from wardflow.cases.opinions import opinions
from wardflow.cases.platform import Platform
from wardflow.cases.projections import (
    alarms,
    books,
    listening,
    messages,
    notices,
    papers,
    tasks,
    troubles,
    warnings,
    work,
)
from wardflow.cases.projections import case as case_rows
from wardflow.cases.records import Case, Change, Entry, JobRow
from wardflow.cases.situation import Happening, Situation
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.stepping import host
from wardflow.domain.people import Actor
from wardflow.engine import ClockMoved, ServiceCalled, SlipIssued, StateEntered, Step, TaskWithdrawn


def commit(
    platform: Platform, before: Case, step: Step, happening: Happening, actor: Actor, matter: Matter, snapshot: Snapshot,
    *, ended: tuple[tuple[int, str], ...] = (),
) -> Case:
    """The case as written, and the job that brought it here `ended`; CaseMoved where another act came first and nothing was written."""
    change = changes(platform, before, step, happening, actor, matter, snapshot)
    change = replace(change, jobs_ended=ended) if ended else change
    case = platform.store.cases.apply(change)
    platform.snapshots.given(task.person for task in change.tasks_opened)
    return case


def changes(
    platform: Platform, before: Case, step: Step, happening: Happening, actor: Actor, matter: Matter, snapshot: Snapshot
) -> Change:
    """Everything that an act writes."""
    if step.of(ServiceCalled):
        step = services.answered(platform, step, matter, snapshot, Begun(platform.library.thresholds_of(before), before.opened_at))
    now, data = platform.now(), step.data
    situation = Situation(
        matter.pack, matter.procedure, matter.definition, snapshot, now, actor, data, opinions(platform, before, data, now)
    )
    case, clock = case_rows.after(before, step, happening, situation)
    opened = tasks.opened(case, step, situation)
    found = warnings.with_warning(warnings.Alarms(*alarms.changed(step)), before, case, situation, clock)
    documents, series = papers.issued(case, step, situation, happening.joint)
    ran_by = platform.library.matter_of(before) if before.id else matter
    signals = messages.raised(case, step, situation, platform.settings.message_days)
    heard = listening.changed(before, ran_by, step, situation, lambda: host(platform, matter, snapshot))
    return Change(
        before=before,
        case=case,
        entry=_entry(case, step, happening, situation),
        tasks_opened=opened,
        tasks_closed=tasks.closed(step, happening, situation),
        alarms_set=found.sets,
        alarms_cleared=found.clears,
        documents=documents,
        notices=notices.due(case, step, situation),
        jobs=_jobs(step, situation),
        jobs_dropped=tuple(effect.task for effect in _withdrawn(step) if not _for_people(effect, situation)),
        sealed=happening.sealed,
        incidents=troubles.raised(case, step, opened, situation),
        work_opened=work.opened(case, step, situation),
        work_closed=work.closed(step, situation),
        listening=heard.begun,
        listened=heard.ended,
        messages=(*messages.thrown(case, step, situation, platform.settings.message_days), *_beginnings(platform, case, signals)),
        signals=signals,
        series=series,
        entered=books.entered(platform.plugins.books, before, case, situation),
    )


def _beginnings(platform: Platform, case: Case, signals: tuple[Message, ...]) -> tuple[Message, ...]:
    """What the signals of a step begin elsewhere; no procedure begins itself, which would never end."""
    if not signals:
        return ()
    today = platform.snapshot().calendar.local(platform.now()).date()
    offered = platform.library.procedures(today)
    return tuple(
        begins for signal in signals
        for begins in beginnings(signal, [code for code, each in offered.items() if code != case.procedure and each.begins_by("signal", signal.name)])
    )


def record(before: Case, happening: Happening, platform: Platform, actor: Actor) -> Change:
    """What an act writes that does not move the engine: one line of the timeline, the rest is up to the act."""
    case = replace(before, version=before.version + 1, audit_seq=before.audit_seq + 1)
    entry = Entry(
        case.audit_seq, platform.now(), actor.person, happening.kind, happening.node, happening.facts, happening.value, ()
    )
    return Change(before=before, case=case, entry=entry)


def _entry(case: Case, step: Step, happening: Happening, situation: Situation) -> Entry:
    facts = dict(happening.facts)
    if states := [effect.state for effect in step.of(StateEntered)]:
        facts["states"] = states
    moves = [*(str(event.move) for event in happening.moves), *(e.move for e in step.of(ClockMoved))]
    if moves:
        facts["clock"] = moves
    if slips := [effect.slip for effect in step.of(SlipIssued)]:
        facts["slips"] = slips
    return Entry(
        case.audit_seq, situation.now, situation.actor.person, happening.kind, happening.node, facts, happening.value,
        tuple(step.passed),
    )


def _withdrawn(step: Step) -> tuple[TaskWithdrawn, ...]:
    return step.of(TaskWithdrawn)


def _for_people(effect: TaskWithdrawn, situation: Situation) -> bool:
    return situation.definition.node(effect.node).kind in FOR_PEOPLE


def _jobs(step: Step, situation: Situation) -> tuple[JobRow, ...]:
    return tuple(
        JobRow(effect.task, effect.handler, {"task": effect.task, "inputs": dict(effect.inputs)}, situation.now)
        for effect in step.of(ServiceCalled)
        if not services.is_local(effect.handler) and not work.is_external(effect.node, situation.definition)
    )
