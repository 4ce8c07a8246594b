"""One random model checked: against the tree's interpreter, and for what must hold of a state after every event."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from random_models import EventGenerator, Generator, Oracle, WildGenerator, walk
from wardflow.engine import (
    AlarmSet,
    Definition,
    MessageReceived,
    ServiceAnswered,
    ServiceCalled,
    ServiceFailed,
    SignalReceived,
    TaskCompleted,
    TaskOpened,
    TaskWithdrawn,
    advance,
    peek,
    read,
    start,
)
from wardflow.engine.effects import AlarmCleared
from wardflow.engine.events import AlarmFired, Event
from wardflow.engine.state import load

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


class Case:
    """One case on the stepper, loaded fresh for every event."""

    def __init__(self, definition: Definition, process: str, data: dict[str, Any]) -> None:
        self.definition, self.now = definition, NOW
        self.open: dict[str, str] = {}
        self.alarms: dict[str, datetime] = {}
        self.states: list[bytes] = []
        self._keep(start(definition, process, data, self.now))

    def _keep(self, step: Any) -> None:
        self.state = step.state
        self.states.append(step.state)
        for effect in step.effects:
            match effect:
                case TaskOpened() | ServiceCalled():
                    self.open[effect.task] = effect.node
                case TaskWithdrawn():
                    del self.open[effect.task]
                case AlarmSet():
                    self.alarms[effect.alarm] = effect.fire_at
                case AlarmCleared():
                    del self.alarms[effect.alarm]

    def happen(self, event: Event) -> None:
        """One event."""
        if isinstance(event, TaskCompleted):
            self.open.pop(event.task)
        self._keep(advance(self.definition, self.state, event, self.now))

    def ready(self) -> list[tuple[str, str]]:
        """The open tasks by node and key."""
        return [(node, task) for task, node in self.open.items()]

    def complete(self, name: str, key: str) -> None:
        """Finish one."""
        self.happen(TaskCompleted(key))

    def pass_time(self, seconds: int) -> None:
        """Move the clock and let due alarms ring."""
        self.now += timedelta(seconds=seconds)
        while due := sorted((at, key) for key, at in self.alarms.items() if at <= self.now):
            self.happen(AlarmFired(due[0][1]))


def broken(case: Case) -> str:
    """What does not hold of the state; empty when all does."""
    state = load(case.state)
    tokens, scopes = state.tokens, state.scopes
    view = {key: node for node, key in peek(case.state).tokens if key}
    if view != case.open:
        return f"effects and state disagree on open tasks: {case.open} / {view}"
    if {f"a{number}" for number in state.alarms} != set(case.alarms):
        return "effects and state disagree on alarms"
    if any(t.scope not in scopes or t.node not in case.definition.nodes for t in tokens.values()):
        return "a token without scope or node"
    if any(s.owner and s.owner not in tokens for s in scopes.values()):
        return "a scope without owner"
    if any(a.token not in tokens if a.token else a.scope not in scopes for a in state.alarms.values()):
        return "an alarm without owner"
    owners = {s.owner for s in scopes.values()}
    if any(t.kind in ("sub", "loop") and t.id not in owners for t in tokens.values()):
        return "an empty activity"
    filled = {t.scope for t in tokens.values()} | {int(key.split("|")[0]) for key in state.joins}
    if any(number and number not in filled for number in scopes):
        return "an empty scope"
    if state.end and (tokens or scopes or state.alarms or state.joins):
        return "something is left after the end"
    if not state.end and not tokens and not state.joins:
        return "running without tokens"
    return ""


def agrees(seed: int) -> str:
    """What differs between the open tasks of the stepper and of the tree's interpreter on a random model; empty when nothing does."""
    model = Generator(random.Random(1_000 + seed))
    oracle = Oracle(model.tree, model.data)
    wanted = walk(random.Random(seed), oracle.ready, oracle.complete)
    case = Case(read(model.xml()), "random", model.data)
    found = walk(random.Random(seed), case.ready, case.complete)
    if found != wanted:
        return f"seed {seed}: {next((i, a, b) for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b)}"
    if not found[-1] and not peek(case.state).ended:
        return f"seed {seed}: not ended"
    return ""


def holds(seed: int, events: int = 200) -> tuple[str, int]:
    """What breaks in a random model under random events, and how many events there were."""
    chance = random.Random(seed)
    model = EventGenerator(random.Random(seed))
    case = Case(read(model.xml()), "random", model.data)
    fault = broken(case)
    for number in range(events):
        open_ = sorted(case.ready())
        if fault or peek(case.state).ended or not open_:
            return (f"seed {seed}, event {number}: {fault}" if fault else ""), number
        roll = chance.random()
        if roll < 0.12:
            case.happen(SignalReceived(f"S{chance.randrange(3)}"))
        elif roll < 0.3:
            case.pass_time(chance.randrange(4))
        else:
            case.complete(*chance.choice(open_))
        fault = broken(case)
    return "", events


def survives(seed: int, events: int = 100) -> tuple[str, int]:
    """The same as `holds` for models with everything in them: services fail, messages come, work is undone."""
    chance = random.Random(seed)
    model = WildGenerator(random.Random(seed), depth=3)
    case = Case(read(model.xml()), "random", model.data)
    for number in range(events):
        if fault := broken(case):
            return f"seed {seed}, event {number}: {fault}", number
        if peek(case.state).ended:
            return "", number
        _something(case, chance)
    return "", events


def _something(case: Case, chance: random.Random) -> None:
    roll, open_ = chance.random(), sorted(case.open.items())
    if roll < 0.1:
        case.happen(SignalReceived(f"S{chance.randrange(3)}"))
    elif roll < 0.2:
        case.happen(MessageReceived("M1"))
    elif roll < 0.35 or not open_:
        case.pass_time(chance.randrange(4))
    else:
        task, node = chance.choice(open_)
        if case.definition.node(node).kind != "serviceTask":
            case.complete(node, task)
        elif chance.random() < 0.5:
            case.open.pop(task)
            case.happen(ServiceAnswered(task))
        else:
            case.happen(ServiceFailed(task, chance.choice(["E1", "E2"])))
