"""Processes that do jobs as fast as they can: one is started from this file, and works until nothing is left.

    python hands.py ADDRESS FOLDER      its handlers count what they did, in the database, in a transaction of their own
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any


def hands(address: str, folder: Path, processes: int) -> float:
    """The seconds in which so many processes did every job, their start not included."""
    command = [sys.executable, __file__, address, str(folder)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    began = perf_counter()
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    ends = [each.communicate(timeout=900) and each.returncode for each in started]
    assert ends == [0] * processes
    return perf_counter() - began


def main(address: str, folder: Path) -> None:
    """One process."""
    from wardflow import app
    from wardflow.cases.answer_service import answer_service, fail_service
    from wardflow.jobs import Job, Runner
    from wardflow.plugins import Plugins
    from wardflow.settings import Settings
    from wardflow.store import Store

    settings = Settings(data=folder, database_url=address)
    store = Store(address, settings.secret())
    platform = app.assemble(settings, store, now=lambda: datetime.now(UTC), plugins=Plugins.load(sources=()))

    def count(job: Job) -> None:
        with store.database.writing() as cursor:
            cursor.run("UPDATE tally SET done = done + 1 WHERE key = ?", (job.key,))

    def answered(job: Job, values: Any) -> bool:
        answer_service(platform, job.case, job.payload["task"], values, ended=((job.id, job.hold),))
        return True

    def gave_up(job: Job, code: str) -> object:
        return fail_service(platform, job.case, job.payload["task"], code)

    runner = Runner(store.jobs, {"count": count, "outside": lambda job: {"tax": job.case}}, answered, gave_up)
    print("ready", flush=True)
    sys.stdin.readline()
    while runner.run_due(platform.now):
        pass
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
