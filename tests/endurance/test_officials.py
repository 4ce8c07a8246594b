"""Forty officials at once, in a city with a hundred thousand cases on PostgreSQL, before two page processes: nobody waits, nothing fails."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
import pytest
from crowd import PEOPLE, city, fill, ward
from officials import Official
from wardflow.serve import environment
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow_web import create_app

CASES, OFFICIALS, EARLY, THINK, UNITS = 100_000, 40, 6, 5.0, 10
SECONDS = float(os.environ.get("WARDFLOW_TEST_SECONDS", "90"))
PAGE_MS = 300.0


@pytest.fixture
def served(databases: Any, tmp_path: Path) -> Iterator[tuple[Settings, Any, int]]:
    """The city, served by two page processes and a worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(data=tmp_path, database_url=databases.empty("postgresql"), port=port, web_workers=2)
    store = Store(settings.database, settings.secret())
    store.upgrade()
    store.close()
    platform = city(settings.database_url, tmp_path)
    fill(platform, CASES)
    command = [sys.executable, "-m", "wardflow.cli", "serve"]
    serving = subprocess.Popen(command, env={**os.environ, **environment(settings)}, stdout=subprocess.PIPE, text=True)
    assert serving.stdout is not None and settings.address in serving.stdout.readline()
    yield settings, platform, serving.pid
    platform.store.close()
    serving.terminate()
    assert serving.wait(30) == 0
    serving.stdout.close()
    databases.drop(settings.database_url)


def test_forty_officials_at_once_wait_for_no_page(served: tuple[Settings, Any, int]) -> None:
    settings, platform, server = served
    pages = create_app(platform)
    _work(settings, pages, range(OFFICIALS, OFFICIALS + EARLY), think=0.2, seconds=5)    # the first pages fill what each process holds
    done, busy = _completed(platform), _busy(server)
    crowd = _work(settings, pages, range(OFFICIALS), think=THINK, seconds=SECONDS)

    wrong = [f"{each.name}: {said}" for each in crowd for said in each.wrong]
    took = [pair for each in crowd for pair in each.took]
    for what in dict.fromkeys(what for what, _ in took):
        _told(what, [ms for name, ms in took if name == what])
    every = _told("every page", [ms for _, ms in took])
    steps = _completed(platform) - done
    print(f"{steps} steps completed in {SECONDS:.0f} s, {len(wrong)} errors; CPU of the servers {(_busy(server) - busy) / len(took):.0f} ms a page")
    assert wrong == []
    assert steps >= OFFICIALS
    assert every <= PAGE_MS


def _work(settings: Settings, pages: Any, numbers: range, *, think: float, seconds: float) -> list[Official]:
    """Lets officials work side by side until the time is up."""
    until = perf_counter() + seconds
    crowd = [Official(settings.port, n, _cookie(pages, f"p{ward(n % UNITS)}-{n % PEOPLE}"), think, until) for n in numbers]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join(seconds + 120)
    return crowd


def _cookie(pages: Any, person: str) -> str:
    """The session of somebody who signed in a moment ago."""
    client, now = pages.test_client(), datetime.now(UTC).timestamp()
    with client.session_transaction() as session:
        session.update(person=person, began=now, seen=now)
    return f"session={client.get_cookie('session').value}"


def _completed(platform: Any) -> int:
    with platform.store.database.reading() as cursor:
        return int(cursor.rows("SELECT count(*) FROM task WHERE status = 'done' AND closed_by LIKE ?", ("p%",))[0][0])


def _busy(server: int) -> float:
    """The milliseconds of CPU that the page processes and the worker have used so far: no crowd on the machine changes them much."""
    family = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    return 1000 * sum(each.cpu_times().user + each.cpu_times().system for each in family)


def _told(what: str, took: list[float]) -> float:
    ordered = sorted(took)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{what}: {len(took)} times, p50 {middle:.0f} ms, p95 {late:.0f} ms, longest {ordered[-1]:.0f} ms")
    return late
