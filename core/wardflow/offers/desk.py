"""What a plugin adds to the desk and to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many cases of a procedure, filed in a year and decided by a unit, stand in a business state."""

    procedure: str
    unit: str
    year: int
    state: str
    outcome: str
    """how they ended; empty for those that run"""
    cases: int


@dataclass(frozen=True, slots=True)
class IndicatorContext:
    """Of what an indicator is worked out: counts of cases of the plugin's own procedures, and its tables."""

    now: datetime
    on: date
    counts: Sequence[CaseCount]
    data: Data
    settings: Mapping[str, Any] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    """the units it is worked out for; none for the whole city"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the sentence that says how it was computed; no value where there is nothing to count yet."""

    value: float | None
    how: Reason


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of a department on the page of its package; `None` says that it cannot be worked out here."""

    id: str
    title: Reason
    compute: Callable[[IndicatorContext], Figure | None]
    kind: Literal["count", "percent", "days", "dong"] = "count"
    basis: str = ""
