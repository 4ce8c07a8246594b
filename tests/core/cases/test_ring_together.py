"""Alarms of many cases ring in one transaction: each an act of its own, once, and what is wrong with one is no matter of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.commit import changes
from wardflow.cases.complete_task import complete_task
from wardflow.cases.inspection import Inspector
from wardflow.cases.ring_alarm import ring_alarm
from wardflow.cases.ring_together import ring_together
from wardflow.catalog import files_of
from wardflow.jobs import Sweep
from wardflow.packs import Pack
from wardflow.store.database import COMMIT

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
CASES = 12
MOST = 12
PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
WARNINGS = 'half = { to = "reviewer", unit = "office", vi = "Đã dùng một nửa", en = "Half" }\n[[warnings]]\nat = "50 %"\nnotices = ["half"]\n'


def overdue(town: Town, number: int = CASES) -> list[tuple[int, str]]:
    """Cases whose reviewer did not answer in time, and the alarm of each; it is that moment now."""
    for _ in range(number):
        town.open(answer={"complete": True})
    due = town.platform.store.alarms.due(town.moment.now + timedelta(days=30), 1000)
    town.moment.now = due[-1][2]
    return [(case, alarm) for case, alarm, _ in due]


def rung(town: Town, case: int) -> int:
    return [entry.kind for entry in town.platform.store.papers.entries(case)].count("alarm")


def faults(town: Town) -> list[Any]:
    return list(Inspector(town.platform).faults(town.platform.store.inspection))


@contextmanager
def between(town: Town, what: Callable[[], object]) -> Iterator[None]:
    """Something happens after the alarms were read and before they are written."""
    store = town.platform.store.cases
    write = store.apply_together

    def later(found: Any) -> Any:
        store.apply_together = write
        what()
        return write(found)

    store.apply_together = later
    yield
    store.apply_together = write


def test_many_alarms_ring_in_one_transaction_each_an_act_in_its_own_chain(town: Town) -> None:
    due = overdue(town)
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    assert set(ring_together(town.platform, due)) == set(due)
    town.platform.store.database.observer = None

    assert seen.count(COMMIT) == 1
    assert len(seen) - 1 <= MOST, seen    # however many alarms there are
    assert [rung(town, case) for case, _ in due] == [1] * CASES
    assert faults(town) == []


def test_a_case_is_the_same_whether_its_alarm_rang_alone_or_with_others(town: Town) -> None:
    (alone, alarm), *others = overdue(town, 3)
    ring_alarm(town.platform, alone, alarm)
    ring_together(town.platform, others)

    def told(case: int) -> Any:
        held, papers = town.case(case), town.platform.store.papers
        tasks = [(task.node, task.status, task.person, task.due, task.reasons) for task in papers.tasks(case)]
        return held.business_state, held.due, tasks, [(n.notice, n.person, n.at) for n in papers.notices(case)]

    assert told(others[0][0]) == told(others[1][0]) == told(alone)


def test_what_rang_already_is_over_and_does_not_ring_again(town: Town) -> None:
    due = overdue(town)
    ring_alarm(town.platform, *due[0])
    assert set(ring_together(town.platform, due)) == set(due)
    assert set(ring_together(town.platform, due)) == set(due)
    assert [rung(town, case) for case, _ in due] == [1] * CASES


def test_a_case_that_somebody_moves_meanwhile_is_left_and_loses_nothing(town: Town) -> None:
    due = overdue(town)
    case = due[3][0]
    task = town.tasks(case)["review"].task
    done = lambda: complete_task(town.platform, town.actor("reviewer"), case, task, {"opinion": "good"})
    with between(town, done):
        assert set(due) - set(ring_together(town.platform, due)) == {due[3]}
    assert "review" not in town.tasks(case)
    assert ring_alarm(town.platform, *due[3]) is None    # the step was done in time
    assert [rung(town, each) for each, _ in due] == [each != case for each, _ in due]
    assert faults(town) == []


def test_another_worker_between_reading_and_writing_rings_nothing_twice(town: Town) -> None:
    due = overdue(town)
    with between(town, lambda: ring_together(town.platform, due[:5])):
        left = set(due) - set(ring_together(town.platform, due))
    assert left == set(due[:5])
    assert [ring_alarm(town.platform, *alarm) for alarm in left] == [None] * 5
    assert [rung(town, case) for case, _ in due] == [1] * CASES
    assert faults(town) == []


def test_a_case_that_cannot_take_its_step_stops_none_of_the_others(town: Town) -> None:
    due = overdue(town)
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE cases SET state = ? WHERE id = ?", (b"{}", due[0][0]))
    assert set(due) - set(ring_together(town.platform, due)) == {due[0]}
    assert [rung(town, case) for case, _ in due] == [0] + [1] * (CASES - 1)


def test_what_the_database_refuses_of_one_case_undoes_the_batch_and_each_then_rings_alone(town: Town) -> None:
    due = overdue(town)
    broken, _ = due[4]
    with town.platform.store.database.writing() as cursor:    # the place of its next entry is taken already
        cursor.run(
            'INSERT INTO entry (case_id, seq, at, "by", kind, node, facts, value, passed, hash) '
            'SELECT case_id, seq + 1, at, "by", kind, node, facts, value, passed, hash FROM entry WHERE case_id = ?', (broken,),
        )
    work = app.workplace(town.platform, town.platform.store)
    sweep = Sweep(work.alarms, work.ring, work.ring_together)

    assert sweep.ring_due(town.moment.now) == CASES - 1
    assert [rung(town, case) for case, _ in due] == [int(case != broken) for case, _ in due]
    assert [(case, alarm) for case, alarm, _ in work.alarms.due(town.moment.now, 100)] == [due[4]]
    assert sweep.ring_due(town.moment.now) == 0    # it waits for its next try and is taken into no batch


def test_warnings_are_told_together_to_whom_each_concerns(town: Town) -> None:
    files = files_of(PERMIT)
    pack = Pack({**files, "pack.toml": files["pack.toml"] + WARNINGS.encode()}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    cases = [town.open(answer={"complete": True}).case_id for _ in range(CASES)]
    warnings = [(case, "warning") for case in cases]
    town.moment.now = max(town.platform.store.alarms.row(*each).fire_at for each in warnings)

    assert set(ring_together(town.platform, warnings)) == set(warnings)

    told = {case: [n.notice for n in town.platform.store.papers.notices(case)].count("half") for case in cases}
    assert set(told.values()) == {1}
    assert [town.platform.store.alarms.row(*each) for each in warnings] == [None] * CASES
    assert faults(town) == []


def test_only_the_first_alarm_of_a_case_rings_with_others(town: Town) -> None:
    (case, _), *_others = due = overdue(town)
    with town.platform.store.database.writing() as cursor:
        cursor.run(
            "INSERT INTO alarm (case_id, alarm, node, fire_at) SELECT case_id, 'later', node, '2099-01-01T00:00:00.000Z' FROM alarm WHERE case_id = ?",
            (case,),
        )
    assert set(ring_together(town.platform, [*due, (case, "later")])) == set(due)


def test_a_paper_that_takes_a_number_is_left_to_an_act_of_its_own(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    due = overdue(town, 2)

    def numbered(*given: Any) -> Any:
        from dataclasses import replace

        found = changes(*given)
        return replace(found, series={"d1": "papers"}) if found.case.id == due[0][0] else found

    monkeypatch.setattr("wardflow.cases.ring_together.changes", numbered)
    assert set(ring_together(town.platform, due)) == {due[1]}
