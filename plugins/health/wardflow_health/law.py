"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from wardflow.domain.days import Day, DayKind
from wardflow.offers import DecisionTable, FieldDay

from wardflow_health.shipped import FILES, table

GPP = "gpp-certificate"
REISSUE = "gpp-reissue"
CORRECTION = "gpp-correction"
FOOD = "food-safety-certificate"
COMMITMENT = "food-safety-commitment"
DISABILITY = "disability-confirmation"
PROCEDURES = (GPP, REISSUE, CORRECTION, FOOD, COMMITMENT, DISABILITY)

law, thresholds, finding = FILES.law, FILES.thresholds, FILES.finding
field_rule, finding_rule, hint, derivation = FILES.field_rule, FILES.finding_rule, FILES.hint, FILES.derivation

TABLES = {
    "gpp_person": ("degree accepted", "gpp-person"),
    "team_head": ("head valid", "team-head"),
    "food_subject": ("food subject", "food-subject"),
    "food_authority": ("food authority", "food-authority"),
}
"""Each decision table with its decision, and the rule whose basis it has."""


def field_days() -> tuple[FieldDay, ...]:
    """Every day of data/days.toml."""
    rows = table("data/days.toml")["day"]
    return tuple(
        FieldDay(row["field"], row["on"], Day(DayKind(row["kind"]), row["name"], name_en=row["name_en"]), row["basis"], row["assumed"])
        for row in rows
    )


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    return tuple(FILES.decision_table(name, *row) for name, row in TABLES.items())
