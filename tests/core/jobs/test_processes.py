"""Workers in processes of their own share the jobs of one database: each is done once, and a killed worker's are done too."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from wardflow.store import Store

NINE = datetime(2026, 9, 4, 9, tzinfo=UTC)
WORKERS, JOBS = 3, 120
SECRET = b"a secret for tests, 32 bytes long"
# Does jobs until there is none left; what is done outside is a line in a file. With "die" it is killed in the middle.
WORKER = """
import os, signal, sys
from datetime import datetime
from wardflow.jobs import Runner
from wardflow.store import Store

address, file, moment, end = sys.argv[1:]
store = Store(address, b"a secret for tests, 32 bytes long")

def notify(job):
    if end == "die" and job.id % 10 == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    with open(file, "a") as outside:
        outside.write(job.key + "\\n")

def never(job, value):
    raise AssertionError(value)

runner = Runner(store.jobs, {"tax.notice": notify}, never, never)
print("ready", flush=True)
sys.stdin.readline()
while runner.run_due(lambda: datetime.fromisoformat(moment)):
    pass
store.close()
"""


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url, SECRET)
    yield opened
    opened.close()


@pytest.fixture
def worker(store_url: str, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a worker that waits for a word to begin."""

    def start(at: datetime, end: str = "live") -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WORKER, store_url, str(tmp_path / "outside"), at.isoformat(), end]
        started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert started.stdout is not None and started.stdout.readline() == "ready\n"
        return started

    return start


def enqueue(store: Store, count: int) -> None:
    sql = "INSERT INTO job (case_id, key, name, payload, state, tries, run_at) VALUES (7, ?, 'tax.notice', '{}', 'waiting', 0, ?)"
    with store.database.writing() as cursor:
        cursor.run_many(sql, [(f"7:t{number}", "2026-09-04T08:00:00.000Z") for number in range(1, count + 1)])


def finish(*workers: subprocess.Popen[str]) -> list[int]:
    """Lets them begin together and says how each ended."""
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.close()
    ends = [worker.wait(60) for worker in workers]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.close()
    return ends


def test_every_job_is_done_once_however_many_workers_there_are(
    store: Store, worker: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    enqueue(store, JOBS)

    assert finish(*(worker(NINE) for _ in range(WORKERS))) == [0] * WORKERS
    assert Counter((tmp_path / "outside").read_text().split()) == Counter(f"7:t{number}" for number in range(1, JOBS + 1))
    assert store.jobs.stats() == {"done": JOBS}


def test_what_a_killed_worker_held_is_done_by_another_within_a_minute(
    store: Store, worker: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    enqueue(store, 30)
    assert finish(worker(NINE, "die")) == [-signal.SIGKILL]
    assert finish(worker(NINE)) == [0]
    assert store.jobs.stats() == {"done": 20, "held": 10}    # four of them were done outside and not marked yet

    assert finish(worker(NINE + timedelta(seconds=60))) == [0]
    assert set((tmp_path / "outside").read_text().split()) == {f"7:t{number}" for number in range(1, 31)}
    assert store.jobs.stats() == {"done": 30}
