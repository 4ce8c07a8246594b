"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wardflow.offers import DecisionTable, Setting

from wardflow_land.shipped import HOME, table

PROCEDURE = "land-use-change"


@dataclass(frozen=True, slots=True)
class Law:
    """What data/rules.toml says about one rule."""

    basis: str
    valid_from: date | None = None
    valid_to: date | None = None
    severity: Literal["block", "warn"] = "block"
    assumed: bool = True


def law(rule: str) -> Law:
    """The entry of one rule."""
    return Law(**table("data/rules.toml")[rule])


def thresholds() -> tuple[Setting, ...]:
    """Every threshold of this package."""
    return tuple(Setting(**row) for row in table("data/thresholds.toml")["threshold"])


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    known = law("council")
    model = HOME.joinpath("data/tables/council.dmn").read_bytes()
    return (DecisionTable("land.council", model, "needs council", known.basis, known.assumed),)
