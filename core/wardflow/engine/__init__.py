"""The BPMN engine: SpiffWorkflow reads the files, a durable token stepper runs them; pure functions over stored
bytes."""

from wardflow.engine.definition import Definition, Node, Process
from wardflow.engine.drafts import Draft, Fate, account, draft, export
from wardflow.engine.effects import (
    AlarmCleared,
    AlarmSet,
    CaseEnded,
    ClockMoved,
    Effect,
    IncidentRaised,
    MessageThrown,
    NoticeDue,
    ServiceCalled,
    SignalThrown,
    SlipIssued,
    StateEntered,
    TaskOpened,
    TaskWithdrawn,
)
from wardflow.engine.events import (
    AlarmFired,
    Cancelled,
    Event,
    IncidentRetried,
    MessageReceived,
    Migrated,
    ServiceAnswered,
    ServiceFailed,
    SignalReceived,
    TaskCompleted,
)
from wardflow.engine.passage import Passage
from wardflow.engine.reading.read import read
from wardflow.engine.simulation import Option, Random, Scripted, Simulation, simulate
from wardflow.engine.step import Step, View, advance, peek, start, variables
from wardflow.engine.stepper.hearing import Listener, hearer, listeners
from wardflow.engine.stepper.run import LATER, BpmnError, Host
from wardflow.errors import BpmnRefused, MigrationBlocked, ProcessUnknown, StateTooLarge, StateUnreadable

__all__ = [
    "LATER",
    "AlarmCleared",
    "AlarmFired",
    "AlarmSet",
    "BpmnError",
    "BpmnRefused",
    "Cancelled",
    "CaseEnded",
    "ClockMoved",
    "Definition",
    "Draft",
    "Effect",
    "Event",
    "Fate",
    "Host",
    "IncidentRaised",
    "IncidentRetried",
    "Listener",
    "MessageReceived",
    "MessageThrown",
    "Migrated",
    "MigrationBlocked",
    "Node",
    "NoticeDue",
    "Option",
    "Passage",
    "Process",
    "ProcessUnknown",
    "Random",
    "Scripted",
    "ServiceAnswered",
    "ServiceCalled",
    "ServiceFailed",
    "SignalReceived",
    "SignalThrown",
    "Simulation",
    "SlipIssued",
    "StateEntered",
    "StateTooLarge",
    "StateUnreadable",
    "Step",
    "TaskCompleted",
    "TaskOpened",
    "TaskWithdrawn",
    "View",
    "account",
    "advance",
    "draft",
    "export",
    "hearer",
    "listeners",
    "peek",
    "read",
    "simulate",
    "start",
    "variables",
]
