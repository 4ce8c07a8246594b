"""Brings what a worker of another system did back into the case: its result, or the business error it ran into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.attach_document import Upload, papers
from wardflow.cases.commit import changes
from wardflow.cases.exchange import ExternalTask
from wardflow.cases.held_work import check_names, held_by
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import ServiceAnswered, ServiceFailed
from wardflow.errors import TaskGone
from wardflow.exchange_errors import WorkGone


@again_when_moved
def complete_work(
    platform: Platform, actor: Actor, id: str, worker: str, values: Mapping[str, Any], uploads: Sequence[Upload] = ()
) -> Case:
    """The case after the work, its uploads among its papers; WorkGone when it is no longer wanted, WorkHeld when the lock is another worker's."""
    work = held_by(platform, actor, id, worker)
    happening = Happening("service_answered", work.node, {"task": work.task})
    return _bring(platform, actor, work, ServiceAnswered(work.task, values), happening, uploads)


@again_when_moved
def raise_error(
    platform: Platform, actor: Actor, id: str, worker: str, code: str, values: Mapping[str, Any], uploads: Sequence[Upload] = ()
) -> Case:
    """The case after a business error: an error event of the diagram catches it, or it becomes an incident."""
    work = held_by(platform, actor, id, worker)
    happening = Happening("service_failed", work.node, {"task": work.task, "code": code})
    return _bring(platform, actor, work, ServiceFailed(work.task, code, values), happening, uploads)


def _bring(
    platform: Platform, actor: Actor, work: ExternalTask, event: ServiceAnswered | ServiceFailed, happening: Happening,
    uploads: Sequence[Upload],
) -> Case:
    held = take_up(platform, work.case_id)
    check_names(event.values, held.matter.definition.nodes.get(work.node))
    try:
        step = step_on(platform, held.matter, held.snapshot, held.case, event)
    except TaskGone as gone:
        raise WorkGone(id=work.id) from gone
    change = changes(platform, held.case, step, happening, actor, held.matter, held.snapshot)
    documents = (*change.documents, *papers(platform, actor, change.case, uploads, work.node))
    return platform.store.cases.apply(replace(change, documents=documents, work_done=((work.task, str(work.worker)),)))
