"""A small city whose one process asks another system, seen by that system."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from wardflow import app
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.platform import Platform, present
from wardflow.domain.register import Authority, Person, Unit
from wardflow.packs import Pack
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow_web import create_app
from werkzeug.serving import make_server

TOKEN = "wf_a-token-for-tests"
GRANTS = frozenset({"topic:invoice", "topic:archive", "message:*", "procedure:order", "procedure:claim"})
UNITS = (
    Unit("city", "Thành phố", "City", "city", "city"),
    Unit("east", "Phường Đông", "East", "ward", "commune", "city"),
    Unit("east.point", "Điểm Đông", "East point", "point", "commune", "east"),
)
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'targetNamespace="urn:t">'
)
ORDER = HEAD + """<bpmn:error id="bad" errorCode="bad.invoice" /><bpmn:message id="paid" name="paid" />
<bpmn:process id="order" isExecutable="true">
<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
<bpmn:serviceTask id="invoice" camunda:type="external" camunda:topic="invoice"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
<bpmn:boundaryEvent id="wrong" attachedToRef="invoice"><bpmn:outgoing>f5</bpmn:outgoing><bpmn:errorEventDefinition errorRef="bad" /></bpmn:boundaryEvent>
<bpmn:endEvent id="e_bad" wf:outcome="refused"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
<bpmn:intermediateCatchEvent id="wait"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:messageEventDefinition messageRef="paid" /></bpmn:intermediateCatchEvent>
<bpmn:endEvent id="e" wf:outcome="done"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="invoice" /><bpmn:sequenceFlow id="f2" sourceRef="invoice" targetRef="wait" />
<bpmn:sequenceFlow id="f3" sourceRef="wait" targetRef="e" /><bpmn:sequenceFlow id="f5" sourceRef="wrong" targetRef="e_bad" />
</bpmn:process></bpmn:definitions>"""
CLAIM = HEAD + """<bpmn:message id="m" name="claimed" /><bpmn:process id="claim" isExecutable="true">
<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing><bpmn:messageEventDefinition messageRef="m" /></bpmn:startEvent>
<bpmn:serviceTask id="archive" camunda:type="external" camunda:topic="archive"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
<bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="archive" /><bpmn:sequenceFlow id="f2" sourceRef="archive" targetRef="e" />
</bpmn:process></bpmn:definitions>"""


@pytest.fixture
def platform(store_url: str, tmp_path: Path) -> Iterator[Platform]:
    """The city, with the account of one other system."""
    settings = Settings(data=tmp_path, database_url=store_url, code_prefix="T")
    store = Store(settings.database, settings.secret())
    store.city.save(UNITS, [Person("an", "An")], authorities=[Authority(c, "commune", None, "x", date(2025, 7, 1)) for c in ("order", "claim")])
    for id, diagram in (("order", ORDER), ("claim", CLAIM)):
        files = {
            "pack.toml": f'id = "{id}"\ntitle = "{id}"\nopeners = []\n'.encode(), f"{id}.bpmn": diagram.encode(),
            f"procedures/{id}.toml": f'code = "{id}"\nname = "{id}"\npack = "{id}"\nprocess = "{id}"\ntime_limit = "5 wd"\n'.encode(),
        }
        pack = Pack(files, id)
        store.packs.publish(pack.id, pack.digest, pack.files, "", datetime(2026, 1, 1, tzinfo=UTC))
    store.service_accounts.add(ServiceAccount("shop", "east.point", GRANTS, present()), TOKEN)
    made = app.assemble(settings, store, now=present, plugins=Plugins.load(sources=()))
    yield made
    store.close()


@pytest.fixture
def work(platform: Platform) -> Callable[[], int]:
    """One round of the worker over messages."""
    place = app.workplace(platform, platform.store)    # type: ignore[arg-type]    # acts see less of the store
    return place.deliver


class Caller:
    """Another system that calls with its token."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self._client, self._token = client, token

    def __call__(self, method: str, path: str, sent: Any = None, **headers: str) -> tuple[int, Any]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorized = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        answer = self._client.open(path, method=method, json=sent, headers={**authorized, **named})
        found = answer.status_code, answer.get_json(silent=True)
        answer.close()
        return found


@pytest.fixture
def call(platform: Platform) -> Caller:
    """The system whose token is known."""
    return Caller(create_app(platform).test_client(), TOKEN)


@pytest.fixture
def caller(platform: Platform) -> Callable[[str], Caller]:
    """A system with another token, or none."""
    return lambda token: Caller(create_app(platform).test_client(), token)


@pytest.fixture
def address(platform: Platform) -> Iterator[str]:
    """The pages served on loopback for clients that know nothing of us."""
    server = make_server("127.0.0.1", 0, create_app(platform), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/engine-rest"
    server.shutdown()
    thread.join()
    server.server_close()
