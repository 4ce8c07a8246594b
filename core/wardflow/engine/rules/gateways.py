"""Gateways: their direction, and what an event gateway may wait for."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.engine.refused import local
from wardflow.engine.rules.index import Fault, Index, Rule, kind, yes
from wardflow.engine.vocabulary import GATEWAY

RACED = frozenset(("message", "signal", "timer", "conditional"))


def direction(index: Index) -> Iterator[Fault]:
    """A gateway that names its direction has the flows of that direction."""
    for gateway in index.all(*GATEWAY):
        into, out = len(index.incoming(gateway)), len(index.outgoing(gateway))
        named = gateway.get("gatewayDirection", "Unspecified")
        wrong = {
            "Converging": into < 2 or out > 1,
            "Diverging": into > 1 or out < 2,
            "Mixed": into < 2 or out < 2,
        }.get(named, False)
        if wrong:
            yield gateway, {"direction": named, "into": into, "out": out}


def few_events(index: Index) -> Iterator[Fault]:
    """An event gateway chooses between at least two events."""
    for gateway in index.all("eventBasedGateway"):
        if len(index.outgoing(gateway)) < 2:
            yield gateway, {}


def raced_targets(index: Index) -> Iterator[Fault]:
    """An event gateway leads only to catching events and receive tasks that nothing else leads to."""
    for gateway in index.all("eventBasedGateway"):
        for flow in index.outgoing(gateway):
            target = index.by_id.get(flow.get("targetRef") or "")
            if target is None:
                continue
            right = local(target) == "receiveTask" and not index.boundary.get(target.get("id"))
            if local(target) == "intermediateCatchEvent":
                right = {kind(t) for t in index.triggers(target)} <= RACED
            if not right or len(index.incoming(target)) > 1:
                yield flow, {"target": target.get("id")}


def mixed_messages(index: Index) -> Iterator[Fault]:
    """An event gateway waits for messages by events or by receive tasks, not by both."""
    for gateway in index.all("eventBasedGateway"):
        targets = [t for f in index.outgoing(gateway) if (t := index.by_id.get(f.get("targetRef") or "")) is not None]
        tasks = any(local(t) == "receiveTask" for t in targets)
        if tasks and any(
            kind(e) == "message" for t in targets if local(t) == "intermediateCatchEvent" for e in index.triggers(t)
        ):
            yield gateway, {}


def starting_gateway(index: Index) -> Iterator[Fault]:
    """A gateway that starts a process has no way in, and only such a one may wait for all its events."""
    for gateway in index.all("eventBasedGateway"):
        starts = yes(gateway, "instantiate")
        if starts and index.incoming(gateway):
            yield gateway, {}
        if gateway.get("eventGatewayType") == "Parallel" and not starts:
            yield gateway, {}


def parallel_start(index: Index) -> Iterator[Fault]:
    """A gateway that starts a process when all of several messages have come is not supported."""
    for gateway in index.all("eventBasedGateway"):
        if gateway.get("eventGatewayType") == "Parallel" and yes(gateway, "instantiate"):
            yield gateway, {}


RULES = (
    Rule("bpmn.gateway-direction", "BPMN 2.0.2, 10.6.1", direction),
    Rule("bpmn.event-gateway-few", "BPMN 2.0.2, 10.6.6", few_events),
    Rule("bpmn.event-gateway-target", "BPMN 2.0.2, 10.6.6", raced_targets),
    Rule("bpmn.event-gateway-mixed", "BPMN 2.0.2, 10.6.6", mixed_messages),
    Rule("bpmn.event-gateway-start", "BPMN 2.0.2, 10.6.6", starting_gateway),
    Rule("bpmn.event-gateway-parallel", "Wardflow", parallel_start),
)
