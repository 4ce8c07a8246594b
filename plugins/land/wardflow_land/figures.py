"""The figures of the land department."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.offers import Figure, Indicator, IndicatorContext

from wardflow_land.form import kinds
from wardflow_land.law import CONCILIATION

WITH_LAYER = "SELECT count(DISTINCT commune) FROM land_zone"


def agreed(context: IndicatorContext) -> Figure:
    """Of the conciliations filed this year that came to a result, the share that agreed."""
    year = context.on.year
    ended = {
        state: sum(row.cases for row in context.counts if (row.procedure, row.year, row.state) == (CONCILIATION, year, state))
        for state in ("agreed", "failed")
    }
    whole = sum(ended.values())
    facts = {"year": str(year), "agreed": ended["agreed"], "whole": whole}
    if not whole:
        return Figure(None, Reason("land.figure_agreed_none", {"year": str(year)}))
    return Figure(round(100 * ended["agreed"] / whole, 1), Reason("land.figure_agreed_how", facts))


def layers(context: IndicatorContext) -> Figure | None:
    """In how many communes the zoning layer answers from imported data; told of the whole city only."""
    if context.units:
        return None
    [(count,)] = context.data.rows(WITH_LAYER) or [(0,)]
    return Figure(count, Reason("land.figure_layers_how", {"count": count, "whole": len(kinds())}))


def all_indicators() -> tuple[Indicator, ...]:
    """Every figure of this package."""
    return (
        Indicator("land.agreed", Reason("land.figure_agreed"), agreed, "percent", "Luật Đất đai 31/2024/QH15, Điều 235"),
        Indicator("land.layers", Reason("land.figure_layers"), layers),
    )
