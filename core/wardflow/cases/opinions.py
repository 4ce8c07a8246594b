"""What the rules of the field add to the question who should do a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from wardflow.cases.knowing import known_in
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.routing import Question


def opinions(platform: Platform, case: Case, data: Mapping[str, Any], now: datetime) -> Callable[[Question, str], Question]:
    """Asks the rules of the field what they add to the question who should do a step."""
    if not platform.plugins.rules_at(case.procedure, "routing_rules"):
        return lambda question, step: question

    def opine(question: Question, step: str) -> Question:
        return platform.plugins.routed(
            case.procedure, question, step, data.get("form") or {}, now, **known_in(platform, case, data)
        )

    return opine
