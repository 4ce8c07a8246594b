"""What the rules of the field add to the question who should do a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.routing import Question


def opinions(platform: Platform, case: Case, data: Mapping[str, Any], now: datetime) -> Callable[[Question, str], Question]:
    """Asks the rules of the field what they add to the question who should do a step."""

    def opine(question: Question, step: str) -> Question:
        return platform.plugins.routed(
            case.procedure, question, step, data.get("form") or {}, now, case=data, settings=case.thresholds,
            units=platform.snapshots.line(case.places.authority),
        )  # fmt: skip

    return opine
