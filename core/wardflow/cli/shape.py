"""What every command is made of."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from wardflow.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]    # argparse has no public name for it

DONE, REFUSED = 0, 1

Command = Callable[[Settings, argparse.Namespace], int]


def command(commands: Commands, name: str, run: Command, meaning: str) -> argparse.ArgumentParser:
    """A new command, to which its options are then added."""
    made = commands.add_parser(name, help=meaning, description=meaning[0].upper() + meaning[1:] + ".")
    made.set_defaults(command=run)
    return made
