"""The form of the procedure, with the communes that somebody may choose."""

from __future__ import annotations

import copy
import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

from wardflow_land.shipped import schema, text

KINDS = {"ward": ("Phường {}", "{} ward"), "rural": ("Xã {}", "{} commune")}


@cache
def land_use_change() -> Mapping[str, Any]:
    """The schema of forms/land-use-change.json, its communes taken from data/communes.csv."""
    form: dict[str, Any] = copy.deepcopy(dict(schema("forms/land-use-change.json")))
    communes = list(csv.DictReader(text("data/communes.csv").splitlines()))
    labels = {row["id"]: [words.format(row["name"]) for words in KINDS[row["kind"]]] for row in communes}
    field = form["properties"]["commune"]
    field["enum"] = list(labels)
    field["x-enum"] = {id: vietnamese for id, (vietnamese, _) in labels.items()}
    field["x-i18n"]["en"]["enum"] = {id: english for id, (_, english) in labels.items()}
    return form
