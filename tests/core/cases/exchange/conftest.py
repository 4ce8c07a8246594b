"""Packs of one small diagram each, written in the test, and the accounts of other systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.start_process import start_process
from wardflow.domain.register import Authority
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'targetNamespace="urn:t">{declared}<bpmn:process id="{id}" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'
)
SETTINGS = 'id = "{id}"\ntitle = "{id}"\nfamily = "permit"\nopeners = ["counter"]\nheads = ["signer"]\n'
RECORD = 'code = "{code}"\nname = "{code}"\npack = "{id}"\nprocess = "{id}"\nlevel = "commune"\ntime_limit = "5 wd"\n'


@pytest.fixture
def publish(town: Town) -> Callable[..., None]:
    """Publishes a pack of one diagram, which the procedures named run."""

    def made(id: str, body: str, declared: str = "", codes: tuple[str, ...] = (), form: str = "", more: str = "") -> None:
        diagram = HEAD.format(id=id, body=body, declared=declared)
        files = {"pack.toml": (SETTINGS.format(id=id) + more).encode(), f"{id}.bpmn": diagram.encode()}
        if form:
            files["forms/form.json"] = form.encode()
        for code in codes or (id,):
            record = RECORD.format(code=code, id=id) + ('form = "forms/form.json"\n' if form else "")
            files[f"procedures/{code}.toml"] = record.encode()
        pack = Pack(files, id)
        platform = town.platform
        platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
        platform.store.city.save(authorities=[Authority(code, "commune", None, "Luật thử", date(2025, 7, 1)) for code in codes or (id,)])

    return made


@pytest.fixture
def account(town: Town) -> Callable[..., ServiceAccount]:
    """The account of another system at the north counter."""

    def made(*grants: str, name: str = "tax") -> ServiceAccount:
        return ServiceAccount(name, "north.point", frozenset(grants), town.moment.now)

    return made


class Post:
    """Small processes that wait for a message, or throw one, and what has become of both."""

    INOUT = "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>"
    PAID, CLOSED = '<bpmn:message id="paid" name="paid" />', '<bpmn:signal id="closed" name="closed" />'
    MESSAGE, SIGNAL = '<bpmn:messageEventDefinition messageRef="paid" />', '<bpmn:signalEventDefinition signalRef="closed" />'
    FLOWS = '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="{at}" /><bpmn:sequenceFlow id="f2" sourceRef="{at}" targetRef="e" />'
    ENDS = (
        '<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing>{start}</bpmn:startEvent>'
        '<bpmn:endEvent id="e" wf:outcome="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>'
    )

    def __init__(self, town: Town) -> None:
        self._town, self._database = town, town.platform.store.database

    def waits(self, attributes: str = "", definition: str = MESSAGE) -> str:
        """A process that waits for one event and ends."""
        event = f'<bpmn:intermediateCatchEvent id="w" {attributes}>{self.INOUT}{definition}</bpmn:intermediateCatchEvent>'
        return self.ENDS.format(start="") + event + self.FLOWS.format(at="w")

    def throws(self, inputs: str = "", attributes: str = "", definition: str = MESSAGE) -> str:
        """A process that throws one event and ends."""
        said = f"<bpmn:extensionElements>{inputs}</bpmn:extensionElements>" if inputs else ""
        event = f'<bpmn:intermediateThrowEvent id="t" {attributes}>{said}{self.INOUT}{definition}</bpmn:intermediateThrowEvent>'
        return self.ENDS.format(start="") + event + self.FLOWS.format(at="t")

    def ended(self, case: int) -> bool:
        """Whether a case has ended."""
        return str(self._town.case(case).status) == "ended"

    def told(self, case: int) -> list[Any]:
        """What a case received, oldest first."""
        return [e.value for e in self._town.platform.store.papers.entries(case) if e.kind.endswith("_received")]

    def states(self) -> list[tuple[str, Any]]:
        """Every message: how far it is, and what of it is kept."""
        with self._database.reading() as cursor:
            return [(row[0], row[1]) for row in cursor.rows("SELECT state, value FROM message ORDER BY at, id")]

    def listening(self) -> list[tuple[int, str]]:
        """Who listens for what."""
        with self._database.reading() as cursor:
            return [(row[0], row[1]) for row in cursor.rows("SELECT case_id, name FROM subscription ORDER BY case_id")]

    def whole(self) -> bool:
        """Whether an inspection finds nothing."""
        return list(Inspector(self._town.platform).faults(self._town.platform.store.inspection)) == []


@pytest.fixture
def post(town: Town) -> Post:
    return Post(town)


@pytest.fixture
def shop(account: Callable[..., ServiceAccount]) -> ServiceAccount:
    """Another system that may send any message and open any case."""
    return account("procedure:*", "message:*", name="shop")


@pytest.fixture
def begin(town: Town, shop: ServiceAccount) -> Callable[..., int]:
    """Opens a case of a process."""
    return lambda process, **values: start_process(town.platform, shop, process, values).case_id


@pytest.fixture
def round_(town: Town) -> Callable[[], int]:
    """One round of a worker over messages."""
    place = app.workplace(town.platform, town.platform.store)
    return lambda: place.messages.deliver_due(town.moment.now)
