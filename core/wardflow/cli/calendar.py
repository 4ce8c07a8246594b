"""Commands of who keeps the working calendar: calendar import, calendar export.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, command
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wardflow.cli.shape import Commands
    from wardflow.domain.days import Day
    from wardflow.store import Store

FORMATS = ("csv", "ics")


def add(commands: Commands) -> None:
    """Add the commands of the working calendar."""
    meaning = "bring holidays, swapped and half days in from a file, or write them out"
    group = commands.add_parser("calendar", help=meaning, description=meaning[0].upper() + meaning[1:] + ".")
    within = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command(within, "import", _import, "read days from a CSV or iCalendar file into the calendar")
    made.add_argument("file", type=Path, metavar="FILE", help="a table (.csv) or a calendar (.ics)")
    made.add_argument("--replace", action="store_true", help="also remove days of the file's years that it does not name")
    made.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
    _common(made)
    made = command(within, "export", _export, "write the calendar's days as CSV or iCalendar")
    made.add_argument("file", type=Path, nargs="?", metavar="FILE", help="where to (default: standard output)")
    made.add_argument("--year", type=int, metavar="YEAR", help="only the days of that year")
    _common(made)


def _common(made: argparse.ArgumentParser) -> None:
    made.add_argument("--format", choices=FORMATS, help="csv or ics (default: by the name of the file, else csv)")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.domain.calendar_csv import read_csv
    from wardflow.domain.calendar_ics import read_ics

    text = _text(options.file)
    days = read_ics(text) if _format(options) == "ics" else read_csv(text)
    store = _store(settings)
    try:
        kept = store.city.days()
        written = {day: row for day, row in days.items() if kept.get(day) != row}
        gone = _gone(kept, days) if options.replace else []
        if not options.dry_run:
            if written:
                store.city.save(days=written)
            for day in gone:
                store.city.set_day(day, None)
    finally:
        store.close()
    for day in sorted({*written, *gone}):
        print(f"{day:%d/%m/%Y} {_change(kept.get(day), days.get(day))}")
    would = "would be " if options.dry_run else ""
    print(f"{len(written)} days {would}written, {len(gone)} {would}removed, {len(days) - len(written)} as they were.")
    return DONE


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.domain.calendar_csv import write_csv
    from wardflow.domain.calendar_ics import write_ics

    store = _store(settings)
    try:
        days = {day: row for day, row in store.city.days().items() if options.year in (None, day.year)}
    finally:
        store.close()
    text = write_ics(days, datetime.now(UTC)) if _format(options) == "ics" else write_csv(days)
    if options.file is None:
        sys.stdout.write(text)
        return DONE
    options.file.write_text(text, encoding="utf-8", newline="")
    print(f"{options.file} holds {len(days)} days.")
    return DONE


def _gone(kept: Mapping[date, Day], days: Mapping[date, Day]) -> list[date]:
    """The days of the file's years that the file does not name."""
    years = {day.year for day in days}
    return sorted(day for day in kept if day.year in years and day not in days)


def _change(before: Day | None, after: Day | None) -> str:
    told = [f"{row.kind} {row.name}".strip() if row else "an ordinary day" for row in (before, after)]
    return f"{told[1]} (was {told[0]})"


def _format(options: argparse.Namespace) -> str:
    named = options.file.suffix.lower().removeprefix(".") if options.file is not None else ""
    return str(options.format or (named if named in FORMATS else "csv"))


def _text(file: Path) -> str:
    from wardflow.errors import CalendarFileUnreadable

    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise CalendarFileUnreadable(line=line, problem="it is not UTF-8") from wrong


def _store(settings: Settings) -> Store:
    from wardflow.store import Store

    check_installed(settings)
    return Store(settings.database, settings.secret())
