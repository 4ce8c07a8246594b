"""What a case knows before anybody did anything, and what the platform's own services answer: names for expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BEGINNING = frozenset({"applicant", "components", "form", "options", "places", "procedure"})
"""The names under which a new case keeps what was handed in."""

OWN_SERVICES: Mapping[str, Mapping[str, Any]] = {
    "document.issue": {"slip": "string"},
    "notice.send": {"notice": "string"},
    "rules.fees": {"lines": ["Any"], "total": "number", "by_notice": "boolean"},
    "rules.findings": {"items": ["Any"], "verdicts": ["string"], "consult": ["string"]},
}
"""Handlers that are answered within the act, each with the types of its answer."""

NO_OPINION: Mapping[str, Any] = {"items": [], "verdicts": [], "consult": []}
"""What `rules.findings` answers where no rule has an opinion."""
