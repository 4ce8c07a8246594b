"""`wardflow land import-zoning FILE`: the zoning layer of a commune from GeoJSON (RFC 7946)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wardflow.errors import WardflowError
from wardflow.offers import Command, OwnData

from wardflow_land.form import kinds, uses

CLEAR = "DELETE FROM land_zone WHERE commune = ?"
KEEP = (
    "INSERT INTO land_zone (feature, commune, map_sheet, first_plot, last_plot, uses, plan, geometry) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
ASKED = ("commune", "map_sheet", "uses", "plan")
"""Properties every feature needs, beside plot_no, or first_plot and last_plot."""


class LayerRefused(WardflowError):
    """Feature {feature} of {file} was not taken, and nothing was imported: {why}."""


def import_zoning(options: argparse.Namespace, data: OwnData) -> Sequence[str]:
    """The lines to print; the layer of every commune in the file is replaced, all of it or nothing."""
    rows = [_row(options.file, number, feature) for number, feature in enumerate(_features(options.file), 1)]
    communes = sorted({row[1] for row in rows})
    data.write((CLEAR, [(commune,) for commune in communes]), (KEEP, rows))
    return [f"{commune}: {sum(row[1] == commune for row in rows)} zones" for commune in communes]


def _features(file: Path) -> Sequence[Any]:
    try:
        layer = json.loads(file.read_text("utf-8"))
    except ValueError as wrong:
        raise LayerRefused(feature="–", file=file, why=f"it is not JSON ({wrong})") from wrong
    found = layer.get("features") if isinstance(layer, dict) and layer.get("type") == "FeatureCollection" else None
    if not isinstance(found, list) or not found:
        raise LayerRefused(feature="–", file=file, why="a FeatureCollection with features is expected")
    return found


def _row(file: Path, number: int, feature: Any) -> tuple[Any, ...]:
    known = feature.get("properties") if isinstance(feature, Mapping) else None
    name = str(feature.get("id") or number) if isinstance(feature, Mapping) else str(number)
    why = "it has no properties" if not isinstance(known, Mapping) else _wrong(known, feature.get("geometry"))
    if why or not isinstance(known, Mapping):
        raise LayerRefused(feature=name, file=file, why=why)
    first, last = _plots(known)
    planned = " ".join(_uses(known))
    return name, known["commune"], str(known["map_sheet"]), first, last, planned, str(known["plan"]), json.dumps(feature["geometry"])


def _wrong(known: Mapping[str, Any], geometry: Any) -> str:
    if missing := [name for name in ASKED if not known.get(name)]:
        return f"{', '.join(missing)} is missing"
    if known["commune"] not in kinds():
        return f"there is no commune {known['commune']}; use the ids of data/communes.csv"
    if unknown := set(_uses(known)) - set(uses()):
        return f"there is no use {', '.join(sorted(unknown))}; use {', '.join(uses())}"
    if not _plots(known)[0]:
        return "plot_no, or first_plot and last_plot, must be whole numbers above 0, the first not after the last"
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "its geometry must be a Polygon or a MultiPolygon"
    return ""


def _uses(known: Mapping[str, Any]) -> list[str]:
    given = known["uses"]
    return [str(use) for use in (given if isinstance(given, list) else str(given).split())]


def _plots(known: Mapping[str, Any]) -> tuple[int, int]:
    """The first and the last plot; 0, 0 where they cannot be so."""
    first = known.get("first_plot", known.get("plot_no"))
    last = known.get("last_plot", first)
    whole = all(isinstance(plot, int) or str(plot).isdecimal() for plot in (first, last))
    return (int(str(first)), int(str(last))) if whole and 0 < int(str(first)) <= int(str(last)) else (0, 0)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a GeoJSON FeatureCollection of zones")


def all_commands() -> tuple[Command, ...]:
    """Every command of this package."""
    meaning = "replace the zoning layer of the communes in a GeoJSON file"
    return (Command("import-zoning", meaning, _arguments, import_zoning),)
