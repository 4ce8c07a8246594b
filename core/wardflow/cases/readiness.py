"""Whether a unit is ready to receive power: the decision table of a pack in force answers, never the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.packs import Pack

TABLE = "delegation_readiness"
"""The decision by its name; the sheet of conditions is what the table calls its one input, and the form of that name."""
UNKNOWN = "unknown"


def readiness(platform: Platform, conditions: Mapping[str, bool]) -> str:
    """The word of the table for these conditions; "unknown" where no pack in force has such a table."""
    pack = platform.library.deciding(TABLE)
    return UNKNOWN if pack is None else str(pack.decide(TABLE, {_sheet(pack): dict(conditions)}))


def conditions(platform: Platform) -> Mapping[str, tuple[str, str]]:
    """The conditions of the sheet with their words in both languages, in its order."""
    pack = platform.library.deciding(TABLE)
    if pack is None:
        return {}
    sheet = _sheet(pack)
    sheets = [form for path, form in pack.forms.items() if path.endswith(f"/{sheet}.json")]
    form: Mapping[str, Any] = sheets[0] if sheets else {}
    rows = form.get("properties", {})
    named = ((id, rows[id]) for id in form.get("x-order", ()) if rows[id].get("type") == "boolean")
    return {id: (row["title"], row.get("x-i18n", {}).get("en", {}).get("title", row["title"])) for id, row in named}


def _sheet(pack: Pack) -> str:
    model = next(model for model in pack.decisions.values() if TABLE in model.decisions)
    return model.inputs[0]
