"""The results that wait at a point for who filed: whose, since when, and how they wanted them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.counter_records import CaseWay
from wardflow.cases.platform import Platform
from wardflow.cases.reads.applicants import openers
from wardflow.cases.reads.finding import found_cases
from wardflow.cases.reads.shared import procedure_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, Task
from wardflow.domain.names import folded
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may, require

MOST = 500


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One result that waits."""

    code: str
    task: str
    procedure: Words
    applicant: str
    since: datetime
    reminders: int
    """how often the applicant was told to come"""
    came: CaseWay


def returns(platform: Platform, actor: Actor, unit: str, text: str = "") -> tuple[ReturnRow, ...]:
    """What waits at a point to be handed over, the longest first; with a text those found by code, name, telephone or identity number.

    NotAllowed for anybody but the clerks of that point.
    """
    roles = openers(platform)
    require(actor, "see_book", Question(openers=roles, counter=unit))
    wanted = None
    if text.strip():
        wanted = {row.code for row in found_cases(platform, actor, text, platform.snapshot(), MOST)}
    tasks = platform.store.worklist.unit([(unit, role) for role in sorted(roles)], MOST)
    found = [(task, case) for task, case in tasks if _returned(platform, actor, task, case)]
    rows = [_row(platform, task, case) for task, case in found if wanted is None or case.code in wanted or folded(text) == folded(case.code)]
    return tuple(sorted(rows, key=lambda row: row.since))


def _returned(platform: Platform, actor: Actor, task: Task, case: Case) -> bool:
    """Whether the step is the one where the result is handed over: its diagram says so by the place where it is done."""
    matter = platform.library.matter_of(case)
    node = matter.definition.node(task.node)
    return node.attributes.get("unit") == "returning" and may(actor, "see_case", Question(case, task, register=platform.register()))


def _row(platform: Platform, task: Task, case: Case) -> ReturnRow:
    notices = platform.store.papers.notices(case.id)
    told = sum(notice.person == case.applicant_person and notice.at > task.opened_at for notice in notices)
    matter = platform.library.matter_of(case)
    return ReturnRow(
        case.code, task.task, procedure_words(matter), case.applicant_label, task.opened_at, told, platform.store.channels.of(case.id)
    )
