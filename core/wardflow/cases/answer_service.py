"""Brings the answer of a service, or its failure, back into the case that called it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import commit, record
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import SYSTEM, Happening
from wardflow.cases.stepping import step_on
from wardflow.engine import ServiceAnswered, ServiceFailed
from wardflow.errors import TaskGone


def answer_service(
    platform: Platform, case_id: int, task: str, values: Mapping[str, Any], *, ended: tuple[tuple[int, str], ...] = ()
) -> Case:
    """The case after the answer; an answer to a call that is no longer wanted changes nothing but the timeline.

    `ended` is the job that brings it, with its lease: over in the same transaction, so that a worker which dies
    afterwards leaves nothing to be done again.
    """
    return _bring(platform, case_id, ServiceAnswered(task, values), Happening("service_answered", "", {"task": task}), ended)


def fail_service(platform: Platform, case_id: int, task: str, code: str) -> Case:
    """The case after the failure: an error event of the diagram catches it, or it becomes an incident."""
    return _bring(platform, case_id, ServiceFailed(task, code), Happening("service_failed", "", {"task": task, "code": code}))


@again_when_moved
def _bring(
    platform: Platform, case_id: int, event: ServiceAnswered | ServiceFailed, happening: Happening,
    ended: tuple[tuple[int, str], ...] = (),
) -> Case:
    held = take_up(platform, case_id)
    try:
        step = step_on(platform, held.matter, held.snapshot, held.case, event)
    except TaskGone:
        # a job whose worker died after the act brings its answer twice, and a case may have gone another way meanwhile
        late = Happening("service_late", "", happening.facts)
        return platform.store.cases.apply(replace(record(held.case, late, platform, SYSTEM), jobs_ended=ended))
    return commit(platform, held.case, step, happening, SYSTEM, held.matter, held.snapshot, ended=ended)
