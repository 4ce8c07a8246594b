"""Several processes at work on the same cases at once, and what is wrong afterwards: a process is started from this file.

    python contention.py ADDRESS FOLDER SEED      completes whatever is open, in an order of its own, until every case is over
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

DOERS = {"check": ("clerk",), "review": ("reviewer", "second"), "sign": ("signer",)}
VALUES: dict[str, dict[str, Any]] = {"check": {"complete": True}, "review": {"opinion": "good"}, "sign": {"opinion": "good"}}
PARALLEL = (
    "<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8",
    "<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8",
)
THREE = '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'
NINE, BEGAN = datetime(2026, 9, 4, 3, tzinfo=UTC), perf_counter()
CONFLICTS = ("CaseMoved", "TaskGone")
"""What a person may be told who was not first; anything else is a fault."""


@dataclass(frozen=True)
class Outcome:
    """What the processes were answered, together."""

    done: list[tuple[int, str, str]]
    told: Counter[str]
    seconds: float

    @property
    def rate(self) -> float:
        """Completed steps a second."""
        return len(self.done) / self.seconds


def file_cases(town: Any, number: int) -> None:
    """Cases whose review is done by three at once; half of them have an alarm that is due already."""
    town.publish((PARALLEL[0] + "</bpmn:outgoing>", PARALLEL[1] + "</bpmn:outgoing>" + THREE))
    present = town.moment.now
    for place in range(number):
        town.moment.now = present - timedelta(days=60 if place % 2 else 0)
        town.open(answer={"complete": True} if place % 2 else None)
    town.moment.now = present


def work(address: str, folder: Path, processes: int) -> Outcome:
    """Lets so many processes complete everything together."""
    started = [_start(address, folder, seed) for seed in range(processes)]
    for process in started:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    began = perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=600)[0] for process in started]
    assert [process.returncode for process in started] == [0] * processes
    lines = [json.loads(line) for text in said for line in text.splitlines()]
    done = [(line["case"], line["task"], line["by"]) for line in lines if "task" in line]
    return Outcome(done, Counter(line["told"] for line in lines if "told" in line), perf_counter() - began)


def _start(address: str, folder: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, address, str(folder), str(seed)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def faults(platform: Any, outcome: Outcome) -> Iterator[str]:
    """What was lost, doubled or told wrongly, in words."""
    from wardflow.cases.inspection import Inspector

    yield from (f"told {what} {times} times" for what, times in outcome.told.items() if what not in CONFLICTS)
    written: Counter[tuple[int, str, str]] = Counter()
    rung: Counter[tuple[int, str]] = Counter()
    for case in _cases(platform):
        for entry in platform.store.papers.entries(case):
            if entry.kind == "task_done":
                written[case, entry.facts["task"], entry.by] += 1
            elif entry.kind == "alarm":
                rung[case, entry.facts["alarm"]] += 1
    yield from (f"{each} was answered and is not there once" for each in outcome.done if written[each] != 1)
    yield from (f"{each} is there and was not answered" for each in written.keys() - set(outcome.done))
    yield from (f"alarm {each} rang {times} times" for each, times in rung.items() if times > 1)
    yield from (f"{fault.case}: {fault.reason.code}" for fault in Inspector(platform).faults(platform.store.inspection))


def _cases(platform: Any) -> list[int]:
    with platform.store.database.reading() as cursor:
        return [int(row[0]) for row in cursor.rows("SELECT id FROM cases ORDER BY id")]


def _open(platform: Any) -> list[tuple[int, str, str]]:
    with platform.store.database.reading() as cursor:
        return list(cursor.rows("SELECT case_id, task, node FROM task WHERE status = 'open'"))


def main(address: str, folder: Path, seed: int) -> None:
    """One process: people who complete what they find, and the sweep over alarms between."""
    from wardflow import app
    from wardflow.cases.complete_task import complete_task
    from wardflow.cases.ring_alarm import ring_alarm
    from wardflow.cases.ring_together import ring_together
    from wardflow.errors import WardflowError
    from wardflow.plugins import Plugins
    from wardflow.settings import Settings

    platform = app.build(Settings(data=folder, database_url=address), now=_working_day, plugins=Plugins.load(sources=()))
    chance = random.Random(seed)
    print("ready", flush=True)
    sys.stdin.readline()
    while tasks := _open(platform):
        chance.shuffle(tasks)
        for case, task, node in tasks[:20]:
            who = chance.choice(DOERS[node])
            try:
                complete_task(platform, platform.actor(who), case, task, VALUES[node])
                print(json.dumps({"case": case, "task": task, "by": who}))
            except WardflowError as refused:
                print(json.dumps({"told": type(refused).__name__}))
        due = [(case, alarm) for case, alarm, _ in platform.store.alarms.due(platform.now(), 10)]
        over = ring_together(platform, due)
        for case, alarm in due:
            if (case, alarm) not in over:
                ring_alarm(platform, case, alarm)
    platform.store.close()


def _working_day() -> datetime:
    """The present on the day of the town: its register and its calendar are of that day."""
    return NINE + timedelta(seconds=perf_counter() - BEGAN)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
