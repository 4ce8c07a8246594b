"""Killing the server or its worker at any moment loses no completed act; a busy port and Ctrl-C are told and heard plainly."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from killing import Server, killed_while_working, settings_for
from lost import faults

KILLS = 14    # with those of tests/core/cases/test_deaths.py twenty on each database


@pytest.fixture
def settings(databases: Any, database_kind: str, made_city: Any, city_secret: Path, tmp_path: Path) -> Any:
    """The demo city, as new, on both databases, not served yet."""
    address = databases.copy(database_kind, made_city(database_kind))
    yield settings_for(address, tmp_path, city_secret)
    databases.drop(address)


@pytest.fixture
def platform(settings: Any) -> Any:
    """The same city, looked at from outside its processes."""
    from wardflow import app

    built = app.build(settings)
    yield built
    built.store.close()


def test_nothing_answered_is_lost_when_processes_are_killed_while_people_work(settings: Any, platform: Any) -> None:
    book = killed_while_working(settings, platform, KILLS)

    assert len(book.opened) >= KILLS
    assert faults(platform, book) == []


def test_ctrl_c_leaves_no_process(settings: Any) -> None:
    server = Server(settings)
    server.start()

    assert server.stop() == []


def test_a_busy_port_is_told_in_one_sentence_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "wardflow.cli", "demo", "--data", str(tmp_path / "city"), "--port", str(port)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDFLOW_")}
        said = subprocess.run(command, check=False, env=kept, capture_output=True, text=True, timeout=60)

    assert said.returncode in (1, 2)
    assert str(port) in said.stderr and "Traceback" not in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
