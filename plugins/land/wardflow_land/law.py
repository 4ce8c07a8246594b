"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import DecisionTable, FieldRule, FindingRule, Form, Opinion, RuleContext, Setting

from wardflow_land.shipped import HOME, table

PROCEDURE = "land-use-change"
SPLIT_MERGE, SPLIT_MERGE_REMOTE = "land-split-merge", "land-split-merge-remote"
CONCILIATION = "land-conciliation"
DISPUTE, DISPUTE_CITY = "land-dispute", "land-dispute-city"
FIRST_CERTIFICATE = "land-first-certificate"


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
    rows = table("data/rules.toml")
    decisions = {"council": "needs council", "split": "split or merge", "use-band": "use band"}
    return tuple(
        DecisionTable(
            f"land.{name}", HOME.joinpath(f"data/tables/{name}.dmn").read_bytes(), decision, rows[name]["basis"], rows[name]["assumed"]
        )
        for name, decision in decisions.items()
    )


def field_rule(
    name: str, procedures: tuple[str, ...], pointer: str, check: Callable[[Any, Form, RuleContext], Opinion], form: str = ""
) -> FieldRule:
    """A rule on a field, with what data/rules.toml says about it."""
    known = law(name)
    return FieldRule(
        f"land.{name}", procedures, pointer, check, known.severity, known.basis, known.valid_from, known.valid_to, form
    )


def finding_rule(name: str, procedures: tuple[str, ...], conclude: Callable[[Form, RuleContext], Finding | None]) -> FindingRule:
    """A rule on the matter, with what data/rules.toml says about it."""
    known = law(name)
    return FindingRule(f"land.{name}", procedures, conclude, known.valid_from, known.valid_to, basis=known.basis)


def finding(name: str, verdict: Verdict, code: str, **facts: Any) -> Finding:
    """What a rule concludes: its reason, and the basis of the rule."""
    return Finding(verdict, Reason(f"land.{code}", facts), f"land.{name}", law(name).basis)
