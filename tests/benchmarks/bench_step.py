"""A completed step and the start of a case, each beside its floor: the same statements without the platform."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from steps import (
    CLERK,
    STEP,
    Bare,
    Statement,
    built,
    busy,
    counted,
    make_city,
    open_one,
    recorded,
    timed,
    told,
    waiting,
)
from wardflow.cases.complete_task import complete_task
from wardflow.settled import settle

TIMES = 100
ROUNDS, ROUND = 10, 20
MOST = 8
PEER = 42.0
"""Milliseconds of CPU that spiff-arena takes for a completed step, measured beside Wardflow when it was designed."""


def test_a_step_and_a_start_beside_the_same_statements_run_bare(databases: Any, database_kind: str, tmp_path: Path) -> None:
    address = databases.empty(database_kind)
    platform = built(make_city(address, tmp_path))
    actor = platform.actor(CLERK)
    cases = waiting(platform, TIMES + ROUNDS * ROUND)
    complete_task(platform, actor, cases[0][0].case_id, cases[0][1], STEP)    # the first one fills what a process holds

    steps = _beside(
        databases, database_kind, platform, address,
        [lambda case=case, task=task: complete_task(platform, actor, case.case_id, task, STEP) for case, task in cases[1:TIMES]],
    )
    starts = _beside(databases, database_kind, platform, address, [lambda: open_one(platform)] * (TIMES - 1))

    _tell(database_kind, "a completed step", *steps)
    _tell_busy(database_kind, platform, actor, cases[TIMES:])
    _tell(database_kind, "the start of a case", *starts)
    statements, commits = counted(steps[2])
    assert (statements <= MOST, commits) == (True, 1), steps[2]
    platform.store.close()
    databases.drop(address)


def _beside(databases: Any, kind: str, platform: Any, address: str, acts: list[Any]) -> tuple[list[float], list[float], list[Statement]]:
    """The milliseconds of each act, of its statements run bare on a copy of the database, and the statements of the last."""
    platform.store.tidy()
    platform.store.close()    # a template must have no connections; the next statement opens one again
    copy = databases.copy(kind, address)
    whole: list[float] = []
    written: list[list[Statement]] = []
    for act in acts:
        statements: list[Statement] = []
        with recorded(statements):
            whole.append(timed(act))
        written.append(statements)
    bare = Bare(copy)
    floor = [timed(lambda each=each: bare.run(each)) for each in written]
    bare.close()
    databases.drop(copy)
    return whole, floor, written[-1]


def _tell(kind: str, what: str, whole: list[float], floor: list[float], statements: list[Statement]) -> None:
    number, commits = counted(statements)
    print(f"\n{kind}: {told(what, whole)}; {number} statements, {commits} commit")
    print(f"{kind}: {told('its floor, the same statements bare', floor)}; ratio {median(whole) / median(floor):.1f}")


def _tell_busy(kind: str, platform: Any, actor: Any, cases: list[Any]) -> None:
    """The CPU time of the process for a step, the best of several rounds; the write-ahead log is as the worker leaves it."""
    platform.store.tidy()
    rounds = [cases[first : first + ROUND] for first in range(0, len(cases), ROUND)]

    def work(some: list[Any]) -> None:
        for case, task in some:
            complete_task(platform, actor, case.case_id, task, STEP)

    settle()    # as the server does once it stands
    best = min(busy(lambda some=some: work(some)) for some in rounds) / ROUND
    print(f"{kind}: CPU of a completed step, best of {ROUNDS} rounds: {best:.2f} ms, {PEER / best:.0f} times less than spiff-arena")
