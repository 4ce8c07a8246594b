"""Workers that are killed while they call services and ring alarms, and what is wrong afterwards: a worker is started from this file.

    python dying.py ADDRESS FOLDER      works until SIGTERM; what is done outside is a line in FOLDER/outside

The time of the workers runs faster than that of the machine, so that the leases of the dead end soon.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Any

FASTER = 20
WORKERS, AT_ONCE = 3, 2
PATIENCE = 60.0    # seconds until something that must happen counts as not happening
DAY = datetime(2026, 9, 4, 3, tzinfo=UTC)


class Shift:
    """Workers over one database, started again as often as they are killed."""

    def __init__(self, address: str, folder: Path) -> None:
        self._command = [sys.executable, __file__, address, str(folder)]
        self._environment = {**os.environ, "BEGAN": str(time())}
        self.outside = folder / "outside"
        self.outside.touch()
        self.workers = [self._start() for _ in range(WORKERS)]

    def _start(self) -> subprocess.Popen[str]:
        started = subprocess.Popen(self._command, env=self._environment, stdout=subprocess.PIPE, text=True)
        assert started.stdout is not None and started.stdout.readline() == "ready\n"
        return started

    def kill_one(self, chance: random.Random) -> None:
        """Kills one of them, whatever it is doing, and starts another."""
        place = chance.randrange(WORKERS)
        killed = self.workers[place]
        killed.kill()
        assert killed.wait(10) == -signal.SIGKILL
        assert killed.stdout is not None
        killed.stdout.close()
        self.workers[place] = self._start()

    def stop(self) -> list[int]:
        """Asks all to stop as an operator does, and says how each ended."""
        for worker in self.workers:
            worker.terminate()
        ends = [worker.wait(30) for worker in self.workers]
        for worker in self.workers:
            assert worker.stdout is not None
            worker.stdout.close()
        return ends

    def calls(self) -> list[str]:
        """The keys under which something was done outside, in order."""
        return self.outside.read_text().split()


def killed_while_calling(town: Any, address: str, kills: int, seed: int = 1) -> tuple[list[int], list[str]]:
    """The cases that were filed while workers were killed at random moments, and the calls; all of them are over."""
    chance, cases = random.Random(seed), list[int]()
    town.call_outside()
    shift = Shift(address, town.platform.settings.data)
    try:
        for _ in range(kills):
            seen, wanted = len(shift.calls()), chance.randint(1, 2)
            cases += [int(town.open(answer={"complete": True}).case_id) for _ in range(chance.randint(2, 6))]
            _wait(lambda: len(shift.calls()) >= seen + wanted)    # noqa: B023  # waited for before the next round
            shift.kill_one(chance)
        _wait(lambda: set(town.platform.store.jobs.stats()) <= {"done"})
    finally:
        ends = shift.stop()
    assert ends == [0] * WORKERS
    return cases, shift.calls()


def faults(town: Any, cases: list[int], calls: list[str]) -> Iterator[str]:
    """What was lost or doubled inside, or never done outside, in words."""
    from wardflow.cases.inspection import Inspector

    for case in cases:
        kinds = Counter(entry.kind for entry in town.platform.store.papers.entries(case))
        if kinds["service_answered"] != 1:
            yield f"case {case} was answered {kinds['service_answered']} times"
        if set(town.tasks(case)) != {"review"}:
            yield f"case {case} waits at {sorted(town.tasks(case))}"
    keys = Counter(int(key.split(":")[0]) for key in calls)
    yield from (f"case {case} was never called for" for case in cases if case not in keys)
    yield from (f"case {case} was called for under several keys" for case in cases if len({k for k in calls if k.startswith(f"{case}:")}) != 1)
    yield from (f"{fault.case}: {fault.reason.code}" for fault in Inspector(town.platform).faults(town.platform.store.inspection))


def _wait(true: Any) -> None:
    # other processes give no event to wait for
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        if true():
            return
        pause.wait(0.05)
    raise AssertionError(f"what had to happen did not for {PATIENCE} s")


def main(address: str, folder: Path) -> None:
    """One worker."""
    from wardflow import app
    from wardflow.jobs import Job, run_worker
    from wardflow.plugins import Plugins
    from wardflow.settings import Settings
    from wardflow.store import Store

    began, stop = float(os.environ["BEGAN"]), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def call(job: Job) -> dict[str, Any]:
        with (folder / "outside").open("a") as outside:
            outside.write(job.key + "\n")
        stop.wait(random.random() / 20)    # so that a kill meets calls that are under way
        return {"tax": job.case}

    settings = Settings(data=folder, database_url=address)
    store = Store(address, settings.secret())
    platform = app.assemble(
        settings, store, now=lambda: DAY + FASTER * timedelta(seconds=time() - began), plugins=Plugins.load(sources=())
    )
    place = replace(app.workplace(platform, store), handlers={"outside": call})
    print("ready", flush=True)
    run_worker(place, stop, poll=0.02, concurrency=AT_ONCE)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
