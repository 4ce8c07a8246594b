"""Client libraries that people use connect as they are: start, fetch, complete, fail, raise an error, send a message."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pycamunda
import pycamunda.externaltask
import pycamunda.message
import pycamunda.processdef
import pycamunda.processinst
import pytest
import requests

with warnings.catch_warnings():
    warnings.simplefilter("ignore")    # it is written for an older pydantic, which tells so at every start
    from camunda.client.engine_client import EngineClient
    from camunda.external_task.external_task import ExternalTask, TaskResult
    from camunda.external_task.external_task_worker import ExternalTaskWorker, NoExternalTaskFound

TOKEN = "wf_a-token-for-tests"
CONFIG = {
    "auth_basic": {"username": "shop", "password": TOKEN}, "maxTasks": 1, "lockDuration": 10000, "asyncResponseTimeout": 0,
    "httpTimeoutMillis": 10000, "timeoutDeltaMillis": 5000,
}
VALUES = {"amount": 7, "name": "Bút chì", "lines": {"value": '{"a": [1, 2]}', "type": "Json"}, "urgent": True, "rate": 0.5, "none": None}


@pytest.fixture
def engine(address: str) -> EngineClient:
    return EngineClient(address, CONFIG)


@pytest.fixture
def worker(address: str) -> ExternalTaskWorker:
    return ExternalTaskWorker("w1", address, CONFIG)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        yield made


def outcome(platform: Any, id: str) -> tuple[str, str]:
    case = platform.store.cases.load(int(id)).case
    return str(case.status), case.outcome


def paid(platform: Any, id: str) -> Any:
    return [entry.value for entry in platform.store.papers.entries(int(id)) if entry.kind == "message_received"]


def test_the_worker_library_starts_a_process_does_its_work_and_sends_a_message(platform: Any, engine: Any, worker: Any) -> None:
    started = engine.start_process("order", VALUES, business_key="B-1")
    assert (started["businessKey"], started["ended"], started["definitionId"].split(":")[0]) == ("B-1", False, "order")
    seen: list[dict[str, Any]] = []

    def invoice(task: ExternalTask) -> TaskResult:
        seen.append(task.get_variables() | {"key": task.get_business_key()})
        return task.complete({"invoice": {"value": {"number": "HD-1"}}, "sum": 7.5})

    worker.fetch_and_execute("invoice", invoice)
    (variables,) = seen
    assert {name: variables[name] for name in ("amount", "name", "urgent", "rate", "none", "key")} == {
        "amount": 7, "name": "Bút chì", "urgent": True, "rate": 0.5, "none": None, "key": "B-1",
    }
    assert variables["lines"] == '{"a": [1, 2]}'

    (result,) = engine.correlate_message("paid", business_key="B-1", process_variables={"receipt": "BL-1"})
    assert result["resultType"] == "Execution"
    assert outcome(platform, started["id"]) == ("ended", "done")
    assert paid(platform, started["id"]) == [{"receipt": "BL-1"}]


def test_the_worker_library_raises_a_business_error_and_reports_a_failure(platform: Any, engine: Any, worker: Any) -> None:
    started = engine.start_process("order", {})
    worker.fetch_and_execute("invoice", lambda task: task.failure("mất mạng", "dòng 3", max_retries=1, retry_timeout=0))
    worker.fetch_and_execute("invoice", lambda task: task.bpmn_error("bad.invoice", "sai số", {"why": "sai"}))
    assert outcome(platform, started["id"]) == ("ended", "refused")
    with pytest.raises(NoExternalTaskFound):
        worker.fetch_and_execute("invoice", lambda task: task.complete())


def test_the_worker_library_waits_for_work_that_comes_while_it_waits(engine: Any, address: str) -> None:
    waiting = ExternalTaskWorker("w1", address, CONFIG | {"asyncResponseTimeout": 10000})
    seen: list[str] = []
    thread = threading.Thread(target=lambda: waiting.fetch_and_execute("invoice", lambda task: seen.append("got") or task.complete()))
    thread.start()
    engine.start_process("order", {})
    thread.join(20)
    assert seen == ["got"]


def test_the_worker_library_is_told_what_went_wrong(engine: Any, address: str) -> None:
    with pytest.raises(Exception, match="404"):
        engine.start_process("nothing", {})
    with pytest.raises(Exception, match="MismatchingMessageCorrelationException"):
        engine.correlate_message("paid")
    stranger = EngineClient(address, {"auth_basic": {"username": "shop", "password": "wrong"}})
    with pytest.raises(Exception, match="401"):
        stranger.start_process("order", {})


def test_the_other_library_does_the_same(platform: Any, address: str, session: requests.Session) -> None:
    def sent(request: Any) -> Any:
        request.session = session
        return request()

    start = pycamunda.processdef.StartInstance(address, key="order", business_key="B-2")
    start.add_variable("amount", 12)
    started = sent(start)
    assert started.business_key == "B-2"

    fetch = pycamunda.externaltask.FetchAndLock(address, worker_id="w2", max_tasks=5)
    fetch.add_topic(name="invoice", lock_duration=60000)
    (task,) = sent(fetch)
    assert (task.variables["amount"].value, task.topic_name, task.business_key) == (12, "invoice", "B-2")
    sent(pycamunda.externaltask.ExtendLock(address, id_=task.id_, new_duration=120000, worker_id="w2"))
    (listed,) = sent(pycamunda.externaltask.GetList(address, worker_id="w2", request_error_details=False))
    assert listed.id_ == task.id_
    sent(pycamunda.externaltask.SetRetries(address, id_=task.id_, retries=4))
    sent(pycamunda.externaltask.Unlock(address, id_=task.id_))
    assert sent(fetch)[0].retries == 4
    with pytest.raises(pycamunda.BadRequest):
        sent(pycamunda.externaltask.Complete(address, id_=task.id_, worker_id="another"))
    complete = pycamunda.externaltask.Complete(address, id_=task.id_, worker_id="w2")
    complete.add_variable("total", 13)
    sent(complete)
    with pytest.raises(pycamunda.NotFound):
        sent(pycamunda.externaltask.Complete(address, id_=task.id_, worker_id="w2"))

    correlate = pycamunda.message.CorrelateSingle(address, message_name="paid", process_instance_id=started.id_, result_enabled=True)
    (result,) = sent(correlate)
    assert result.execution.process_instance_id == started.id_
    assert outcome(platform, started.id_) == ("ended", "done")


def test_the_other_library_starts_a_process_by_its_message(address: str, session: requests.Session) -> None:
    correlate = pycamunda.message.CorrelateSingle(address, message_name="claimed", business_key="C-1", result_enabled=True)
    correlate.add_process_variable("what", "Máy in")
    correlate.session = session
    (result,) = correlate()
    assert (result.result_type, result.process_instance.business_key) == (pycamunda.message.ResultType.process_definition, "C-1")
    get = pycamunda.processinst.Get(address, id_=result.process_instance.id_)
    get.session = session
    assert get().business_key is not None
