"""A case that a test plays by node names: complete a task, move the clock, send a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from wardflow.engine import (
    AlarmCleared,
    AlarmFired,
    AlarmSet,
    CaseEnded,
    Effect,
    Event,
    Host,
    MessageReceived,
    ServiceAnswered,
    ServiceCalled,
    ServiceFailed,
    SignalReceived,
    Step,
    TaskCompleted,
    TaskOpened,
    TaskWithdrawn,
    advance,
    peek,
    read,
    start,
)

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


class Play:
    """One case; what is open is known only from the effects, as a platform knows it."""

    def __init__(
        self, xml: bytes, data: Mapping[str, Any] | None = None, *, process: str = "p", host: Host | None = None
    ) -> None:
        self.definition = read(xml)
        self.host, self.now = host or Host(), NOW
        self.tasks: dict[str, str] = {}
        self.calls: dict[str, ServiceCalled] = {}
        self.alarms: dict[str, AlarmSet] = {}
        self.effects: list[Effect] = []
        self.passed: list[str] = []
        self._keep(start(self.definition, process, data or {}, self.now, self.host))

    def _keep(self, step: Step) -> None:
        self.state, self.last = step.state, step.effects
        self.effects += step.effects
        self.passed += step.passed
        for effect in step.effects:
            match effect:
                case TaskOpened(task, node):
                    self.tasks[task] = node
                case ServiceCalled(task):
                    self.calls[task] = effect
                case TaskWithdrawn(task):
                    self.tasks.pop(task, None)
                    self.calls.pop(task, None)
                case AlarmSet(alarm):
                    self.alarms[alarm] = effect
                case AlarmCleared(alarm):
                    del self.alarms[alarm]

    def happen(self, event: Event) -> Play:
        """Any event."""
        self._keep(advance(self.definition, self.state, event, self.now, self.host))
        return self

    @property
    def open(self) -> list[str]:
        """The nodes with an open task, sorted."""
        return sorted(self.tasks.values())

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the case."""
        return peek(self.state).data

    @property
    def ended(self) -> str:
        """The outcome, or nothing while it runs."""
        return next((e.outcome for e in self.effects if isinstance(e, CaseEnded)), "")

    def key(self, node: str) -> str:
        """The first open task of a node."""
        return next(task for task, at in self.tasks.items() if at == node)

    def do(self, *nodes: str, **values: Any) -> Play:
        """Complete a task of each node in turn."""
        for node in nodes:
            self.happen(TaskCompleted(key := self.key(node), values))
            self.tasks.pop(key, None)
        return self

    def answer(self, node: str, **values: Any) -> Play:
        """A service answers."""
        task = next(task for task, call in self.calls.items() if call.node == node)
        del self.calls[task]
        return self.happen(ServiceAnswered(task, values))

    def fail(self, node: str, code: str) -> Play:
        """A service fails."""
        return self.happen(ServiceFailed(next(task for task, call in self.calls.items() if call.node == node), code))

    def message(self, name: str, keys: Mapping[str, Any] | None = None, **values: Any) -> Play:
        """A message comes."""
        return self.happen(MessageReceived(name, values, keys or {}))

    def signal(self, name: str, **values: Any) -> Play:
        """A signal goes round."""
        return self.happen(SignalReceived(name, values))

    def wait(self, **length: float) -> Play:
        """Time passes; alarms ring in their order."""
        until = self.now + timedelta(**length)
        while due := sorted((a.fire_at, key) for key, a in self.alarms.items() if a.fire_at <= until):
            self.now = max(self.now, due[0][0])
            self.happen(AlarmFired(due[0][1]))
        self.now = until
        return self
