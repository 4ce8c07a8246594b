"""The units a city folder describes: one by one, in series, and for every place of its table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wardflow.domain.units import Unit

Row = Mapping[str, Any]


def read_places(text: str) -> tuple[Row, ...]:
    """The rows of the table of places."""
    return tuple(csv.DictReader(text.splitlines()))


def all_units(described: Mapping[str, Any], places: Iterable[Row]) -> tuple[Unit, ...]:
    """Every unit, parents before children as far as the folder lists them so."""
    return tuple(_all(described, tuple(places)))


def _all(described: Mapping[str, Any], places: tuple[Row, ...]) -> Iterator[Unit]:
    for row in described.get("unit", ()):
        yield _unit(row, {})
    for row in described.get("series", ()):
        for n in range(1, row["count"] + 1):
            yield _unit(row, {"n": n})
    for row in described.get("place", ()):
        for place in places:
            if place["kind"] in row["kinds"]:
                yield _unit({"kind": place["kind"], **row}, place)


def _unit(row: Row, words: Mapping[str, Any]) -> Unit:
    said = {key: str(row[key]).format(**words) for key in ("id", "name", "name_en", "kind", "level") if key in row}
    parent = row.get("parent")
    return Unit(**said, parent=parent.format(**words) if parent else None)


def place_facts(described: Mapping[str, Any], places: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """What the table of places knows beside names, by the unit it is kept with."""
    rows = [row for row in described.get("place", ()) if row.get("facts")]
    return {
        str(row["id"]).format(**place): {key: _read(value) for key, value in place.items() if key not in ("slug", "name", "kind")}
        for place in places
        for row in rows
        if place["kind"] in row["kinds"]
    }


def _read(value: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value
