"""A completed step costs at most eight statements and one commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wardflow.cases.complete_task import complete_task
from wardflow.store.database import COMMIT

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
MOST = 8


def test_a_completed_step_runs_at_most_eight_statements_and_one_commit(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    actor = town.actor("reviewer")
    with watched(town) as seen:
        complete_task(town.platform, actor, case, task, {"opinion": "good"})
    assert len(seen) - seen.count(COMMIT) <= MOST, seen
    assert seen.count(COMMIT) == 1


def test_the_step_that_issues_a_numbered_paper_stays_within_the_same_limit(town: Town) -> None:
    case = town.open().case_id
    task = town.tasks(case)["check"].task
    actor = town.actor("clerk")
    with watched(town) as seen:
        complete_task(town.platform, actor, case, task, {"complete": True})
    assert len(seen) - seen.count(COMMIT) <= MOST, seen


def test_a_case_opens_in_one_commit_its_applicant_included(town: Town) -> None:
    town.open()    # what every process reads once is read
    with watched(town) as seen:
        opened = town.open()
    assert seen.count(COMMIT) == 1
    case = town.case(opened.case_id)
    assert case.applicant_id > 0 and case.applicant_person == f"applicant:{case.applicant_id}"


def test_an_applicant_without_an_account_is_called_by_their_number_wherever_the_case_names_them(town: Town) -> None:
    opened = town.open(answer={"complete": False})
    person = town.case(opened.case_id).applicant_person
    assert town.tasks(opened.case_id)["more"].person == person
    town.do("clerk", opened.case_id, "more", complete=True)
    town.do("clerk", opened.case_id, "check", complete=True)
    assert person in town.tasks(opened.case_id)["review"].excluded
    assert [notice.person for notice in town.platform.store.papers.notices(opened.case_id)] == [person]


@contextmanager
def watched(town: Town) -> Iterator[list[str]]:
    """Every statement and every commit while something is done."""
    database, seen = town.platform.store.database, list[str]()
    database.observer = seen.append
    try:
        yield seen
    finally:
        database.observer = None
