"""Completes a step of the applicant's own with the tracking code alone, where its diagram says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.acting import again_when_moved, take_task
from wardflow.cases.complete_task import completed
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.people import Actor
from wardflow.errors import CaseUnknown


@again_when_moved
def answer_by_code(platform: Platform, tracking: str, task: str, value: Mapping[str, Any]) -> Case:
    """The case after the step; its timeline says that the applicant did it.

    CaseUnknown for a code that is none, NotAllowed for any other step, FormRefused and TaskGone as in any step.
    """
    case = platform.store.worklist.by_tracking(tracking)
    if case is None:
        raise CaseUnknown(case=tracking)
    applicant = Actor(case.applicant_person, case.applicant_label)
    held, open_task = take_task(platform, applicant, "answer_by_code", case.id, task, value)
    return completed(platform, applicant, held, open_task, value)
