"""The zoning layer of this package: what the plan wants a plot to be."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from wardflow_land.shipped import text


class ZoningResult(StrEnum):
    """What the layer answers for a plot and the use somebody asks for."""

    FIT = "fit"
    NOT_FIT = "not_fit"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Zone:
    """Plots of one map sheet that a plan gives the same uses."""

    commune: str
    map_sheet: str
    first_plot: int
    last_plot: int
    uses: tuple[str, ...]
    plan: str


@dataclass(frozen=True, slots=True)
class Zoning:
    """The answer, with the zone it rests on."""

    result: ZoningResult
    uses: tuple[str, ...] = ()
    plan: str = ""

    def to_json(self) -> dict[str, Any]:
        """The answer as a form and a diagram carry it."""
        return {"result": str(self.result), "zoning_code": " ".join(self.uses), "plan": self.plan}


@cache
def layer() -> Mapping[tuple[str, str], tuple[Zone, ...]]:
    """The zones by commune and map sheet."""
    zones: dict[tuple[str, str], tuple[Zone, ...]] = {}
    for row in csv.DictReader(text("data/zoning.csv").splitlines()):
        key = row["commune"], row["map_sheet"]
        zone = Zone(*key, int(row["first_plot"]), int(row["last_plot"]), tuple(row["uses"].split()), row["plan"])
        zones[key] = (*zones.get(key, ()), zone)
    return zones


def zoning(commune: str, map_sheet: str, plot_no: str, to_type: str) -> Zoning:
    """Whether the plan of that plot agrees with the use asked for."""
    number = re.match(r"\d+", plot_no.strip())    # 112a is a part of plot 112
    for zone in layer().get((commune, map_sheet.strip()), ()):
        if number and zone.first_plot <= int(number[0]) <= zone.last_plot:
            return Zoning(ZoningResult.FIT if to_type in zone.uses else ZoningResult.NOT_FIT, zone.uses, zone.plan)
    return Zoning(ZoningResult.NO_DATA)
