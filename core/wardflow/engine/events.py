"""What can happen to a running case: the events that `advance` takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from wardflow.domain.record import record
from wardflow.engine.passage import Passage


@record(frozen=True, slots=True)
class TaskCompleted:
    """A person finished an open task with these values."""

    task: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class MessageReceived:
    """A message of that name reached the case; `keys` are compared with what the waiting event expects."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class SignalReceived:
    """A signal went through the city; every event that waits for its name hears it."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class AlarmFired:
    """The moment of an alarm has come; an alarm that is no longer set changes nothing."""

    alarm: str


@record(frozen=True, slots=True)
class ServiceAnswered:
    """A called service finished with these values."""

    task: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class ServiceFailed:
    """A called service failed with a code; an error boundary event may catch it, otherwise it is an incident.

    What it says about the error is kept as variables, for whoever catches it.
    """

    task: str
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class IncidentRetried:
    """Someone removed the cause of an incident; the step it stopped is tried again, with these variables changed."""

    incident: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class IncidentSkipped:
    """Someone does without the step an incident stopped: the case goes on as if it were done, with these values."""

    incident: str
    values: Mapping[str, Any] = field(default_factory=dict)


@record(frozen=True, slots=True)
class TokenMoved:
    """Someone takes the case from where an incident stopped it to another element of the same process."""

    incident: str
    node: str


@record(frozen=True, slots=True)
class Cancelled:
    """The whole case is called off: every open task and alarm goes."""


@record(frozen=True, slots=True)
class Migrated:
    """The case goes on by another version of its diagram; `advance` is called with the target of the passage."""

    passage: Passage


Event = (
    TaskCompleted
    | MessageReceived
    | SignalReceived
    | AlarmFired
    | ServiceAnswered
    | ServiceFailed
    | IncidentRetried
    | IncidentSkipped
    | TokenMoved
    | Cancelled
    | Migrated
)
