"""Completes a step of the applicant's own with the tracking code alone, where its diagram says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, take_task
from wardflow.cases.complete_task import completed
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Task
from wardflow.domain.people import Actor
from wardflow.errors import CaseUnknown


@again_when_moved
def answer_by_code(platform: Platform, tracking: str, task: str, value: Mapping[str, Any]) -> Case:
    """The case after the step; its timeline says that the applicant did it.

    CaseUnknown for a code that is none, NotAllowed for any other step, FormRefused and TaskGone as in any step.
    """
    applicant, held, open_task = take_by_code(platform, "answer_by_code", tracking, task, value)
    return completed(platform, applicant, held, open_task, value)


def take_by_code(
    platform: Platform, act: str, tracking: str, task: str, typed: Any = None
) -> tuple[Actor, Held, Task]:
    """The applicant, the case and the step that whoever holds the code speaks about; the act has been asked for."""
    case = platform.store.worklist.by_tracking(tracking)
    if case is None:
        raise CaseUnknown(case=tracking)
    applicant = Actor(case.applicant_person, case.applicant_label)
    held, open_task = take_task(platform, applicant, act, case.id, task, typed)
    return applicant, held, open_task
