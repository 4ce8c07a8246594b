"""The zoning layer of this package: what the plan wants a plot to be."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from wardflow.offers import Data

from wardflow_land.shipped import text

ANY = "SELECT 1 FROM land_zone WHERE commune = ? LIMIT 1"
ZONES = (
    "SELECT first_plot, last_plot, uses, plan FROM land_zone WHERE commune = ? AND map_sheet = ? "
    "ORDER BY first_plot, feature"
)


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
def sample() -> Mapping[tuple[str, str], tuple[Zone, ...]]:
    """The zones that ship as a sample, by commune and map sheet."""
    zones: dict[tuple[str, str], tuple[Zone, ...]] = {}
    for row in csv.DictReader(text("data/zoning.csv").splitlines()):
        key = row["commune"], row["map_sheet"]
        zone = Zone(*key, int(row["first_plot"]), int(row["last_plot"]), tuple(row["uses"].split()), row["plan"])
        zones[key] = (*zones.get(key, ()), zone)
    return zones


def layer(commune: str, map_sheet: str, data: Data, settings: Mapping[str, Any]) -> Sequence[Zone]:
    """The zones of a map sheet: those imported, or those of the sample while a commune has none of its own."""
    if data.rows(ANY, (commune,)):
        return [Zone(commune, map_sheet, row[0], row[1], tuple(row[2].split()), row[3]) for row in data.rows(ZONES, (commune, map_sheet))]
    return sample().get((commune, map_sheet), ()) if settings.get("land.sample_zoning", True) else ()


def zoning(asked: Sequence[Any], data: Data, settings: Mapping[str, Any]) -> Zoning:
    """Whether the plan of a plot (commune, map sheet, number) agrees with the use asked for."""
    commune, map_sheet, plot_no, to_type = (str(part) for part in asked)
    number = re.match(r"\d+", plot_no.strip())    # 112a is a part of plot 112
    for zone in layer(commune, map_sheet.strip(), data, settings):
        if number and zone.first_plot <= int(number[0]) <= zone.last_plot:
            return Zoning(ZoningResult.FIT if to_type in zone.uses else ZoningResult.NOT_FIT, zone.uses, zone.plan)
    return Zoning(ZoningResult.NO_DATA)
