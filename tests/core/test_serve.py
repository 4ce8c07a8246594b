"""The processes of an installation: up together, gone together, whatever is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from wardflow import wheels
from wardflow.cli import main
from wardflow.settings import Settings

PATIENCE = 20
PAGES = """
def create_app(platform):
    def answer(environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"the pages"]
    return answer
"""


@dataclass(frozen=True)
class Served:
    """A running `wardflow serve`."""

    master: psutil.Process
    address: str
    folder: Path

    def page(self) -> bytes:
        with urllib.request.urlopen(self.address, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def worker(self) -> psutil.Process | None:
        return next((child for child in self.master.children() if "worker" in said(child)), None)


def said(process: psutil.Process) -> list[str]:
    """The words a process was started with; none when it ended between being listed and being asked."""
    try:
        return list(process.cmdline())
    except psutil.NoSuchProcess:
        return []


def until(true: Callable[[], object]) -> bool:
    """Whether something becomes true in good time; other processes give no event to wait for."""
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        threading.Event().wait(0.05)
    return bool(true())


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """An empty installation, served with pages that say one thing."""
    (tmp_path / "wardflow_web").mkdir()
    (tmp_path / "wardflow_web" / "__init__.py").write_text(PAGES)
    assert main(["init", "--data", str(tmp_path / "city")]) == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "wardflow.cli", "serve", "--data", str(tmp_path / "city"), "--port", str(port)]
    started = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(tmp_path)}, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert started.stdout is not None
    line = started.stdout.readline()
    assert f"127.0.0.1:{port}" in line
    everyone = psutil.Process(started.pid)
    yield Served(everyone, f"http://127.0.0.1:{port}/", tmp_path / "city")
    left = [everyone, *everyone.children(recursive=True)] if everyone.is_running() else []
    for process in left:
        process.kill()
    started.wait(PATIENCE)
    started.stdout.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_every_process_ends_and_the_exit_is_clean(served: Served, how: signal.Signals) -> None:
    assert served.page() == b"the pages"
    assert until(served.worker)
    family = [served.master, *served.master.children(recursive=True)]

    served.master.send_signal(how)

    gone, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []
    assert next(process.returncode for process in gone if process == served.master) == 0


def test_a_worker_that_dies_is_started_again(served: Served) -> None:
    assert until(served.worker)
    first = served.worker()
    assert first is not None
    first.kill()

    assert until(lambda: (now := served.worker()) is not None and now.pid != first.pid)
    assert served.page() == b"the pages"


def test_told_of_a_new_package_every_process_is_replaced_and_the_pages_answer_meanwhile(served: Served) -> None:
    assert until(served.worker)
    before = {child.pid for child in served.master.children()}

    assert wheels.reload(Settings(data=served.folder))

    assert until(lambda: (now := {child.pid for child in served.master.children()}) and not now & before and served.worker())
    assert served.page() == b"the pages"


def test_without_a_server_there_is_nobody_to_tell(tmp_path: Path) -> None:
    assert not wheels.reload(Settings(data=tmp_path))
    wheels.pid_file(Settings(data=tmp_path)).write_text(str(os.getpid()))    # a number that is another's by now
    assert not wheels.reload(Settings(data=tmp_path))


def test_nothing_is_left_when_the_master_is_killed(served: Served) -> None:
    assert until(served.worker)
    family = served.master.children(recursive=True)

    served.master.kill()

    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []
