"""Commands of who runs an installation: demo, serve, worker, init, upgrade.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, command
from wardflow.settings import Settings

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands


def add(commands: Commands) -> None:
    """Add the commands of an installation."""
    for name, run, meaning in (
        ("demo", _demo, "make a small city when there is none, serve it and say who you can be"),
        ("serve", _serve, "serve the pages and run one worker"),
        ("worker", _worker, "run one more worker beside those that run"),
        ("init", _init, "make the data folder, the secret and the tables of a new installation"),
        ("upgrade", _upgrade, "bring the tables to this version; stop the servers first"),
    ):
        made = command(commands, name, run, meaning)
        made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")
        if name in ("demo", "serve"):
            made.add_argument("--host", metavar="ADDRESS", help="address to serve on (WARDFLOW_HOST)")
            made.add_argument("--port", type=_port, metavar="PORT", help="port to serve on (WARDFLOW_PORT)")
        if name == "worker":
            made.add_argument(
                "--concurrency", type=_threads, default=1, metavar="N", help="jobs done at once, 1 to 20 (default: 1)"
            )


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is not a port between 1 and 65535")
    return int(text)


def _threads(text: str) -> int:
    # each thread has a connection of the pool while it writes, beside the one that rings alarms
    if not (text.isdecimal() and 0 < int(text) <= 20):
        raise argparse.ArgumentTypeError(f"{text} is not a number between 1 and 20")
    return int(text)


def _demo(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.cli.show import run_demo

    run_demo(settings)
    return DONE


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.serve import serve

    serve(settings, ready=lambda: print(f"Wardflow is at {settings.address} (stop with Ctrl-C)", flush=True))
    return DONE


def _worker(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.serve import work

    work(settings, options.concurrency)
    return DONE


def _init(settings: Settings, options: argparse.Namespace) -> int:
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.secret()
    _upgrade(settings, options)
    print(f"Ready in {settings.data}. Next: wardflow publish PACK, then wardflow serve.")
    return DONE


def _upgrade(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.platform import present
    from wardflow.cases.remember_listeners import remember_listeners
    from wardflow.store import Store

    store = Store(settings.database, settings.secret())
    try:
        plugins = app.load_plugins(settings)
        app.upgrade(store, plugins)
        platform = app.assemble(settings, store, now=present, plugins=plugins)
        remember_listeners(platform)
    finally:
        store.close()
    return DONE

