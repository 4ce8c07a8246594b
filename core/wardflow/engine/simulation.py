"""Running a definition without a platform: somebody chooses what happens next, and time jumps to the next alarm."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from wardflow.engine.definition import Definition, Node, Out
from wardflow.engine.effects import (
    AlarmCleared,
    AlarmSet,
    CaseEnded,
    Effect,
    IncidentRaised,
    ServiceCalled,
    TaskOpened,
    TaskWithdrawn,
)
from wardflow.engine.events import (
    AlarmFired,
    Event,
    MessageReceived,
    ServiceAnswered,
    ServiceFailed,
    SignalReceived,
    TaskCompleted,
)
from wardflow.engine.state import load
from wardflow.engine.step import Step, advance, start
from wardflow.engine.stepper import catching
from wardflow.engine.stepper.run import NOBODY, BpmnError, Host, Run


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could happen next."""

    what: str
    """task, service, alarm, message or signal."""
    node: str
    event: Event


class Chooser(Protocol):
    """Whoever decides what happens next."""

    def choose(self, options: Sequence[Option], data: Mapping[str, Any]) -> Option | None:
        """One of the options, with the values wanted in its event; None stops the simulation."""
        ...

    def flow(self, node: Node, ways: Sequence[Out], *, several: bool) -> frozenset[str] | None:
        """The flows to take out of a node with conditions; None leaves it to the data."""
        ...


class Random:
    """Chooses by chance, the same way for the same seed; takes the flows by chance too unless told to follow the
    data."""

    def __init__(
        self, seed: int, values: Callable[[Node], Mapping[str, Any]] | None = None, *, follow_data: bool = False
    ) -> None:
        self.chance, self.follow_data = random.Random(seed), follow_data
        self.values = values

    def choose(self, options: Sequence[Option], data: Mapping[str, Any]) -> Option | None:
        """Any of them."""
        return self.chance.choice(options) if options else None

    def flow(self, node: Node, ways: Sequence[Out], *, several: bool) -> frozenset[str] | None:
        """One of the ways, or at an inclusive gateway some."""
        if self.follow_data:
            return None
        if several:
            return frozenset(w.flow for w in ways if self.chance.random() < 0.5) or frozenset(
                (self.chance.choice(ways).flow,)
            )
        return frozenset((self.chance.choice(ways).flow,))


class Scripted:
    """Does a list of things in their order: the node of each, and its values; the data decide the flows."""

    def __init__(self, happenings: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        self.rest = list(happenings)

    def choose(self, options: Sequence[Option], data: Mapping[str, Any]) -> Option | None:
        """The next of the list; None when it is done or not possible now."""
        if not self.rest:
            return None
        node, values = self.rest[0]
        option = next((o for o in options if o.node == node), None)
        if option is None:
            return None
        self.rest.pop(0)
        return _with_values(option, values)

    def flow(self, node: Node, ways: Sequence[Out], *, several: bool) -> frozenset[str] | None:
        """The data decide."""
        return None


def _with_values(option: Option, values: Mapping[str, Any]) -> Option:
    event = option.event
    if isinstance(event, TaskCompleted | MessageReceived | SignalReceived | ServiceAnswered):
        return replace(option, event=replace(event, values=values))
    return option


@dataclass(slots=True)
class Simulation:
    """What became of a simulated case."""

    state: bytes = b""
    now: datetime = datetime.min
    outcome: str = ""
    missing: str = ""
    """The first handler nobody registered, when the simulation stopped there."""
    incident: str = ""
    passed: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    happened: list[Option] = field(default_factory=list)
    tasks: dict[str, str] = field(default_factory=dict)
    calls: dict[str, ServiceCalled] = field(default_factory=dict)
    alarms: dict[str, AlarmSet] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether the case came to its end."""
        return bool(self.outcome)


Handler = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def simulate(
    definition: Definition,
    process: str,
    data: Mapping[str, Any],
    now: datetime,
    chooser: Chooser,
    *,
    handlers: Mapping[str, Handler] | None = None,
    host: Host = NOBODY,
    limit: int = 1_000,
) -> Simulation:
    """Start a case and let the chooser play it, until it ends, stops at a missing handler or incident, or after
    `limit` happenings."""
    played = steered(definition, chooser)
    found = Simulation(now=now)
    _keep(found, start(played, process, data, now, host))
    for _ in range(limit):
        if found.outcome or found.missing or found.incident:
            break
        if found.calls:
            _serve(found, played, handlers or {}, host)
            continue
        option = chooser.choose(options(played, found), load(found.state).data)
        if option is None:
            break
        _happen(found, played, option, host)
    return found


def options(definition: Definition, found: Simulation) -> list[Option]:
    """What could happen now, in a fixed order: open tasks, messages and signals waited for, the next alarm."""
    able = [Option("task", node, TaskCompleted(task)) for task, node in found.tasks.items()]
    for kind, name, node in awaited(definition, found.state):
        able.append(Option(kind, node, MessageReceived(name) if kind == "message" else SignalReceived(name)))
    if found.alarms:
        first = min(found.alarms.values(), key=lambda a: (a.fire_at, a.alarm))
        able.append(Option("alarm", first.node, AlarmFired(first.alarm)))
    return able


def awaited(definition: Definition, state: bytes) -> list[tuple[str, str, str]]:
    """The messages and signals a case listens to now: kind, name, node."""
    run = Run(definition, load(state), datetime.min, NOBODY)
    heard = [
        (t.kind, t.name or "", node.id)
        for _, node in catching.catchers(run)
        for t in node.triggers
        if t.kind in ("message", "signal")
    ]
    return list(dict.fromkeys(heard))


def _happen(found: Simulation, definition: Definition, option: Option, host: Host) -> None:
    if isinstance(option.event, AlarmFired):
        found.now = max(found.now, found.alarms[option.event.alarm].fire_at)
    if isinstance(option.event, TaskCompleted):
        found.tasks.pop(option.event.task, None)
    found.happened.append(option)
    _keep(found, advance(definition, found.state, option.event, found.now, host))


def _serve(found: Simulation, definition: Definition, handlers: Mapping[str, Handler], host: Host) -> None:
    """Answer the oldest call with its handler, or stop at its name."""
    task, call = next(iter(found.calls.items()))
    handler = handlers.get(call.handler)
    if handler is None:
        found.missing = call.handler or call.node
        return
    del found.calls[task]
    try:
        event: Event = ServiceAnswered(task, handler(call.inputs))
    except BpmnError as error:
        event = ServiceFailed(task, error.code)
    _happen(found, definition, Option("service", call.node, event), host)


def _keep(found: Simulation, step: Step) -> None:
    found.state = step.state
    found.passed += step.passed
    found.effects += step.effects
    for effect in step.effects:
        match effect:
            case TaskOpened(task, node):
                found.tasks[task] = node
            case TaskWithdrawn(task):
                found.tasks.pop(task, None)
                found.calls.pop(task, None)
            case ServiceCalled(task):
                found.calls[task] = effect
            case AlarmSet(alarm):
                found.alarms[alarm] = effect
            case AlarmCleared(alarm):
                found.alarms.pop(alarm, None)
            case CaseEnded(outcome):
                found.outcome = outcome
            case IncidentRaised(code, _, facts):
                if code == "bpmn.script-language":
                    found.missing = str(facts["language"])
                else:
                    found.incident = code


# Letting the chooser take the flows: each condition asks it instead of the data


class _Ways:
    """The conditional flows out of one node, chosen anew each time the first of them is asked."""

    def __init__(self, chooser: Chooser, node: Node) -> None:
        self.chooser, self.node = chooser, node
        self.taken: frozenset[str] | None = None

    def ask(self) -> None:
        """Let the chooser decide for this passing."""
        several = self.node.kind != "exclusiveGateway"
        ways = [out for out in self.node.outs if out.condition is not None or out.default]
        self.taken = self.chooser.flow(self.node, ways, several=several)


@dataclass(frozen=True, slots=True)
class _Way:
    """The condition of one flow while a chooser steers."""

    ways: _Ways
    out: Out
    first: bool

    def evaluate(self, context: Mapping[str, Any], *, calendar: Any = None, now: Any = None) -> Any:
        """What the chooser said, or the data when it has no opinion."""
        if self.first:
            self.ways.ask()
        if self.ways.taken is not None:
            return self.out.flow in self.ways.taken
        assert self.out.condition is not None
        return self.out.condition.evaluate(context, calendar=calendar, now=now)


def steered(definition: Definition, chooser: Chooser) -> Definition:
    """The definition with every condition handed to the chooser first."""
    nodes = {
        id: _steered(node, chooser) if any(o.condition for o in node.outs) else node
        for id, node in definition.nodes.items()
    }
    return replace(definition, nodes=nodes)


def _steered(node: Node, chooser: Chooser) -> Node:
    ways, first = _Ways(chooser, node), True
    outs = []
    for out in node.outs:
        if out.condition is not None and not out.default:
            out = out._replace(condition=_Way(ways, out, first))
            first = False
        outs.append(out)
    return replace(node, outs=tuple(outs))
