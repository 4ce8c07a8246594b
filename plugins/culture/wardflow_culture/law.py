"""When each rule of this package holds and on what it rests, read from data/rules.toml and data/thresholds.toml."""

from __future__ import annotations

from typing import Final

from wardflow.offers import DecisionTable

from wardflow_culture.shipped import FILES

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

law, thresholds, concluded = FILES.law, FILES.thresholds, FILES.finding
field_rule, finding_rule, hint, derivation = FILES.field_rule, FILES.finding_rule, FILES.hint, FILES.derivation


def tables() -> tuple[DecisionTable, ...]:
    """Every decision table of this package that a department may replace."""
    return (
        FILES.decision_table("festival", "festival procedure", "festival-procedure"),
        FILES.decision_table("relic", "relic opinion", "relic-opinion"),
    )
