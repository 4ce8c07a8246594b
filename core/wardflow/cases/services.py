"""Services that touch nothing outside: answered within the act that calls them, so the next task opens at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from wardflow.cases.handlers.asked import Answered, Asked
from wardflow.cases.handlers.document import issue_document
from wardflow.cases.handlers.notice import send_notice
from wardflow.cases.knowing import Begun, known_of
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.stepping import step_further
from wardflow.engine import ServiceAnswered, ServiceCalled, ServiceFailed, Step
from wardflow.errors import ServiceRefused
from wardflow.plugin_errors import RuleFailed
from wardflow.plugins import Plugins

Local = Callable[[Asked], Answered]


def _findings(asked: Asked) -> Answered:
    """What the rules of the field say about the matter, and the units they want to be asked."""
    form, code = asked.data.get("form") or {}, asked.matter.procedure.code
    known = known_of(asked.platform, asked.matter.procedure, _authority(asked.data), asked.data, asked.begun)
    found = asked.platform.plugins.findings(code, form, asked.platform.now(), **known)
    return Answered({
        "items": [finding.to_json() for finding in found],
        "verdicts": sorted({str(finding.verdict) for finding in found}),
        "consult": sorted({unit for finding in found if (unit := finding.reason.facts.get("unit"))}),
    })


def _fees(asked: Asked) -> Answered:
    """What there is to pay, in đồng: the procedure's own fees and those the rules of the field compute."""
    lines = fee_lines(asked.platform, asked.matter, asked.data, asked.begun)
    due = [line["amount"] for line in lines if line["amount"] is not None and line["moment"] == "filing"]
    return Answered({"lines": lines, "total": sum(due), "by_notice": any(line["moment"] == "notice" for line in lines)})


def fee_lines(
    platform: Platform, matter: Matter, data: Mapping[str, Any], begun: Begun | None = None
) -> list[dict[str, Any]]:
    """Every line to pay, as JSON values."""
    form = data.get("form") or {}
    computed = platform.plugins.fees(
        matter.procedure.code, form, platform.now(), **known_of(platform, matter.procedure, _authority(data), data, begun)
    )
    return [
        *matter.procedure.fee_lines(),
        *(
            {"name": line.name.to_json(), "amount": line.amount, "moment": line.moment, "basis": line.basis}
            for line in computed
        ),
    ]


def _authority(data: Mapping[str, Any]) -> str:
    return str((data.get("places") or {}).get("authority", ""))


LOCAL: Mapping[str, Local] = {
    "rules.findings": _findings, "rules.fees": _fees, "document.issue": issue_document, "notice.send": send_notice,
}


def known(plugins: Plugins) -> frozenset[str]:
    """Every service that a diagram may call: the platform's own and those of plugins."""
    return frozenset(LOCAL) | frozenset(plugins.handlers())


def is_local(handler: str) -> bool:
    """True for a service that is answered within the act."""
    return handler in LOCAL


def answered(
    platform: Platform, step: Step, matter: Matter, snapshot: Snapshot, begun: Begun
) -> Step:
    """The step together with the steps that its local services lead to."""
    while call := next((e for e in step.of(ServiceCalled) if is_local(e.handler)), None):
        said = _said(Asked(platform, matter, step.data, begun, call))
        event = said if isinstance(said, ServiceFailed) else ServiceAnswered(call.task, said.values)
        more = step_further(platform, matter, snapshot, step, event)
        kept = tuple(effect for effect in step.effects if effect is not call)
        own = () if isinstance(said, ServiceFailed) else said.effects
        step = replace(more, effects=(*kept, *own, *more.effects), passed=(*step.passed, *more.passed))
    return step


def _said(asked: Asked) -> Answered | ServiceFailed:
    """The answer, or the business error that an event of the diagram may catch.

    A rule without which the matter must not go on and that fails is such an error too: uncaught, it is an incident.
    """
    try:
        return LOCAL[asked.call.handler](asked)
    except ServiceRefused as refused:
        return ServiceFailed(asked.call.task, refused.code)
    except RuleFailed as failed:
        return ServiceFailed(asked.call.task, failed.rule)
