"""Citizens' voice: reports of the same thing, hot spots, and matters that take longer than the law allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardflow import hookimpl
from wardflow.families import sentences, thresholds
from wardflow.offers import Setting


@hookimpl
def settings() -> Sequence[Setting]:
    """How near and how soon a report is the same, and how many matters make a hot spot."""
    return thresholds(__name__)


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """What the family is called."""
    return sentences(__name__)
