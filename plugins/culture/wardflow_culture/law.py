"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import DecisionTable, Setting

from wardflow_culture.shipped import HOME, table

NOTICE: Final = "festival-notice"
FESTIVALS: Final = (NOTICE, "festival-registration", "festival-registration-city")
LICENCES: Final = ("karaoke-licence", "karaoke-licence-linked")
ADJUSTMENT: Final = "karaoke-adjustment"
URGENT_WORKS: Final = "relic-works-urgent"
COMMUNE_WORKS: Final = "relic-works-inventoried"
WORKS: Final = ("relic-works", URGENT_WORKS, COMMUNE_WORKS)
FOREIGN: Final = "performance-approval"
PERFORMANCES: Final = ("performance-notice", FOREIGN)
COMPLAINTS: Final = "noise-inspection"
PROCEDURES: Final = (*FESTIVALS, *LICENCES, ADJUSTMENT, *WORKS, *PERFORMANCES, COMPLAINTS)


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


def concluded(rule: str, verdict: Verdict, code: str, **facts: Any) -> Finding:
    """A finding of that rule, with its basis."""
    return Finding(verdict, Reason(f"culture.{code}", facts), f"culture.{rule}", law(rule).basis)


def thresholds() -> tuple[Setting, ...]:
    """Every threshold of this package."""
    return tuple(Setting(**row) for row in table("data/thresholds.toml")["threshold"])


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    return tuple(_table(name, rule) for name, rule in (("festival", "festival-procedure"), ("relic", "relic-opinion")))


def _table(name: str, rule: str) -> DecisionTable:
    known = law(rule)
    model = HOME.joinpath(f"data/tables/{name}.dmn").read_bytes()
    return DecisionTable(f"culture.{name}", model, f"{name} procedure" if name == "festival" else "relic opinion", known.basis, known.assumed)
