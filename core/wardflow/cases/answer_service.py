"""Brings the answer of a service, or its failure, back into the case that called it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import commit
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import SYSTEM, Happening
from wardflow.cases.stepping import step_on
from wardflow.engine import ServiceAnswered, ServiceFailed


@again_when_moved
def answer_service(platform: Platform, case_id: int, task: str, values: Mapping[str, Any]) -> Case:
    """The case after the answer; an answer to a call that is no longer wanted changes nothing but the timeline."""
    held = take_up(platform, case_id)
    step = step_on(platform, held.matter, held.snapshot, held.case.state, ServiceAnswered(task, values))
    happening = Happening("service_answered", "", {"task": task})
    return commit(platform, held.case, step, happening, SYSTEM, held.matter, held.snapshot)


@again_when_moved
def fail_service(platform: Platform, case_id: int, task: str, code: str) -> Case:
    """The case after the failure: an error event of the diagram catches it, or it becomes an incident."""
    held = take_up(platform, case_id)
    step = step_on(platform, held.matter, held.snapshot, held.case.state, ServiceFailed(task, code))
    happening = Happening("service_failed", "", {"task": task, "code": code})
    return commit(platform, held.case, step, happening, SYSTEM, held.matter, held.snapshot)
