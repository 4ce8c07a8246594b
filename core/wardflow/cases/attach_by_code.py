"""Attaches a file to a step of the applicant's own with the tracking code alone, where its diagram says so."""

from __future__ import annotations

from wardflow.cases.acting import again_when_moved, running
from wardflow.cases.answer_by_code import take_by_code
from wardflow.cases.attach_document import Upload, attached
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case


@again_when_moved
def attach_by_code(platform: Platform, tracking: str, task: str, upload: Upload) -> Case:
    """The case with one more paper, attached by its applicant; the errors are those of `answer_by_code`."""
    applicant, held, open_task = take_by_code(platform, "attach_by_code", tracking, task)
    running(held)
    return attached(platform, applicant, held, upload, open_task.node)
