"""Closed cases put away into a file, and found there again by code.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands


def add(commands: Commands) -> None:
    """Add the command about archives."""
    made = command(commands, "archive", _archive, "move cases that closed long ago into a file, or find one there by its code")
    made.add_argument("file", type=Path, metavar="FILE", help="new file, or with --find one that this command wrote")
    made.add_argument(
        "--older-than", type=_days, metavar="DAYS", help="also cases closed so long ago whose procedure does not say its retention"
    )
    made.add_argument("--find", metavar="CODE", help="show a case of the file, by its code or its tracking code")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _days(text: str) -> timedelta:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text} is not a number of days")
    return timedelta(days=int(text))


def _archive(settings: Settings, options: argparse.Namespace) -> int:
    return _find(options.file, options.find) if options.find else _put_away(settings, options.file, options.older_than)


def _put_away(settings: Settings, file: Path, older_than: timedelta | None) -> int:
    from wardflow import app
    from wardflow.cases.archiving import closed
    from wardflow.cases.platform import present
    from wardflow.store import Store
    from wardflow.store.archive import take_out, write_archive

    check_installed(settings)
    plugins = app.load_plugins(settings)
    store = Store(settings.database, settings.secret())
    try:
        platform = app.assemble(settings, store, now=present, plugins=plugins)
        over = tuple(closed(platform, store.inspection, older_than))
        if not over:
            print("No closed case has been kept long enough; no file was made.")
            return DONE
        kept = write_archive(store.database, platform.blobs.get, file, over, present())
        gone = take_out(store.database, file, kept, present())
    finally:
        store.close()
    print(f"{file} holds {len(kept)} cases; {gone} of them are no longer in the database. Keep the file with the backups.")
    return DONE


def _find(file: Path, code: str) -> int:
    from wardflow.store.archive import find

    found = find(file, code)
    if found is None:
        print(f"{file} holds no case {code}.")
        return REFUSED
    print(f"{found.code}  {found.procedure}  {found.applicant}")
    print(f"opened {found.opened_at}, ended {found.ended_at}: {found.outcome}")
    for entry in found.entries:
        print(f"{entry.seq:>5}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.kind:<20} {entry.node:<24} {entry.by}")
    print("The audit chain is whole." if found.whole else "The audit chain is BROKEN.")
    return DONE if found.whole else REFUSED
