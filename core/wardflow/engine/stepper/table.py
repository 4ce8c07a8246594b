"""What each kind of element does when a token enters it."""

from __future__ import annotations

from collections.abc import Callable

from wardflow.engine.definition import Node
from wardflow.engine.stepper import activities, catching, gateways, leaving, throwing
from wardflow.engine.stepper.run import Run

Enter = Callable[[Run, Node, int, str], None]


def start(run: Run, node: Node, scope: int, flow: str) -> None:
    """A start event begins its process (BPMN 2.0.2, 13.2)."""
    leaving.leave(run, node, scope)


ENTER: dict[str, Enter] = {
    "startEvent": start,
    "endEvent": throwing.end,
    "intermediateThrowEvent": throwing.intermediate,
    "intermediateCatchEvent": catching.wait,
    "task": activities.activity,
    "userTask": activities.person,
    "manualTask": activities.person,
    "serviceTask": activities.activity,
    "sendTask": activities.activity,
    "receiveTask": activities.activity,
    "scriptTask": activities.activity,
    "businessRuleTask": activities.activity,
    "subProcess": activities.activity,
    "transaction": activities.activity,
    "adHocSubProcess": activities.activity,
    "callActivity": activities.activity,
    "exclusiveGateway": gateways.exclusive,
    "parallelGateway": gateways.parallel,
    "inclusiveGateway": gateways.inclusive,
    "complexGateway": gateways.complex_,
    "eventBasedGateway": catching.wait,
}
