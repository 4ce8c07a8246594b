"""One step in progress: the state being changed, the work still to do, and what has been asked of the world so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from wardflow.domain.calendar import Calendar
from wardflow.domain.record import record
from wardflow.engine import iso
from wardflow.engine.definition import Binding, Carry, Definition, Expression, Node, Out
from wardflow.engine.effects import AlarmCleared, AlarmSet, Effect, StateEntered, TaskWithdrawn
from wardflow.engine.state import ISOLATED, Alarm, Scope, State, Token
from wardflow.feel import to_json

BUDGET = 10_000
"""Elements one step may pass before it counts as an endless loop."""

SIZE = 2_000_000
"""Bytes of data a case may hold."""

Work = tuple[str, int, str, int]
"""An element to enter: node, scope, the flow it is entered by; the number is a held token to release instead."""

LATER = object()
"""What a script language returns when the work ends elsewhere; the step then waits for `ServiceAnswered`."""

SERVICES = frozenset(("serviceTask", "sendTask", "businessRuleTask", "scriptTask"))
ROUTING = frozenset(
    (
        "intermediateCatchEvent",
        "receiveTask",
        "eventBasedGateway",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "complexGateway",
    )
)
"""Entered before anything else: whoever listens does so before anybody works or throws."""


JOINING = frozenset(("parallelGateway", "inclusiveGateway", "complexGateway"))
"""Entered, as far as business states and the legal clock go, when they fire and not when a token arrives."""


class BpmnError(Exception):
    """A handler ran into a business error; an error event with this code may catch it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Stuck(Exception):
    """The work cannot go on at a node; it becomes an incident."""

    def __init__(
        self, node: Node, scope: int, code: str, *, leaving: bool = False, flow: str = "", **facts: Any
    ) -> None:
        super().__init__(code)
        self.node, self.scope, self.code, self.leaving, self.flow, self.facts = node, scope, code, leaving, flow, facts


@record(frozen=True, slots=True)
class Host:
    """What the engine may ask of its surroundings; everything in it is a pure function or a snapshot."""

    calendar: Calendar | None = None
    scripts: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = field(default_factory=dict)
    """Script languages: a function (text, variables) that returns the variables to set, None, or LATER."""
    decide: Callable[[str, Mapping[str, Any]], Any] | None = None
    budget: int = BUDGET
    size: int = SIZE


NOBODY = Host()


class Run:
    """One call of `start` or `advance` while it works on its own copy of the state."""

    __slots__ = ("budget", "definition", "effects", "host", "nodes", "now", "passed", "queue", "state")

    def __init__(self, definition: Definition, state: State, now: datetime, host: Host) -> None:
        self.definition, self.nodes, self.state, self.now, self.host = definition, definition.nodes, state, now, host
        self.queue: list[Work] = []
        self.effects: list[Effect] = []
        self.passed: list[str] = []
        self.budget = host.budget

    # Moving

    def push(self, out: Out, scope: int) -> None:
        """Send a token over a flow."""
        self.passed.append(out.flow)
        self.enter(out.target, scope, out.flow)

    def enter(self, node: str, scope: int, flow: str = "") -> None:
        """Put a node on the list of work."""
        if self.nodes[node].kind in ROUTING:
            self.queue.insert(0, (node, scope, flow, 0))
        else:
            self.queue.append((node, scope, flow, 0))

    def pass_on(self, node: Node, scope: int) -> None:
        """Leave a node by its only, unconditional flow: what most steps do, so it is done in one go."""
        out = node.outs[0]
        self.passed += (node.id, out.flow)
        if node.on_leave:
            self.effects.extend(node.on_leave)
        work = (out.target, scope, out.flow, 0)
        if self.nodes[out.target].kind in ROUTING:
            self.queue.insert(0, work)
        else:
            self.queue.append(work)

    def hold(self, token: Token) -> None:
        """Let events of this moment reach the token before it goes on."""
        self.queue.append((token.node, token.scope, "", token.id))

    def entered(self, node: Node) -> None:
        """Say what entering the node means for the case."""
        for effect in node.on_enter:
            if effect.__class__ is StateEntered:
                self.state.business = effect.state
        self.effects.extend(node.on_enter)

    def left(self, node: Node) -> None:
        """Note that the node was passed, and say what that means for the case."""
        self.passed.append(node.id)
        if node.on_leave:
            self.effects.extend(node.on_leave)

    def crossed(self, node: Node) -> None:
        """A gateway fires: it is entered and left in one go."""
        if node.on_enter and node.kind in JOINING:
            self.entered(node)
        self.left(node)

    # Tokens and scopes

    def token(self, node: str, scope: int, kind: str, extra: Any = None) -> Token:
        """A new token."""
        state = self.state
        number = state.last = state.last + 1
        found = state.tokens[number] = Token(number, node, scope, kind, extra)
        return found

    def scope(self, process: str, owner: int, vars: dict[str, Any] | None = None, flags: int = 0) -> Scope:
        """A new scope owned by a token."""
        number = self.state.number()
        found = self.state.scopes[number] = Scope(number, process, owner, vars, flags)
        return found

    def forget(self, token: Token) -> None:
        """Take a token away, and its alarms with it."""
        del self.state.tokens[token.id]
        if self.state.alarms:
            self.clear_alarms(token=token.id)
        if self.state.heard:
            prefix = f"{token.id}|"
            for key in [k for k in self.state.heard if k.startswith(prefix)]:
                del self.state.heard[key]

    def withdraw(self, token: Token) -> None:
        """Say that an open task or call is no longer wanted."""
        if token.kind == "task":
            self.effects.append(TaskWithdrawn(f"t{token.id}", token.node))
        elif token.kind == "many":
            first, total, open_, *_ = token.extra
            for number in instances(first, total, int(open_, 16)):
                self.effects.append(TaskWithdrawn(f"t{number}", token.node))

    # Variables

    def chain(self, scope: int) -> list[dict[str, Any]]:
        """The variables seen from a scope, innermost first."""
        found: list[dict[str, Any]] = []
        state = self.state
        while scope:
            here = state.scopes[scope]
            if here.vars is not None:
                found.append(here.vars)
            if here.flags & ISOLATED:
                return found
            scope = state.tokens[here.owner].scope
        found.append(state.data)
        return found

    def variables(self, scope: int, **local: Any) -> Mapping[str, Any]:
        """Everything visible from a scope; inner names hide outer ones."""
        chain = self.chain(scope)
        if len(chain) == 1 and not local:
            return chain[0]
        seen: dict[str, Any] = {}
        for level in reversed(chain):
            seen.update(level)
        seen.update(local)
        return seen

    def write(self, scope: int, values: Mapping[str, Any], local: dict[str, Any] | None = None) -> None:
        """Set variables where their names live; a new name belongs to the outermost level that is seen."""
        if not scope and local is None:
            self.state.data.update(values)
            return
        chain = self.chain(scope)
        if local is not None:
            chain.insert(0, local)
        if len(chain) == 1:
            chain[0].update(values)
            return
        for name, value in values.items():
            next((level for level in chain if name in level), chain[-1])[name] = value

    def evaluate(self, expression: Expression, scope: int, **local: Any) -> Any:
        """The FEEL value of an expression seen from a scope."""
        return expression.evaluate(self.variables(scope, **local), calendar=self.host.calendar, now=self.now)

    def holds(self, expression: Expression, scope: int, **local: Any) -> bool:
        """Whether a condition is true; null counts as false."""
        return expression.evaluate(self.variables(scope, **local), calendar=self.host.calendar, now=self.now) is True

    def bind(self, bindings: tuple[Binding, ...], scope: int, **local: Any) -> dict[str, Any]:
        """The values of some bindings, as JSON."""
        seen = self.variables(scope, **local)
        return {
            name: to_json(value.evaluate(seen, calendar=self.host.calendar, now=self.now)) for name, value in bindings
        }

    def associate(self, carries: tuple[Carry, ...], scope: int) -> None:
        """Carry data over the data associations of an element; a plain copy of nothing changes nothing (BPMN 2.0.2,
        10.4.1)."""
        if carries:
            self.write(scope, self.carried(carries, scope))

    def carried(self, carries: tuple[Carry, ...], scope: int) -> dict[str, Any]:
        """What data associations set."""
        seen = self.variables(scope)
        there = [c for c in carries if not c.source or c.source in seen]
        return {c.name: to_json(c.value.evaluate(seen, calendar=self.host.calendar, now=self.now)) for c in there}

    # Alarms

    def set_alarm(self, node: Node, trigger: int, token: int, scope: int) -> None:
        """Ask to be woken when a timer of the node is due."""
        timer = node.triggers[trigger].timer
        assert timer is not None
        value = timer.text if isinstance(timer.text, str) else to_json(self.evaluate(timer.text, scope))
        try:
            when = iso.firing(timer.flavour, value, self.now, self.zone)
        except (iso.TimerUnreadable, OverflowError) as error:
            raise Stuck(node, scope, "bpmn.timer-unreadable", value=str(value)) from error
        self.wake(Alarm(self.state.number(), _seconds(when.at), token, scope, node.id, trigger, when.left, when.every))

    def set_again(self, alarm: Alarm) -> None:
        """Set a repeated alarm for its next ring."""
        at = _seconds(iso.following(self.moment(alarm.at), alarm.every))
        left = alarm.left - 1 if alarm.left > 0 else alarm.left
        number = self.state.number()
        self.wake(Alarm(number, at, alarm.token, alarm.scope, alarm.node, alarm.trigger, left, alarm.every))

    def wake(self, alarm: Alarm) -> None:
        """Keep an alarm and say when it rings."""
        self.state.alarms[alarm.id] = alarm
        owner = self.state.tokens.get(alarm.token)
        task = f"t{owner.id}" if owner is not None and owner.kind == "task" else None
        self.effects.append(AlarmSet(f"a{alarm.id}", alarm.node, task, self.moment(alarm.at)))

    def clear_alarms(self, *, token: int = 0, scope: int = -1) -> None:
        """Forget the alarms of a token, or those an event sub-process of the scope waits for."""
        alarms = self.state.alarms
        gone = [a.id for a in alarms.values() if (a.token == token if token else a.token == 0 and a.scope == scope)]
        for number in gone:
            del alarms[number]
            self.effects.append(AlarmCleared(f"a{number}"))

    @staticmethod
    def moment(at: float) -> datetime:
        """The instant an alarm stores."""
        return datetime.fromtimestamp(at, UTC)

    @property
    def zone(self) -> Any:
        """The zone of moments written without one: the office's, or UTC."""
        return self.host.calendar.zone if self.host.calendar is not None else UTC


def instances(first: int, total: int, open_: int) -> list[int]:
    """The task numbers still open in a dense multi-instance."""
    return [first + i for i in range(total) if open_ >> i & 1]


def _seconds(moment: datetime) -> float:
    seconds = moment.timestamp()
    return int(seconds) if seconds.is_integer() else seconds
