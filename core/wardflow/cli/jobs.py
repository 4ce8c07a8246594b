"""Commands about the work that touches the outside world: what waits, what is dead, and setting it going again.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.store.jobs import JobTable


def add(commands: Commands) -> None:
    """Add the commands about jobs."""
    made = command(commands, "jobs", _jobs, "count the jobs by name and state, list dead letters, or let one run again")
    made.add_argument("--dead", action="store_true", help="list what failed for good, with its case and the last error")
    made.add_argument("--retry", type=int, metavar="JOB", help="let the dead letter with this number run again")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _jobs(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.cases.platform import present
    from wardflow.store import Store

    check_installed(settings)
    store = Store(settings.database, settings.secret())
    try:
        if options.retry is not None:
            again = store.jobs.retry(options.retry, present())
            print(f"Job {options.retry} {'runs again' if again else 'is no dead letter'}.")
            return DONE if again else REFUSED
        print(_dead(store.jobs) if options.dead else _tally(store.jobs))
    finally:
        store.close()
    return DONE


def _tally(jobs: JobTable) -> str:
    rows = [("job", "state", "count", "oldest due")]
    rows += [(line.name, line.state, str(line.count), f"{line.oldest:%Y-%m-%d %H:%M:%S} UTC") for line in jobs.tally()]
    return "\n".join(f"{name:<32} {state:<8} {count:>8}  {oldest}" for name, state, count, oldest in rows)


def _dead(jobs: JobTable) -> str:
    rows = [("number", "case", "job", "tries", "last error")]
    rows += [(str(job.id), job.case, job.name, str(job.tries), job.error) for job in jobs.dead()]
    return "\n".join(f"{id:>8} {case:<28} {name:<24} {tries:>5}  {error}" for id, case, name, tries, error in rows)
