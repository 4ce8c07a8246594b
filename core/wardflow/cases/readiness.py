"""Whether a unit is ready to receive power: the decision table of a pack in force answers, never the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.platform import Platform

TABLE = "delegation_readiness"
SHEET = "check_readiness"
"""The decision, and the sheet of conditions it reads: what the pack that brings the table calls them."""
UNKNOWN = "unknown"


def readiness(platform: Platform, conditions: Mapping[str, bool]) -> str:
    """The word of the table for these conditions; "unknown" where no pack in force has such a table."""
    pack = platform.library.deciding(TABLE)
    return UNKNOWN if pack is None else str(pack.decide(TABLE, {SHEET: dict(conditions)}))


def conditions(platform: Platform) -> Mapping[str, tuple[str, str]]:
    """The conditions of the sheet with their words in both languages, in its order."""
    pack = platform.library.deciding(TABLE)
    if pack is None:
        return {}
    sheets = [form for path, form in pack.forms.items() if path.endswith(f"/{SHEET}.json")]
    form: Mapping[str, Any] = sheets[0] if sheets else {}
    rows = form.get("properties", {})
    named = ((id, rows[id]) for id in form.get("x-order", ()))
    return {id: (row["title"], row.get("x-i18n", {}).get("en", {}).get("title", row["title"])) for id, row in named}
