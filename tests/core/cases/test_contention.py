"""Who acts on the same case at the same time: one wins, the other is told or goes on from there, and nothing is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from wardflow.cases.complete_task import complete_task
from wardflow.cases.retry_incident import retry_incident
from wardflow.cases.ring_alarm import ring_alarm
from wardflow.errors import IncidentGone, TaskGone

sys.path.insert(0, str(Path(__file__).parent))    # for contention.py

from contention import THREE, faults, file_cases, work

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PROCESSES, CASES = 4, 12


def together(*acts: Any) -> list[object]:
    """What several acts that begin at the same moment give, errors among them."""
    barrier, given = Barrier(len(acts), timeout=30), [None] * len(acts)

    def run(place: int, act: Any) -> None:
        barrier.wait()
        try:
            given[place] = act()
        except Exception as error:  # noqa: BLE001  # the error is what the test asks about
            given[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


def kinds(town: Town, case: int) -> list[str]:
    return [entry.kind for entry in town.platform.store.papers.entries(case)]


def test_processes_that_complete_the_same_cases_lose_and_double_nothing(town: Town) -> None:
    file_cases(town, CASES)
    settings = town.platform.settings

    outcome = work(settings.database_url, settings.data, PROCESSES)

    assert list(faults(town.platform, outcome)) == []
    assert len(outcome.done) == CASES // 2 * 5 + CASES // 2 * 4    # check, three reviews, sign; half were checked when they were filed


def test_of_two_who_complete_the_same_step_one_is_told_and_their_text_is_kept(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    both = together(*(
        lambda who=who: complete_task(town.platform, town.actor(who), case, task, {"opinion": "good"}) for who in ("reviewer", "second")
    ))

    (told,) = [each for each in both if isinstance(each, Exception)]
    assert isinstance(told, TaskGone)
    assert told.facts["typed"] == {"opinion": "good"}
    assert kinds(town, case) == ["opened", "task_done"]


def test_two_who_complete_parallel_steps_both_succeed(town: Town) -> None:
    town.publish(("<bpmn:outgoing>g8</bpmn:outgoing>", "<bpmn:outgoing>g8</bpmn:outgoing>" + THREE))
    case = town.open(answer={"complete": True}).case_id
    tasks = [task.task for task in town.platform.store.papers.tasks(case) if task.node == "review"]
    given = together(*(
        lambda task=task: complete_task(town.platform, town.actor("reviewer"), case, task, {"opinion": "good"}) for task in tasks
    ))

    assert [each for each in given if isinstance(each, Exception)] == []
    assert (kinds(town, case), set(town.tasks(case))) == (["opened", *["task_done"] * 3], {"sign"})


def test_an_alarm_and_a_person_at_once_move_the_case_one_after_the_other(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    (alarm,) = town.platform.store.alarms.of_case(case)
    town.moment.now = alarm.fire_at
    task = town.tasks(case)["review"].task
    given = together(
        lambda: ring_alarm(town.platform, case, alarm.alarm), lambda: ring_alarm(town.platform, case, alarm.alarm),
        lambda: complete_task(town.platform, town.actor("reviewer"), case, task, {"opinion": "good"}),
    )

    assert [each for each in given if isinstance(each, Exception)] == []
    assert kinds(town, case).count("alarm") <= 1
    assert set(town.tasks(case)) == {"sign"}


def test_of_two_who_retry_the_same_incident_one_is_told(town: Town, called: int) -> None:
    (row,) = town.platform.store.incidents.of_case(called)
    given = together(*[lambda: retry_incident(town.platform, town.actor("signer"), called, row.key, "Đã thông")] * 2)

    assert [type(each) for each in given if isinstance(each, Exception)] == [IncidentGone]
    assert kinds(town, called).count("incident_retried") == 1


@pytest.mark.parametrize("number", [8])
def test_cases_opened_at_once_are_numbered_without_gap_or_double(town: Town, number: int) -> None:
    opened = together(*[town.open] * number)

    assert [each for each in opened if isinstance(each, Exception)] == []
    codes = sorted(each.code for each in opened)    # type: ignore[attr-defined]    # no error among them
    assert [int(code.rsplit("-", 1)[1]) for code in codes] == list(range(1, number + 1))
