"""The command `wardflow`: what an operator, a designer and a developer type."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from wardflow.cli import (
    archive,
    calendar,
    installation,
    jobs,
    keys,
    language,
    migration,
    packs,
    plugins,
    tokens,
    upkeep,
    versions,
)
from wardflow.cli.shape import REFUSED, Command
from wardflow.errors import WardflowError
from wardflow.settings import Settings

__all__ = ["main", "parser"]

GROUPS = (installation, upkeep, archive, jobs, keys, tokens, calendar, packs, versions, migration, language, plugins)

ABOUT = """Run a city's procedures from BPMN files.

First time here:        wardflow demo
An installation:        wardflow init, then wardflow serve
A designer:             wardflow new PACK, then check, test, diff, publish

A PACK is a folder with a pack.toml, or the name of one that ships with the platform."""
AFTER = """Settings come from the environment: WARDFLOW_DATA, WARDFLOW_DATABASE_URL, WARDFLOW_PORT and others (README).
Exit code: 0 done, 1 refused or failed, 2 wrong usage."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one sentence on standard error."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    options = plugins.of_plugin(typed) or parser().parse_args(typed)
    command: Command = options.command
    try:
        chosen = {name: getattr(options, name, None) for name in ("data", "host", "port")}
        return command(Settings.from_environment().but(**chosen), options)
    except WardflowError as refused:
        return _complain(str(refused))
    except OSError as failed:
        return _complain(f"{failed.filename}: {failed.strerror}" if failed.filename else str(failed))
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command with its options, as `--help` shows them."""
    top = argparse.ArgumentParser(
        "wardflow", description=ABOUT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add(commands)
    return top


def _complain(sentence: str) -> int:
    print(f"wardflow: {sentence}", file=sys.stderr)
    return REFUSED
