"""The engine as a function: `start` and `advance` take a state and an event and return the next state with its
effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import orjson

from wardflow.domain.record import record
from wardflow.engine.definition import Definition
from wardflow.engine.effects import AlarmCleared, CaseEnded, Effect
from wardflow.engine.events import (
    AlarmFired,
    Cancelled,
    Event,
    IncidentRetried,
    IncidentSkipped,
    MessageReceived,
    Migrated,
    ServiceAnswered,
    ServiceFailed,
    SignalReceived,
    TaskCompleted,
    TokenMoved,
)
from wardflow.engine.state import Scope, State, dump, load
from wardflow.engine.stepper import activities, catching, gateways, incidents, leaving, loops, mending, migrating
from wardflow.engine.stepper.run import JOINING, NOBODY, SERVICES, Host, Run, Stuck, instances
from wardflow.engine.stepper.table import ENTER
from wardflow.errors import FeelLimit, ProcessUnknown, StateTooLarge, StateUnreadable

E = TypeVar("E")


@record(frozen=True, slots=True)
class Step:
    """What one event made of a case."""

    state: bytes
    effects: tuple[Effect, ...]
    passed: tuple[str, ...]
    """The ids of the nodes left and the flows taken, in order."""
    data: Mapping[str, Any]
    """What the case knows after it; to be read only."""
    _kinds: dict[type[Any], tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Its effects of one kind, in order; they are told apart once, since everything written looks for its own."""
        if not self._kinds:
            for effect in self.effects:
                self._kinds[effect.__class__] = (*self._kinds.get(effect.__class__, ()), effect)
        return self._kinds.get(kind, ())


@dataclass(frozen=True, slots=True)
class View:
    """What can be seen of a state without running it."""

    tokens: tuple[tuple[str, str], ...]
    """Node id and task key of everything the case is at; the key is empty where no task is open."""
    data: Mapping[str, Any]
    ended: bool


def start(definition: Definition, process_id: str, data: Mapping[str, Any], now: datetime, host: Host = NOBODY) -> Step:
    """A new case of that process, run as far as it goes by itself."""
    process = definition.processes.get(process_id)
    if process is None:
        raise ProcessUnknown(process=process_id)
    state = State(data={**process.data, **data})
    state.scopes[0] = Scope(0, process_id)
    run = Run(definition, state, now, host)
    activities.begin(run, process_id, 0)
    if not process.starts and not process.waits:
        leaving.ended(run, 0)
    return _drive(run)


def advance(definition: Definition, state: bytes, event: Event, now: datetime, host: Host = NOBODY) -> Step:
    """The case after the event; `state` itself is never changed. Alarms that are due come before the event,
    but after a migration, which moves nothing: they ring in the new version."""
    run = Run(definition, load(state), now, host)
    try:
        if event.__class__ is Migrated:
            migrating.migrate(run, event.passage)
            return _step(run)
        if not run.state.end:
            while run.state.alarms and event.__class__ is not AlarmFired and catching.ring(run):
                pass
            try:
                HAPPEN[event.__class__](run, event)
            except Stuck as stuck:
                incidents.park(run, stuck)
        elif isinstance(event, TaskCompleted | ServiceAnswered | ServiceFailed):
            activities.open_task(run, event.task, activities.PEOPLE)
        return _drive(run)
    except KeyError as error:
        if _fits(run):
            raise
        raise StateUnreadable(why="it belongs to another definition") from error


def peek(state: bytes) -> View:
    """What the case is at, and its data."""
    found = load(state)
    tokens: list[tuple[str, str]] = []
    for token in found.tokens.values():
        if token.kind == "many":
            first, total, open_, _ = token.extra
            tokens += [(token.node, f"t{n}") for n in instances(first, total, int(open_, 16))]
        elif token.kind == "task":
            tokens.append((token.node, f"t{token.id}"))
        else:
            tokens.append((token.node, ""))
    tokens += [(key.split("|")[1], "") for key in found.joins]
    return View(tuple(tokens), found.data, bool(found.end))


def emptied(state: bytes, name: str) -> bytes:
    """The state with one of its tables emptied, where it has it; nothing else of the case changes."""
    found = load(state)
    if not isinstance(found.data.get(name), Mapping):
        return state
    found.data[name] = {}
    return dump(found)


def variables(definition: Definition, state: bytes, task: str) -> dict[str, Any]:
    """Everything an open task sees: the data of the case and the inner variables of where it stands."""
    run = Run(definition, load(state), datetime.min, NOBODY)
    token = activities.open_task(run, task, activities.PEOPLE | SERVICES)
    own = (
        loops.instance_data(run, run.nodes[token.node], token.scope, int(task[1:]) - token.extra[0])
        if token.kind == "many"
        else {}
    )
    return dict(run.variables(token.scope, **own))


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where an incident stands, and what can be done about it."""

    node: str
    variables: Mapping[str, Any]
    """what the stopped work sees"""
    skippable: bool
    targets: tuple[str, ...]
    """the nodes the case can be taken to"""


def stopped(definition: Definition, state: bytes, incident: str) -> Stopped | None:
    """What is known of an incident; None once the case has left it behind."""
    run = Run(definition, load(state), datetime.min, NOBODY)
    place = mending.place_of(run.state, incident)
    if place is None:
        return None
    return Stopped(place.node, mending.seen(run, place), mending.skippable(run, place), mending.targets(run, place))


# Driving


def _drive(run: Run) -> Step:
    state, queue, nodes = run.state, run.queue, run.nodes
    conditional = run.definition.conditional
    while True:
        if state.alarms and catching.ring(run):
            continue
        if conditional and not state.end and catching.conditions(run):
            continue
        if queue:
            run.budget -= 1
            if run.budget < 0:
                incidents.stop(run)
                break
            name, scope, flow, held = queue.pop(0)
            try:
                if held:
                    token = state.tokens.get(held)
                    if token is not None:
                        leaving.finish(run, token)
                    continue
                node = nodes[name]
                if node.on_enter and node.kind not in JOINING and state.scopes[scope].process != "@" + name:
                    run.entered(node)
                ENTER[node.kind](run, node, scope, flow)
            except Stuck as stuck:
                incidents.park(run, stuck)
            except FeelLimit:
                incidents.park(run, Stuck(nodes[name], scope, "bpmn.expression-failed", leaving=bool(held), flow=flow))
        elif not state.joins or not _late(run):
            break
    if state.joins:
        gateways.report_dead(run)
    return _step(run)


def _late(run: Run) -> bool:
    try:
        return gateways.fire_late(run)
    except Stuck as stuck:
        incidents.park(run, stuck)
        return True


def _step(run: Run) -> Step:
    stored = dump(run.state)
    if len(stored) > run.host.size:
        raise StateTooLarge(size=len(orjson.dumps(run.state.data)), limit=run.host.size)
    return Step(stored, tuple(run.effects), tuple(run.passed), run.state.data)


def _fits(run: Run) -> bool:
    """Whether every token and scope of the state is known to the definition."""
    known = all(token.node in run.nodes for token in run.state.tokens.values())
    return known and all(
        s.process.removeprefix("@") in run.definition.containers or s.process[1:] in run.nodes
        for s in run.state.scopes.values()
    )


# One function per event


def _task_completed(run: Run, event: TaskCompleted) -> None:
    activities.complete(run, event.task, event.values, activities.PEOPLE)


def _service_answered(run: Run, event: ServiceAnswered) -> None:
    activities.complete(run, event.task, event.values, SERVICES)


def _service_failed(run: Run, event: ServiceFailed) -> None:
    activities.fail(run, event.task, event.code, event.values)


def _message(run: Run, event: MessageReceived) -> None:
    catching.deliver(run, "message", event.name, event.values, event.keys)


def _signal(run: Run, event: SignalReceived) -> None:
    catching.deliver(run, "signal", event.name, event.values)


def _alarm(run: Run, event: AlarmFired) -> None:
    alarm = run.state.alarms.get(int(event.alarm[1:])) if event.alarm[1:].isdigit() else None
    if alarm is not None:
        catching.fire(run, alarm)


def _retried(run: Run, event: IncidentRetried) -> None:
    mending.again(run, event.incident, event.values)
    incidents.retry(run, event.incident)


def _cancelled(run: Run, event: Cancelled) -> None:
    """Everything open is withdrawn; nothing is compensated, a process that wants that models it."""
    state = run.state
    leaving.clear(run, 0)
    run.effects.extend(AlarmCleared(f"a{number}") for number in state.alarms)
    state.scopes.clear()
    state.alarms.clear()
    state.end = "cancelled"
    state.compensations.clear()
    state.conditions.clear()
    run.effects.append(CaseEnded("cancelled", ""))


HAPPEN: dict[type[Any], Any] = {
    TaskCompleted: _task_completed,
    ServiceAnswered: _service_answered,
    ServiceFailed: _service_failed,
    MessageReceived: _message,
    SignalReceived: _signal,
    AlarmFired: _alarm,
    IncidentRetried: _retried,
    IncidentSkipped: mending.skip,
    TokenMoved: mending.move,
    Cancelled: _cancelled,
}
