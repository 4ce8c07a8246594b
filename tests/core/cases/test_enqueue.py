"""A job is written by the act that asks for it: with the act or not at all, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases.commit import record
from wardflow.cases.records import Change, Incident, JobRow
from wardflow.cases.situation import Happening
from wardflow.errors import CaseMoved

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
LEASE = timedelta(minutes=5)


def asking(town: Town, case: int, *keys: str) -> Change:
    """What an act writes that asks for jobs."""
    change = record(town.case(case), Happening("claimed"), town.platform, town.actor("clerk"))
    return replace(change, jobs=tuple(JobRow(key, "tax.notice", {"task": key}, town.moment.now) for key in keys))


@pytest.fixture
def case(town: Town) -> int:
    return int(town.open().case_id)


def test_a_job_is_there_with_its_act(town: Town, case: int) -> None:
    town.platform.store.cases.apply(asking(town, case, "t8", "t9"))

    taken = town.platform.store.jobs.take(town.moment.now, 10, LEASE)
    assert [(job.case, job.key, job.name, job.payload) for job in taken] == [
        (case, f"{case}:t8", "tax.notice", {"task": "t8"}), (case, f"{case}:t9", "tax.notice", {"task": "t9"}),
    ]


def test_no_job_is_left_of_an_act_that_came_too_late(town: Town, case: int) -> None:
    late = asking(town, case, "t8")
    town.platform.store.cases.apply(asking(town, case))
    with pytest.raises(CaseMoved):
        town.platform.store.cases.apply(late)

    assert town.platform.store.jobs.stats() == {}


def test_no_job_is_left_of_an_act_that_fails_after_it_was_written(town: Town, case: int) -> None:
    store, change = town.platform.store, asking(town, case, "t8")
    twice = Incident(change.case.audit_seq, "bpmn.no-flow", "check", {}, town.moment.now)
    with pytest.raises(Exception) as failed:
        store.cases.apply(replace(change, incidents=(twice, twice)))

    assert store.database.is_duplicate(failed.value)
    assert store.jobs.stats() == {}
    assert store.papers.entries(case)[-1].kind == "opened"


def test_a_key_is_one_job_however_often_it_is_asked_for(town: Town, case: int) -> None:
    store = town.platform.store
    store.cases.apply(asking(town, case, "t8"))
    store.cases.apply(asking(town, case, "t8"))

    assert store.jobs.stats() == {"waiting": 1}


def test_a_job_that_is_asked_for_again_is_not_ended_by_who_had_it_before(town: Town, case: int) -> None:
    store = town.platform.store
    store.cases.apply(asking(town, case, "t8"))
    (before,) = store.jobs.take(town.moment.now, 10, LEASE)
    store.cases.apply(asking(town, case, "t8"))
    store.jobs.done(before)

    assert store.jobs.stats() == {"waiting": 1}
