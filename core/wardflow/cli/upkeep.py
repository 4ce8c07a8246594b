"""Commands of who keeps an installation safe: verify, backup, restore.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.errors import SecretMissing
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cases.inspection import Inspector
    from wardflow.cli.shape import Commands
    from wardflow.wording import Wording


def add(commands: Commands) -> None:
    """Add the commands of upkeep."""
    made = command(commands, "verify", _verify, "check that audit chains, tasks, papers, sealed values and numbers are whole")
    made.add_argument("--language", choices=("vi", "en"), default="en", help="language of the answer (default: en)")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.inspection import Inspector
    from wardflow.cases.platform import present
    from wardflow.store import Store

    check_installed(settings)
    plugins = app.load_plugins(settings)
    store = Store(settings.database, _secret(settings))
    try:
        platform = app.assemble(settings, store, now=present, plugins=plugins)
        inspector, wording = Inspector(platform), platform.wording(options.language)
        for fault in inspector.faults(store.inspection):
            print(f"{fault.case}: {wording.say(fault.reason)}" if fault.case else wording.say(fault.reason), flush=True)
    finally:
        store.close()
    print(_table(inspector, wording))
    return REFUSED if inspector.wrong.total() else DONE


def _table(inspector: Inspector, wording: Wording) -> str:
    """What was looked at, how many there were, how many were wrong, and the sentence at the end."""
    from wardflow.cases.inspection import KINDS

    rows = [tuple(wording.say(f"verify.report.{column}") for column in ("heading", "looked", "wrong"))]
    rows += [(wording.say(f"verify.kind.{kind}"), str(inspector.looked[kind]), str(inspector.wrong[kind])) for kind in KINDS]
    wide = max(len(row[0]) for row in rows)
    found = inspector.wrong.total()
    end = wording.say("verify.report.faults", count=found) if found else wording.say("verify.report.whole")
    return "\n".join([*(f"{row[0]:<{wide}} {row[1]:>10} {row[2]:>8}" for row in rows), end])


def _secret(settings: Settings) -> bytes:
    """The secret that is there; a new one would open nothing."""
    file = _secret_file(settings)
    if not file.exists():
        raise SecretMissing(file=file)
    return settings.secret()


def _secret_file(settings: Settings) -> Path:
    return settings.secret_file or settings.data / "secret"
