"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from wardflow.offers import DecisionTable

from wardflow_land.shipped import FILES

PROCEDURE = "land-use-change"
SPLIT_MERGE, SPLIT_MERGE_REMOTE = "land-split-merge", "land-split-merge-remote"
CONCILIATION = "land-conciliation"
DISPUTE, DISPUTE_CITY = "land-dispute", "land-dispute-city"
FIRST_CERTIFICATE = "land-first-certificate"

law, thresholds, finding = FILES.law, FILES.thresholds, FILES.finding
field_rule, finding_rule, hint, derivation = FILES.field_rule, FILES.finding_rule, FILES.hint, FILES.derivation

DECISIONS = {"council": "needs council", "split": "split or merge", "use-band": "use band"}
"""Each decision table with the decision that rules put their question to."""


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    return tuple(FILES.decision_table(name, decision) for name, decision in DECISIONS.items())
