"""The engine beside its floors: the same statements without an engine, and stock SpiffWorkflow on the same model.

    python tests/benchmarks/bench_engine.py [--json FILE] [--compare FILE] [--postgres URL]

Each figure is a ratio to a floor measured in the same process a moment before or after; a run saved with --json is what a later
run is compared with. PostgreSQL is measured when an address is given, by the option or by WARDFLOW_TEST_DATABASE_URL.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import orjson
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "engine"))
from small import bpmn
from wardflow.engine import TaskCompleted, TaskOpened, advance, read, start
from wardflow.settled import settle

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
DOSSIER = """
    startEvent s
    userTask intake
    exclusiveGateway again
    userTask check
    exclusiveGateway complete
    userTask supplement
    userTask review
    parallelGateway split
    userTask agency1
    userTask agency2
    parallelGateway join
    userTask sign
    userTask hand_over
    endEvent e
    s -> intake -> again -> check -> complete
    complete -> review : {condition}
    complete => supplement
    supplement -> again
    review -> split -> agency1 -> join -> sign -> hand_over -> e
    split -> agency2 -> join
"""
MODEL = bpmn(DOSSIER.format(condition="complete = true"))
STOCK = bpmn(DOSSIER.format(condition="complete == True"))
FORM = {
    "dossier": {
        "code": "H29.12-261121-000123",
        "applicant": {"name": "Nguyễn Thị Minh Khai", "address": "123/4 Lê Văn Sỹ"},
        "documents": [
            {"kind": f"Giấy tờ {n}", "copies": 1, "file": f"2026/11/21/{n}.pdf", "sha256": "9f86d081884c7d65" * 4}
            for n in range(6)
        ],
        "fee": 150000,
        "notes": "Hồ sơ nộp trực tuyến qua Cổng dịch vụ công",
    },
    "complete": False,
    "rounds": 0,
}
DEFINITION = read(MODEL)


def values(node: str, number: int) -> Mapping[str, Any]:
    """What is filled in: one supplement round, then complete."""
    return {"complete": number > 2} if node == "check" else {f"{node}_done": True}


def timed(work: Callable[[], Any], times: int = 30) -> float:
    """The median seconds of some work."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)


# In memory


def steps_in_memory(cases: int = 300) -> tuple[float, float]:
    """Median seconds of load, advance and dump for a dossier step, and of the same on stock SpiffWorkflow."""
    ours = []
    for _ in range(cases):
        for began, ended, _ in play():
            ours.append(ended - began)
    theirs = []
    spec, subs = _spiff()
    serializer = BpmnWorkflowSerializer()
    for _ in range(cases // 30):
        workflow = BpmnWorkflow(spec, subs)
        for task in workflow.get_tasks():
            task.data.update(FORM)
        workflow.do_engine_steps()
        stored, number = serializer.serialize_json(workflow), 0
        while True:
            began = perf_counter()
            workflow = serializer.deserialize_json(stored)
            ready = workflow.get_tasks(state=TaskState.READY, manual=True)
            if not ready:
                break
            number += 1
            ready[0].data.update(values(ready[0].task_spec.name, number))
            ready[0].run()
            workflow.do_engine_steps()
            stored = serializer.serialize_json(workflow)
            theirs.append(perf_counter() - began)
    return median(ours), median(theirs)


def _spiff() -> tuple[Any, Any]:
    parser = BpmnParser()
    parser.add_bpmn_str(STOCK)
    return parser.get_spec("p"), parser.get_subprocess_specs("p")


def play() -> Iterator[tuple[float, float, bytes]]:
    """One dossier from start to end: when each step began and ended, and its state."""
    step = start(DEFINITION, "p", FORM, NOW)
    open_, number = {e.task: e.node for e in step.effects if isinstance(e, TaskOpened)}, 0
    while open_:
        task, node = next(iter(open_.items()))
        del open_[task]
        number += 1
        event = TaskCompleted(task, values(node, number))
        began = perf_counter()
        step = advance(DEFINITION, step.state, event, NOW)
        yield began, perf_counter(), step.state
        open_ |= {e.task: e.node for e in step.effects if isinstance(e, TaskOpened)}


# Durable: the state, its tasks and an audit line in one transaction

TABLES = (
    "CREATE TABLE instance(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, status TEXT NOT NULL, state {bytes} NOT NULL)",
    """CREATE TABLE task(id TEXT PRIMARY KEY, instance INTEGER NOT NULL, node TEXT NOT NULL, unit INTEGER NOT NULL,
       due BIGINT NOT NULL, status INTEGER NOT NULL, done_by INTEGER, done_at BIGINT)""",
    "CREATE INDEX task_open ON task(unit, due, id) WHERE status = 0",
    "CREATE INDEX task_of ON task(instance)",
    "CREATE TABLE audit(id {serial}, instance INTEGER NOT NULL, at BIGINT NOT NULL, actor INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT)",
)
Execute = Callable[..., Any]


def sqlite_database(folder: str, synchronous: str) -> sqlite3.Connection:
    """A fresh SQLite file as the product uses it."""
    connection = sqlite3.connect(Path(folder) / f"{synchronous}.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "wal_autocheckpoint=20000"):
        connection.execute(f"PRAGMA {pragma}")
    for table in TABLES:
        connection.execute(table.format(bytes="BLOB", serial="INTEGER PRIMARY KEY"))
    return connection


def opened(execute: Execute, number: int, state: bytes, tasks: list[tuple[str, str]]) -> None:
    """The rows of a new case."""
    execute("BEGIN")
    execute("INSERT INTO instance VALUES(?, 0, 'open', ?)", (number, state))
    for task, node in tasks:
        execute("INSERT INTO task VALUES(?, ?, ?, 1, 1000, 0, NULL, NULL)", (f"{number}-{task}", number, node))
    execute("INSERT INTO audit(instance, at, actor, what, detail) VALUES(?, 1, 7, 'start', '{}')", (number,))
    execute("COMMIT")


def stepped(
    execute: Execute, number: int, version: int, work: Callable[[bytes], tuple[bytes, str, list[tuple[str, str]]]]
) -> float:
    """One step in one transaction; the seconds it took."""
    began = perf_counter()
    execute("BEGIN")
    (state,) = execute("SELECT state FROM instance WHERE id = ? AND version = ?", (number, version)).fetchone()
    state, done, new = work(bytes(state))
    execute(
        "UPDATE instance SET state = ?, version = version + 1, status = 'open' WHERE id = ? AND version = ?",
        (state, number, version),
    )
    execute("UPDATE task SET status = 1, done_by = 7, done_at = 1 WHERE id = ?", (f"{number}-{done}",))
    for task, node in new:
        execute("INSERT INTO task VALUES(?, ?, ?, 1, 1000, 0, NULL, NULL)", (f"{number}-{task}", number, node))
    execute("INSERT INTO audit(instance, at, actor, what, detail) VALUES(?, 1, 7, 'complete', ?)", (number, done))
    execute("COMMIT")
    return perf_counter() - began


def script() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the steps of a dossier do to its rows: the task done, its node, and the tasks opened."""
    step = start(DEFINITION, "p", FORM, NOW)
    open_, lines = {e.task: e.node for e in step.effects if isinstance(e, TaskOpened)}, []
    while open_:
        task, node = next(iter(open_.items()))
        del open_[task]
        step = advance(DEFINITION, step.state, TaskCompleted(task, values(node, len(lines) + 1)), NOW)
        new = [(e.task, e.node) for e in step.effects if isinstance(e, TaskOpened)]
        lines.append((task, node, new))
        open_ |= dict(new)
    return lines


def durable(execute: Execute, first: int, cases: int, *, engine: bool) -> tuple[float, float]:
    """The median seconds of a step and of a start, with the engine or without."""
    lines, starts, steps = script(), [], []
    constant = orjson.dumps({"d": FORM, "pad": "x" * 60})
    for number in range(first, first + cases):
        began = perf_counter()
        if engine:
            step = start(DEFINITION, "p", FORM, NOW)
            opened(execute, number, step.state, [(e.task, e.node) for e in step.effects if isinstance(e, TaskOpened)])
        else:
            opened(execute, number, constant, [("t1", "intake")])
        starts.append(perf_counter() - began)
    for version, (task, node, new) in enumerate(lines):
        work = _with_engine(task, node, version) if engine else _without(task, new)
        steps += [stepped(execute, number, version, work) for number in range(first, first + cases)]
    return median(steps), median(starts)


def _with_engine(task: str, node: str, version: int) -> Callable[[bytes], tuple[bytes, str, list[tuple[str, str]]]]:
    def work(state: bytes) -> tuple[bytes, str, list[tuple[str, str]]]:
        step = advance(DEFINITION, state, TaskCompleted(task, values(node, version + 1)), NOW)
        return step.state, task, [(e.task, e.node) for e in step.effects if isinstance(e, TaskOpened)]

    return work


def _without(task: str, new: list[tuple[str, str]]) -> Callable[[bytes], tuple[bytes, str, list[tuple[str, str]]]]:
    return lambda state: (state, task, new)


def durable_ratio(execute: Execute, cases: int, rounds: int = 40) -> dict[str, float]:
    """The engine's share of the bare transaction: with it to without, in turns, since other work on the machine comes and goes."""
    ratios, starts, floors = [], [], []
    for turn in range(rounds):
        bare = durable(execute, 2 * turn * cases + 1, cases, engine=False)
        ours = durable(execute, (2 * turn + 1) * cases + 1, cases, engine=True)
        ratios.append(bare[0] / ours[0])
        starts.append(ours[1])
        floors.append(bare[0])
    return {"ratio": median(ratios), "start_us": median(starts) * 1e6, "floor_us": median(floors) * 1e6}


# The list of figures


def chain(length: int) -> bytes:
    """One task after the other."""
    tasks = "\n".join(f"userTask t{n}" for n in range(length))
    return bpmn(f"startEvent s\n{tasks}\nendEvent e\ns -> {' -> '.join(f't{n}' for n in range(length))} -> e")


def several(count: int) -> tuple[int, float]:
    """The largest state and the median seconds of a step of a parallel multi-instance."""
    definition = read(
        bpmn(
            "startEvent s\nuserTask a\n<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>"
            f"{count}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>\nendEvent e\ns -> a -> e"
        )
    )
    step = start(definition, "p", {}, NOW)
    largest, taken = len(step.state), []
    for task in [e.task for e in step.effects if isinstance(e, TaskOpened)]:
        began = perf_counter()
        step = advance(definition, step.state, TaskCompleted(task), NOW)
        taken.append(perf_counter() - began)
        largest = max(largest, len(step.state))
    return largest, median(taken)


def figures(postgres: str, cases: int = 20) -> dict[str, float]:
    """Every figure by its name; `min` or `max` in GOALS says which way is good."""
    ours, stock = steps_in_memory()
    found = {"step_us": ours * 1e6, "stock_step_ratio": stock / ours}
    settle()    # as the server does once it stands; the floor is measured in the same process
    with tempfile.TemporaryDirectory() as folder:
        for synchronous in ("FULL", "NORMAL"):
            with closing(sqlite_database(folder, synchronous)) as connection:
                found |= {
                    f"sqlite_{synchronous.lower()}_{k}": v for k, v in durable_ratio(connection.execute, cases).items()
                }
    if postgres:
        found |= {f"postgresql_{k}": v for k, v in _postgres(postgres, cases).items()}
    short, long = read(chain(10)), read(chain(200))
    found["start_200_to_10"] = timed(lambda: start(long, "p", {}, NOW), 300) / timed(
        lambda: start(short, "p", {}, NOW), 300
    )
    found["engine_bytes_one_token"] = len(
        orjson.dumps({**orjson.loads(start(DEFINITION, "p", {}, NOW).state), "d": {}})
    )
    found["instances_bytes"], seconds = several(1_000)
    found["instances_step_us"] = seconds * 1e6
    found["deploy_ratio"] = timed(lambda: read(MODEL)) / timed(_spiff)
    began = perf_counter()
    read(chain(2_000))
    found["chain_2000_seconds"] = perf_counter() - began
    return found


def _postgres(address: str, cases: int) -> dict[str, float]:
    import psycopg

    with psycopg.connect(address, autocommit=True, prepare_threshold=0) as connection:
        connection.execute("CREATE SCHEMA bench_engine")
        try:
            connection.execute("SET search_path TO bench_engine")
            for table in TABLES:
                connection.execute(table.format(bytes="BYTEA", serial="BIGSERIAL PRIMARY KEY"))
            cursor = connection.cursor(binary=True)

            def execute(statement: str, arguments: tuple[Any, ...] = ()) -> Any:
                return cursor.execute(statement.replace("?", "%s"), arguments)

            return durable_ratio(execute, cases)
        finally:
            connection.execute("DROP SCHEMA bench_engine CASCADE")


GOALS: dict[str, tuple[str, float]] = {
    "step_us": ("max", 20),
    "stock_step_ratio": ("min", 50),
    "sqlite_full_ratio": ("min", 0.85),
    "sqlite_normal_ratio": ("min", 0.6),
    "postgresql_ratio": ("min", 0.9),
    "sqlite_full_start_us": ("max", 600),
    "sqlite_normal_start_us": ("max", 200),
    "start_200_to_10": ("max", 1.2),
    "engine_bytes_one_token": ("max", 150),
    "instances_bytes": ("max", 20_000),
    "instances_step_us": ("max", 50),
    "deploy_ratio": ("max", 3),
}


def show(found: Mapping[str, float], before: Mapping[str, float]) -> None:
    """Print each figure, what it should be, and what it was."""
    for name, value in found.items():
        way, goal = GOALS.get(name, ("", 0))
        wanted = f"{'at least' if way == 'min' else 'at most'} {goal:g}" if way else ""
        fine = "" if not way else "ok" if (value >= goal if way == "min" else value <= goal) else "MISSED"
        earlier = f"was {before[name]:.3g}" if name in before else ""
        print(f"{name:<34} {value:>10.3g}  {wanted:<16} {fine:<7}{earlier}")


def test_engine_beside_its_floors(capsys: Any) -> None:
    """`make bench` prints the figures; it fails on none, since another machine has other floors."""
    with capsys.disabled():
        show(figures(os.environ.get("WARDFLOW_TEST_DATABASE_URL", "")), {})


def main() -> None:
    """Measure, print, save, compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", type=Path, help="save the figures in this file")
    options.add_argument("--compare", type=Path, help="show the figures of an earlier run beside")
    options.add_argument(
        "--postgres", default=os.environ.get("WARDFLOW_TEST_DATABASE_URL", ""), help="address of a PostgreSQL database"
    )
    chosen = options.parse_args()
    before = json.loads(chosen.compare.read_text()) if chosen.compare else {}
    found = figures(chosen.postgres)
    show(found, before)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
