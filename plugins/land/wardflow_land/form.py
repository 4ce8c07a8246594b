"""The forms of the procedures, with the communes that somebody may choose."""

from __future__ import annotations

import copy
import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

from wardflow.wording import LANGUAGES

from wardflow_land.shipped import schema, text

FORMS = ("land-use-change", "land-split-merge", "land-conciliation", "land-dispute", "land-first-certificate")
KINDS = {"ward": ("Phường {}", "{} ward"), "rural": ("Xã {}", "{} commune")}


@cache
def kinds() -> Mapping[str, str]:
    """Whether each commune is a ward or rural, by its id."""
    return {row["id"]: row["kind"] for row in csv.DictReader(text("data/communes.csv").splitlines())}


def commune_names(language: str) -> Mapping[str, str]:
    """What each commune is called, by the code `land.commune.ID`."""
    at = LANGUAGES.index(language)
    rows = csv.DictReader(text("data/communes.csv").splitlines())
    return {f"land.commune.{row['id']}": KINDS[row["kind"]][at].format(row["name"]) for row in rows}


def uses() -> tuple[str, ...]:
    """Every use of land there is, in the order of the list."""
    return tuple(schema("forms/land-use-change.json")["$defs"]["use"]["enum"])


@cache
def all_forms() -> Mapping[str, Mapping[str, Any]]:
    """The forms of every procedure by their ids, their communes taken from data/communes.csv."""
    return {name: _with_communes(schema(f"forms/{name}.json")) for name in FORMS}


def _with_communes(shipped: Mapping[str, Any]) -> Mapping[str, Any]:
    form: dict[str, Any] = copy.deepcopy(dict(shipped))
    communes = list(csv.DictReader(text("data/communes.csv").splitlines()))
    labels = {row["id"]: [words.format(row["name"]) for words in KINDS[row["kind"]]] for row in communes}
    field = form["properties"]["commune"]
    field["enum"] = list(labels)
    field["x-enum"] = {id: vietnamese for id, (vietnamese, _) in labels.items()}
    field["x-i18n"]["en"]["enum"] = {id: english for id, (_, english) in labels.items()}
    return form
