"""What a plugin adds to the desk and to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.offers.data import Data


@dataclass(frozen=True, slots=True)
class PanelContext:
    """Who looks at the desk and when: the roles and units they hold, with the units above."""

    now: datetime
    on: date
    roles: frozenset[str]
    units: frozenset[str]
    data: Data
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """A box on the desk with one line a reason; with no lines it does not show."""

    id: str
    title: Reason
    lines: Callable[[PanelContext], Sequence[Reason]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command `wardflow PLUGIN NAME`; `arguments` adds what it takes, `run` answers with the lines to print.

    `run` is handed the plugin's own tables; with `acts`, which only families that ship may say, the platform, to call acts.
    """

    name: str
    meaning: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Any], Iterable[str]]
    acts: bool = False


@dataclass(frozen=True, slots=True)
class CapabilityKind:
    """A kind of proof a person may hold, such as a certificate; `id` is what a task `needs`."""

    id: str
    vi: str
    en: str
    basis: str = ""
