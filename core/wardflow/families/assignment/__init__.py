"""Delegated tasks and assignments: the rating of a month, the briefing, and what a lead unit may not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files

from wardflow import hookimpl
from wardflow.families import sentences, thresholds
from wardflow.families.assignment.scoring import MONTH
from wardflow.offers import DecisionTable, Setting


@hookimpl
def decision_tables() -> Sequence[DecisionTable]:
    """How a month is scored and rated; a department may put its own file in the place of this one."""
    model = files(__name__).joinpath("month.dmn").read_bytes()
    return (DecisionTable(MONTH, model, "month_rating", "Quy định 11-QĐ/TU", assumed=True),)


@hookimpl
def settings() -> Sequence[Setting]:
    """What the briefing calls due soon, and new."""
    return thresholds(__name__)


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """What the family and its table are called."""
    return sentences(__name__)
