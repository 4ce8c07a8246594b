"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from wardflow.domain.days import Day, DayKind
from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import DecisionTable, FieldDay, FieldRule, FindingRule, Form, Hint, Opinion, RuleContext, Setting

from wardflow_health.shipped import HOME, table

GPP = "gpp-certificate"
REISSUE = "gpp-reissue"
CORRECTION = "gpp-correction"
FOOD = "food-safety-certificate"
COMMITMENT = "food-safety-commitment"
DISABILITY = "disability-confirmation"
PROCEDURES = (GPP, REISSUE, CORRECTION, FOOD, COMMITMENT, DISABILITY)

TABLES = {
    "health.gpp_person": ("gpp_person", "degree accepted", "gpp-person"),
    "health.team_head": ("team_head", "head valid", "team-head"),
    "health.food_subject": ("food_subject", "food subject", "food-subject"),
    "health.food_authority": ("food_authority", "food authority", "food-authority"),
}
"""Each decision table with its file, its decision, and the rule whose basis it has."""


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


def finding(name: str, verdict: Verdict, code: str, /, **facts: Any) -> Finding:
    """A finding of the rule of that name, on its basis."""
    return Finding(verdict, Reason(f"health.{code}", facts), f"health.{name}", law(name).basis)


def field_rule(
    name: str, procedures: tuple[str, ...], pointer: str, check: Callable[[Any, Form, RuleContext], Opinion], form: str = ""
) -> FieldRule:
    """A rule on a field with the dates, basis and severity of its entry."""
    known = law(name)
    return FieldRule(
        f"health.{name}", procedures, pointer, check, known.severity, known.basis, known.valid_from, known.valid_to, form
    )


def finding_rule(
    name: str, procedures: tuple[str, ...], conclude: Callable[[Form, RuleContext], Finding | None]
) -> FindingRule:
    """A rule on the matter with the dates and basis of its entry."""
    known = law(name)
    return FindingRule(f"health.{name}", procedures, conclude, known.valid_from, known.valid_to, basis=known.basis)


def hint(
    name: str, procedures: tuple[str, ...], pointer: str, advise: Callable[[Form, RuleContext], Reason | None],
    reads: Sequence[str], form: str = "",
) -> Hint:  # fmt: skip
    """A hint with the dates and basis of its entry."""
    known = law(name)
    return Hint(
        f"health.{name}", procedures, pointer, advise, known.basis, known.valid_from, known.valid_to, form, tuple(reads)
    )


def field_days() -> tuple[FieldDay, ...]:
    """Every day of data/days.toml."""
    rows = table("data/days.toml")["day"]
    return tuple(
        FieldDay(row["field"], row["on"], Day(DayKind(row["kind"]), row["name"], name_en=row["name_en"]), row["basis"], row["assumed"])
        for row in rows
    )


def thresholds() -> tuple[Setting, ...]:
    """Every threshold of this package."""
    return tuple(Setting(**row) for row in table("data/thresholds.toml")["threshold"])


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    return tuple(_table(id, *row) for id, row in TABLES.items())


def _table(id: str, file: str, decision: str, rule: str) -> DecisionTable:
    known = law(rule)
    return DecisionTable(id, HOME.joinpath(f"data/tables/{file}.dmn").read_bytes(), decision, known.basis, known.assumed)
