"""What the desk says about the zoning layer to those who look plots up in it."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow.domain.reasons import Reason
from wardflow.offers import Panel, PanelContext

from wardflow_land.form import kinds

COUNT = "SELECT count(*), max(last_plot) FROM land_zone WHERE commune = ?"


def zoning_layer(context: PanelContext) -> Sequence[Reason]:
    """How complete the layer is in the communes of whoever looks."""
    said = []
    for commune in sorted(context.units & set(kinds())):
        [(zones, last)] = context.data.rows(COUNT, (commune,)) or [(0, 0)]
        known = {"commune": commune, "zones": zones, "last": last or 0}
        said.append(Reason("land.layer" if zones else "land.layer_missing", known))
    return said


def all_panels() -> tuple[Panel, ...]:
    """Every panel of this package."""
    return (Panel("land.zoning-layer", Reason("land.layer_title"), zoning_layer),)
