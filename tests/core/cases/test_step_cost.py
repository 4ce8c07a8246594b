"""A completed step costs at most eight statements and one commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from wardflow.cases.complete_task import complete_task

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
MOST = 8


def test_a_completed_step_runs_at_most_eight_statements_and_one_commit(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    actor, database = town.actor("reviewer"), town.platform.store.database
    statements: list[str] = []
    commits: list[object] = []
    database.observer = statements.append
    event.listen(database.engine, "commit", commits.append)
    complete_task(town.platform, actor, case, task, {"opinion": "good"})
    database.observer = None
    assert len(statements) <= MOST, statements
    assert len(commits) == 1


def test_the_step_that_issues_a_numbered_paper_stays_within_the_same_limit(town: Town) -> None:
    case = town.open().case_id
    task = town.tasks(case)["check"].task
    actor, database = town.actor("clerk"), town.platform.store.database
    statements: list[str] = []
    database.observer = statements.append
    complete_task(town.platform, actor, case, task, {"complete": True})
    database.observer = None
    assert len(statements) <= MOST, statements
