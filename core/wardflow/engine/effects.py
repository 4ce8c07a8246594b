"""What a step asks of the world around it; the engine itself touches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from wardflow.domain.record import record


@record(frozen=True, slots=True)
class TaskOpened:
    """A person has something to do at this node."""

    task: str
    node: str
    process: str


@record(frozen=True, slots=True)
class TaskWithdrawn:
    """An open task or service call is no longer wanted."""

    task: str
    node: str


@record(frozen=True, slots=True)
class AlarmSet:
    """Wake the case with `AlarmFired` at that moment; `task` is the open task the alarm watches, if any."""

    alarm: str
    node: str
    task: str | None
    fire_at: datetime


@record(frozen=True, slots=True)
class AlarmCleared:
    """The alarm has fired or is no longer needed."""

    alarm: str


@record(frozen=True, slots=True)
class ServiceCalled:
    """A registered handler should work with these inputs and answer to this task."""

    task: str
    node: str
    handler: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class MessageThrown:
    """The process sent a message."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class SignalThrown:
    """The process raised a signal; it has already been heard inside this case."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class StateEntered:
    """The case entered a business state (wf:state)."""

    state: str
    node: str


@record(frozen=True, slots=True)
class ClockMoved:
    """The legal clock of the case moves (wf:clock)."""

    move: str
    node: str
    basis: str = ""


@record(frozen=True, slots=True)
class SlipIssued:
    """An official paper is due now (wf:slip)."""

    slip: str
    node: str


@record(frozen=True, slots=True)
class NoticeDue:
    """Someone should be told now (wf:notice)."""

    notice: str
    node: str


@record(frozen=True, slots=True)
class CaseEnded:
    """Nothing is left to do; `outcome` is the business word of the end."""

    outcome: str
    node: str


@record(frozen=True, slots=True)
class IncidentRaised:
    """A step could not go on; the case waits at `node` until somebody looks. `facts["incident"]` names it."""

    code: str
    node: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Effect = (
    TaskOpened
    | TaskWithdrawn
    | AlarmSet
    | AlarmCleared
    | ServiceCalled
    | MessageThrown
    | SignalThrown
    | StateEntered
    | ClockMoved
    | SlipIssued
    | NoticeDue
    | CaseEnded
    | IncidentRaised
)
