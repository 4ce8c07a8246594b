"""Services that touch nothing outside: answered within the act that calls them, so the next task opens at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.stepping import step_on
from wardflow.engine import ServiceAnswered, ServiceCalled, Step, peek
from wardflow.plugins import Plugins

Local = Callable[[Platform, Matter, Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
"""The platform, what the case runs by, its data, and the thresholds it began with."""


def _findings(
    platform: Platform, matter: Matter, data: Mapping[str, Any], thresholds: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the rules of the field say about the matter, and the units they want to be asked."""
    form = data.get("form") or {}
    found = platform.plugins.findings(matter.procedure.code, form, platform.now(), case=data, settings=thresholds)
    return {
        "items": [finding.to_json() for finding in found],
        "verdicts": sorted({str(finding.verdict) for finding in found}),
        "consult": sorted({unit for finding in found if (unit := finding.reason.facts.get("unit"))}),
    }


def _fees(
    platform: Platform, matter: Matter, data: Mapping[str, Any], thresholds: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What there is to pay, in đồng: the procedure's own fees and those the rules of the field compute."""
    lines = fee_lines(platform, matter, data, thresholds)
    due = [line["amount"] for line in lines if line["amount"] is not None and line["moment"] == "filing"]
    return {"lines": lines, "total": sum(due), "by_notice": any(line["moment"] == "notice" for line in lines)}


def fee_lines(
    platform: Platform, matter: Matter, data: Mapping[str, Any], thresholds: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Every line to pay, as JSON values."""
    form = data.get("form") or {}
    computed = platform.plugins.fees(matter.procedure.code, form, platform.now(), case=data, settings=thresholds)
    return [
        *matter.procedure.fee_lines(),
        *(
            {"name": line.name.to_json(), "amount": line.amount, "moment": line.moment, "basis": line.basis}
            for line in computed
        ),
    ]


LOCAL: Mapping[str, Local] = {"rules.findings": _findings, "rules.fees": _fees}


def known(plugins: Plugins) -> frozenset[str]:
    """Every service that a diagram may call: the platform's own and those of plugins."""
    return frozenset(LOCAL) | frozenset(plugins.handlers())


def is_local(handler: str) -> bool:
    """True for a service that is answered within the act."""
    return handler in LOCAL


def answered(
    platform: Platform, step: Step, matter: Matter, snapshot: Snapshot, thresholds: Mapping[str, Any]
) -> Step:
    """The step together with the steps that its local services lead to."""
    while call := next((e for e in step.effects if isinstance(e, ServiceCalled) and is_local(e.handler)), None):
        values = LOCAL[call.handler](platform, matter, peek(step.state).data, thresholds)
        more = step_on(platform, matter, snapshot, step.state, ServiceAnswered(call.task, values))
        kept = tuple(effect for effect in step.effects if effect is not call)
        step = replace(more, effects=(*kept, *more.effects), passed=(*step.passed, *more.passed))
    return step
