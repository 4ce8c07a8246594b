"""`wardflow demo`: one command from nothing to a city that answers, and nothing half-made is ever served."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Starts `wardflow demo` in an empty folder; what still runs at the end of the test is ended."""
    running: list[subprocess.Popen[str]] = []

    def started(*interpreter: str, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, *interpreter, "-m", "wardflow.cli", "demo", "--data", "city", "--port", str(port)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDFLOW_")}
        running.append(
            subprocess.Popen(
                command, cwd=tmp_path, env={**kept, **environment}, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
        )
        return running[-1]

    yield started
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """What a process prints up to the line with these words."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"it ended before it said {words!r}:\n{said}")


def stopped(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGINT)
    return process.wait(30)


def page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        return str(answer.read().decode())


def test_from_nothing_to_a_city_that_answers_and_the_second_time_without_making_it(start: Start, port: int) -> None:
    first = start()
    said = said_until(first, "Ctrl-C")

    assert "Making the demo city" in said
    assert f"http://127.0.0.1:{port}" in said
    assert "You can be" in said
    assert "Wardflow" in page(port)
    assert stopped(first) == 0

    second = start()
    assert "Making" not in said_until(second, "Ctrl-C")
    assert "Wardflow" in page(port)


def test_a_city_that_was_half_made_is_made_anew(start: Start, tmp_path: Path) -> None:
    process = start()
    said_until(process, "Making the demo city")
    process.kill()
    process.wait(30)

    assert not (tmp_path / "city").exists()
    assert "Making the demo city" in said_until(start(), "Making")


def test_the_wheel_alone_shows_the_demo_with_no_plugin_installed(start: Start, tmp_path: Path, port: int) -> None:
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(built, cwd=ROOT, env={**os.environ, "WARDFLOW_SKIP_ASSETS": "1"}, check=True, capture_output=True)
    zipfile.ZipFile(next(tmp_path.glob("*.whl"))).extractall(tmp_path / "installed")
    libraries = _libraries_without_our_packages(tmp_path / "libraries")

    # Without the site module nothing that was installed in place is seen: neither this checkout nor its plugins.
    process = start("-S", PYTHONPATH=f"{tmp_path / 'installed'}{os.pathsep}{libraries}")
    said_until(process, "Ctrl-C")

    assert "Wardflow" in page(port)


def _libraries_without_our_packages(folder: Path) -> Path:
    folder.mkdir()
    import flask

    for item in Path(flask.__file__).parents[1].iterdir():
        if not item.name.startswith(("wardflow", "_editable", "__editable")):
            (folder / item.name).symlink_to(item)
    return folder
