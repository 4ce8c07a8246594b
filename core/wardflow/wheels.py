"""Packages on the disk: looked at before they are installed, installed and removed with pip, the server told afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardflow.errors import PluginRefused
from wardflow.settings import Settings

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
SELF = (sys.executable, "-m", "wardflow.cli")


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin in a wheel: its name, its distribution and what it offers, or why it cannot be used."""

    plugin: str
    distribution: str
    version: str
    inventory: Mapping[str, Any]
    error: str = ""


def look_into(wheel: Path) -> tuple[Found, ...]:
    """The plugins of a wheel, loaded in a process of their own; PluginRefused where it has none that works."""
    if not wheel.is_file():
        raise PluginRefused(wheel=wheel, why="there is no such file")
    with tempfile.TemporaryDirectory(prefix="wardflow-wheel-") as folder:
        _pip(wheel, "install", "--no-deps", "--no-compile", "--target", folder, str(wheel.absolute()))
        environment = {**os.environ, "PYTHONPATH": folder}
        said = subprocess.run(
            (*SELF, "plugins", "contents", folder), env=environment, capture_output=True, text=True, check=False
        )
    if said.returncode:
        raise PluginRefused(wheel=wheel, why=_last(said.stderr))
    found = tuple(Found(**row) for row in json.loads(said.stdout))
    if not found:
        raise PluginRefused(wheel=wheel, why='it names no module in the entry-point group "wardflow"')
    for one in found:
        if one.error:
            raise PluginRefused(wheel=wheel, why=one.error)
    return found


def install(wheel: Path) -> None:
    """Puts a wheel into this environment, in the place of an earlier version."""
    _pip(wheel, "install", "--upgrade", "--force-reinstall", "--no-deps", str(wheel.absolute()))
    _pip(wheel, "install", str(wheel.absolute()))    # what it needs beside the platform


def remove(distribution: str) -> None:
    """Takes a distribution out of this environment."""
    _pip(distribution, "uninstall", "--yes", distribution)


def migrate(settings: Settings, plugin: str, environment: Mapping[str, str]) -> None:
    """Brings the tables of a plugin that was just installed to its version, in a process that sees the new code."""
    done = subprocess.run(
        (*SELF, "plugins", "migrate", plugin), env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PluginRefused(wheel=plugin, why=_last(done.stderr))


def reload(settings: Settings) -> bool:
    """True when a running server was told to take up what is installed now: its processes are replaced one by one."""
    try:
        server = int(pid_file(settings).read_text("ascii"))
        if not _serves(server):
            return False
        os.kill(server, signal.SIGHUP)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    return True


def _serves(process: int) -> bool:
    """True for a process of ours: the number in the file may be another's since, when a server was killed."""
    said = subprocess.run(("ps", "-o", "command=", "-p", str(process)), capture_output=True, text=True, check=False).stdout
    return "wardflow" in said and "serve" in said


def pid_file(settings: Settings) -> Path:
    """Where `wardflow serve` says which process it is."""
    return settings.data / "server.pid"


def _pip(what: object, *arguments: str) -> None:
    done = subprocess.run((*PIP, *arguments), capture_output=True, text=True, check=False)
    if done.returncode:
        raise PluginRefused(wheel=what, why=_last(done.stderr))


def _last(said: str) -> str:
    """The last line of what a process said, which has the reason."""
    lines: Sequence[str] = [line for line in said.strip().splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ").removeprefix("wardflow: ") if lines else "it did not say why"
