"""Whatever is killed, whenever: an act that was answered is there afterwards, and no act is there by half."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from wardflow.domain import audit
from wardflow.store import rows

KILLS = 3
# A clerk who claims a task and gives it back, again and again, and says so after each act.
CLERK = """
import itertools, sys
from wardflow import app
from wardflow.cases.claim_task import claim_task
from wardflow.cases.release_task import release_task
from wardflow.settings import Settings

platform = app.build(Settings.from_environment())
person, case, task = sys.argv[1], int(sys.argv[2]), sys.argv[3]
for number in itertools.count(1):
    if number % 2:
        claim_task(platform, platform.actor(person), case, task)
    else:
        release_task(platform, platform.actor(person), case, task, "đổi người")
    print(number, flush=True)
"""


@pytest.fixture
def city(databases: Any, database_kind: str, tmp_path: Path, made_city: Any, city_secret: Path) -> Any:
    """A copy of the demo city, not served."""
    from wardflow.settings import Settings

    address = databases.copy(database_kind, made_city(database_kind))
    yield Settings(data=tmp_path, database_url=address, secret_file=city_secret, demo=True)
    databases.drop(address)


def test_no_answered_act_is_lost_when_its_process_is_killed(city: Any) -> None:
    from wardflow import app
    from wardflow.serve import environment

    platform = app.build(city)
    person = dict(platform.store.accounts.logins())["specialist"]
    held = platform.actor(person).holdings
    queues = [(holding.unit, holding.role) for holding in held]
    task, case = next((task, case) for task, case in platform.store.worklist.queue(queues) if task.person is None)
    chance = random.Random(7)

    for _ in range(KILLS):
        before = len(_moves(platform, case.id))
        command = [sys.executable, "-c", CLERK, person, str(case.id), task.task]
        clerk = subprocess.Popen(command, env=environment(city), stdout=subprocess.PIPE, text=True)
        assert clerk.stdout is not None
        for _ in range(2 * chance.randint(1, 6)):
            answered = int(clerk.stdout.readline())
        clerk.kill()
        answered = max([answered, *map(int, clerk.stdout.read().split())])
        clerk.wait()
        clerk.stdout.close()

        written = len(_moves(platform, case.id)) - before
        assert answered <= written <= answered + 1    # at most one was done and could not say so any more
        if written % 2:
            _give_back(platform, person, case.id, task.task)
    assert audit.verify((rows.audited(case.code, entry), entry.hash) for entry in platform.store.papers.entries(case.id)) is None
    platform.store.close()


def _moves(platform: Any, case: int) -> list[Any]:
    return [entry for entry in platform.store.papers.entries(case) if entry.kind in ("claimed", "released")]


def _give_back(platform: Any, person: str, case: int, task: str) -> None:
    from wardflow.cases.release_task import release_task

    release_task(platform, platform.actor(person), case, task, "đổi người")
