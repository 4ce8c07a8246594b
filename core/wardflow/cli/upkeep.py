"""Commands of who keeps an installation safe: verify, backup, restore.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.errors import BackupThere, RestoreRefused, SecretMissing
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


    made = command(commands, "backup", _backup, "write the database and the papers into one file, while everything runs")
    made.add_argument("file", type=Path, metavar="FILE", help="new file; the secret goes into FILE.secret beside it")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")
    made = command(commands, "restore", _restore, "bring a backup back into an installation that holds nothing yet, or an earlier version of a pack")
    made.add_argument("file", type=Path, metavar="FILE", help="a file that wardflow backup wrote, or with --version the id of a pack")
    made.add_argument("--version", type=int, metavar="N", help="the version of the pack that new cases are to begin with again")
    made.add_argument("--as", dest="person", default="operator", metavar="NAME", help="who is recorded as restoring the version")
    made.add_argument("--secret", type=Path, metavar="FILE", help="the secret kept with it (default: FILE.secret where it is)")
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


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.cases.platform import present
    from wardflow.store import Store
    from wardflow.store.backup import write_backup

    check_installed(settings)
    secret, beside = _secret(settings), _beside(options.file)
    if beside.exists():
        raise BackupThere(file=beside)
    store = Store(settings.database, secret)
    try:
        made = write_backup(store.database, settings.blobs, options.file, present())
    finally:
        store.close()
    _keep(beside, secret)
    print(f"{options.file} holds {made.counts['cases']} cases and {made.blobs} files of papers.")
    print(f"The secret is in {beside}. Keep it apart from the backup: whoever has both reads what is sealed,")
    print("and without it what is sealed stays closed for ever.")
    return DONE


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cli.versions import restore_version
    from wardflow.store.restore import restore_backup

    if options.version is not None:
        return restore_version(settings, str(options.file), options.version, options.person)
    source, place = options.secret or _beside(options.file), _secret_file(settings)
    kept = source.read_bytes() if options.secret or source.exists() else None
    if kept is not None and place.exists() and place.read_bytes().strip() != kept.strip():
        raise RestoreRefused(why=f"{place} holds another secret than the backup")
    with ExitStack() as open_folders:
        own = {
            plugin.name: open_folders.enter_context(as_file(folder))
            for plugin in app.load_plugins(settings).installed
            for folder in plugin.offers["migrations"]
        }
        made = restore_backup(settings.database, settings.blobs, options.file, own)
    if kept is not None and not place.exists():
        _keep(place, kept.strip())
    print(f"{made.counts['cases']} cases and {made.blobs} files of papers are back, with every audit chain whole.")
    if place.exists():
        print("Next: wardflow verify, then wardflow serve.")
    else:
        print(f"The secret is missing: {made.counts['sealed']} sealed values stay closed. Put it at {place} before wardflow serve.")
    return DONE


def _beside(file: Path) -> Path:
    """Where the secret of a backup lies until somebody takes it apart from it."""
    return file.with_name(file.name + ".secret")


def _keep(file: Path, secret: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secret + b"\n")
        out.flush()
        os.fsync(out.fileno())


def _secret(settings: Settings) -> bytes:
    """The secret that is there; a new one would open nothing."""
    file = _secret_file(settings)
    if not file.exists():
        raise SecretMissing(file=file)
    return settings.secret()


def _secret_file(settings: Settings) -> Path:
    return settings.secret_file or settings.data / "secret"
