"""What other systems look up: their processes, running cases, what those know, what stopped, what a table says."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pycamunda
import pycamunda.decisiondef
import pycamunda.externaltask
import pycamunda.incident
import pycamunda.processdef
import pycamunda.processinst
import pycamunda.signal
import pycamunda.variable
import pycamunda.version
import pytest
import requests
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.platform import present
from wardflow.packs import Pack
from wardflow.version import __version__

TOKEN = "wf_a-token-for-tests"
START = "/engine-rest/process-definition/key/order/start"
FETCH = "/engine-rest/external-task/fetchAndLock"
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
PAPER = {"value": base64.b64encode(PDF).decode(), "type": "File", "valueInfo": {"filename": "hóa đơn.pdf", "mimetype": "application/pdf"}}
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:t" name="rates" id="rates">
<inputData id="amount" name="amount"><variable name="amount"/></inputData>
<decision id="rate" name="rate"><variable name="rate"/><informationRequirement><requiredInput href="#amount"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>amount</text></inputExpression></input><output name="percent"/><output name="note"/>
<rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>5</text></outputEntry><outputEntry><text>"ít"</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 10</text></inputEntry><outputEntry><text>8</text></outputEntry><outputEntry><text>"nhiều"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.fixture
def sent(address: str) -> Iterator[Callable[[Any], Any]]:
    """Sends a request of the library as it is, with the token."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {TOKEN}"

        def ask(request: Any) -> Any:
            request.session = session
            return request()

        yield ask


@pytest.fixture
def stranger(platform: Any, caller: Any) -> Any:
    """A system that may open claims and nothing else."""
    platform.store.service_accounts.add(ServiceAccount("other", "east.point", frozenset({"procedure:claim"}), present()), "wf_other")
    return caller("wf_other")


@pytest.fixture
def worker(platform: Any, caller: Any) -> Any:
    """A system that may do invoices and nothing else."""
    platform.store.service_accounts.add(ServiceAccount("printer", "", frozenset({"topic:invoice"}), present()), "wf_printer")
    return caller("wf_printer")


def start(call: Any, reference: str = "", **variables: Any) -> str:
    answer = call("POST", START, {"businessKey": reference, "variables": {name: {"value": value} for name, value in variables.items()}})
    assert answer[0] == 200
    return str(answer[1]["id"])


def fetched(call: Any, **more: Any) -> Any:
    return call("POST", FETCH, {"workerId": "w", "maxTasks": 9, "topics": [{"topicName": "invoice", "lockDuration": 60000}], **more})[1]


# Definitions


def test_the_library_reads_the_definitions_of_the_account(address: str, sent: Any) -> None:
    found = sent(pycamunda.processdef.GetList(address))
    assert [(each.key, each.version, each.suspended) for each in found] == [("claim", 1, False), ("order", 1, False)]
    assert sent(pycamunda.processdef.Count(address, key="order")) == 1
    one = sent(pycamunda.processdef.Get(address, key="order"))
    assert sent(pycamunda.processdef.Get(address, id_=one.id_)) == one
    assert 'id="order"' in sent(pycamunda.processdef.GetXML(address, id_=one.id_))
    assert sent(pycamunda.processdef.GetXML(address, key="order")) == sent(pycamunda.processdef.GetXML(address, id_=one.id_))
    with pytest.raises(pycamunda.NotFound):
        sent(pycamunda.processdef.Get(address, key="nothing"))
    assert sent(pycamunda.version.Get(address)) == __version__


def test_definitions_of_others_are_as_if_they_were_not(stranger: Any) -> None:
    assert [each["key"] for each in stranger("GET", "/engine-rest/process-definition")[1]] == ["claim"]
    assert stranger("GET", "/engine-rest/process-definition/key/order")[0] == 404
    assert stranger("GET", "/engine-rest/process-definition/key/order/xml")[0] == 404


def test_a_table_in_force_is_asked_and_one_of_others_is_not(platform: Any, address: str, sent: Any, stranger: Any) -> None:
    (version,) = [each for each in platform.store.packs.versions() if each.pack_id == "order"]
    pack = Pack({**platform.store.packs.files(version.digest), "rates.dmn": TABLE.encode()}, "order")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", datetime(2026, 1, 2, tzinfo=UTC))
    evaluate = pycamunda.decisiondef.Evaluate(address, key="rate")
    evaluate.add_variable("amount", 12)
    (rule,) = sent(evaluate)
    assert {name: each.value for name, each in rule.items()} == {"percent": 8, "note": "nhiều"}
    assert stranger("POST", "/engine-rest/decision-definition/key/rate/evaluate", {})[0] == 404


# Running cases


def test_the_library_finds_running_cases(call: Any, address: str, sent: Any) -> None:
    ids = [start(call, f"B-{number}", amount=number, who=f"Lan {number}") for number in range(4)]
    assert [each.id_ for each in sent(pycamunda.processinst.GetList(address))] == ids
    assert [each.id_ for each in sent(pycamunda.processinst.GetList(address, business_key="B-2"))] == [ids[2]]
    assert sent(pycamunda.processinst.GetList(address, process_definition_key="claim")) == ()
    found = sent(pycamunda.processinst.Get(address, id_=ids[1]))
    assert (found.business_key, found.suspended) == ("B-1", False)


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("variables=amount_gt_1", [2, 3]), ("variables=amount_gteq_1,amount_lt_3", [1, 2]), ("variables=who_eq_Lan%200", [0]),
        ("variables=who_like_%25lan%25", [0, 1, 2, 3]), ("variables=amount_neq_0", [1, 2, 3]), ("variables=amount_eq_x", []),
        ("variables=nothing_eq_1", []), ("processDefinitionKey=order&maxResults=2", [0, 1]), ("firstResult=3", [3]), ("suspended=true", []),
        ("processDefinitionId=order:1:000000000000", []), ("variables=first_name_eq_a_b", [2]), ("variables=urgent_eq_true", [1]),
    ],
)
def test_cases_are_found_by_what_they_know(call: Any, asked: str, places: list[int]) -> None:
    ids = [
        start(call, amount=number, who=f"Lan {number}", **({"first_name": "a_b"} if number == 2 else {"urgent": True} if number == 1 else {}))
        for number in range(4)
    ]
    assert [each["id"] for each in call("GET", f"/engine-rest/process-instance?{asked}")[1]] == [ids[place] for place in places]


def test_what_cannot_be_asked_is_said(call: Any) -> None:
    for asked in ("process-instance?variables=amount", "process-instance?variables=amount_about_3", "variable-instance"):
        assert call("GET", f"/engine-rest/{asked}")[0] == 400
    assert call("GET", "/engine-rest/process-instance/count")[1] == {"count": 0}


def test_the_library_reads_what_a_case_knows_and_where_it_is(call: Any, address: str, sent: Any) -> None:
    id = start(call, amount=7, lines=["a"])
    known = sent(pycamunda.processinst.VariablesGetList(address, process_instance_id=id))
    assert (known["amount"].value, known["amount"].type_, known["lines"].value) == (7, "Integer", '["a"]')
    assert sent(pycamunda.processinst.VariablesGet(address, process_instance_id=id, var_name="amount")).value == 7
    (one,) = sent(pycamunda.variable.GetList(address, name="amount", process_instance_id_in=[id]))
    assert (one.value, one.process_instance_id) == (7, id)
    with pytest.raises(pycamunda.NotFound):
        sent(pycamunda.processinst.VariablesGet(address, process_instance_id=id, var_name="nothing"))
    tree = sent(pycamunda.processinst.GetActivityInstance(address, id_=id))
    assert [each.activity_id for each in tree.child_activity_instances] == ["invoice"]


def test_cases_of_others_are_as_if_they_were_not(call: Any, stranger: Any) -> None:
    id = start(call, amount=7)
    assert stranger("GET", "/engine-rest/process-instance")[1] == []
    for path in ("", "/variables", "/variables/amount", "/variables/amount/data", "/activity-instances"):
        assert stranger("GET", f"/engine-rest/process-instance/{id}{path}")[0] == 404
    assert stranger("GET", f"/engine-rest/incident?processInstanceId={id}")[0] == 404
    assert stranger("GET", f"/engine-rest/variable-instance?processInstanceIdIn={id}")[0] == 404


def test_a_worker_reads_what_it_is_handed_and_no_more(call: Any, worker: Any) -> None:
    id = start(call, amount=7)
    assert worker("GET", f"/engine-rest/process-instance/{id}/variables/amount")[1]["value"] == 7
    assert worker("GET", f"/engine-rest/process-instance/{id}")[0] == 404
    (work,) = fetched(worker)
    worker("POST", f"/engine-rest/external-task/{work['id']}/complete", {"workerId": "w"})
    assert worker("GET", f"/engine-rest/process-instance/{id}/variables/amount")[0] == 404    # its work is done


def test_calling_a_case_off_stays_with_its_head(call: Any) -> None:
    id = start(call)
    assert call("DELETE", f"/engine-rest/process-instance/{id}")[0] == 403
    assert call("GET", f"/engine-rest/process-instance/{id}")[1]["ended"] is False


def test_the_library_sees_what_stopped(call: Any, address: str, sent: Any) -> None:
    id = start(call)
    (work,) = fetched(call)
    failure = {"workerId": "w", "errorMessage": "Nguyễn Văn A không có", "retries": 0}
    assert call("POST", f"/engine-rest/external-task/{work['id']}/failure", failure)[0] == 204
    for asked in ({"process_instance_id": id}, {}):
        (found,) = sent(pycamunda.incident.GetList(address, **asked))
        assert (found.incident_type.value, found.activity_id, found.process_instance_id) == ("failedExternalTask", "invoice", id)
        assert found.incident_message == "service.failed"    # a code: what the worker said may name people
    assert call("GET", "/engine-rest/incident/count")[1] == {"count": 1}


@pytest.fixture
def undecided(platform: Any, call: Any) -> str:
    """A case that stands at a gateway none of whose flows fits."""
    (version,) = [each for each in platform.store.packs.versions() if each.pack_id == "order"]
    files = dict(platform.store.packs.files(version.digest))
    gateway = (
        b'<bpmn:exclusiveGateway id="dear"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f6</bpmn:outgoing></bpmn:exclusiveGateway>'
        b'<bpmn:sequenceFlow id="f6" sourceRef="dear" targetRef="invoice"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
        b'amount &gt; 10</bpmn:conditionExpression></bpmn:sequenceFlow></bpmn:process>'
    )
    diagram = files["order.bpmn"].replace(b'sourceRef="s" targetRef="invoice"', b'sourceRef="s" targetRef="dear"')
    diagram = diagram.replace(b'topic="invoice"><bpmn:incoming>f1', b'topic="invoice"><bpmn:incoming>f6')
    pack = Pack({**files, "order.bpmn": diagram.replace(b"</bpmn:process>", gateway)}, "order")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", datetime(2026, 1, 2, tzinfo=UTC))
    return start(call, amount=3)


def test_what_stopped_inside_is_a_job_without_tries_that_can_be_tried_again(call: Any, undecided: str) -> None:
    (job,) = call("GET", "/engine-rest/job?withException=true&sortBy=jobRetries&sortOrder=desc&maxResults=5")[1]
    assert (job["processInstanceId"], job["failedActivityId"], job["retries"]) == (undecided, "dear", 0)
    assert call("GET", "/engine-rest/job/count?withRetriesLeft=true")[1] == {"count": 0}
    assert call("GET", f"/engine-rest/job/{job['id']}")[1] == job
    assert call("GET", f"/engine-rest/incident?processInstanceId={undecided}")[1][0]["configuration"] == job["id"]

    assert call("PUT", f"/engine-rest/job/{job['id']}/retries", {"retries": 0})[0] == 204
    assert call("GET", f"/engine-rest/job/{job['id']}")[0] == 200, "no try was asked for"
    assert call("PUT", f"/engine-rest/job/{job['id']}/retries", {"retries": 1})[0] == 204
    (again,) = call("GET", f"/engine-rest/job?processInstanceId={undecided}")[1]
    assert (again["failedActivityId"], again["id"] != job["id"]) == ("dear", True), "it was tried, and no flow fits still"
    assert call("POST", f"/engine-rest/job/{job['id']}/execute", {})[0] == 404


def test_jobs_of_others_are_as_if_they_were_not(call: Any, stranger: Any, undecided: str) -> None:
    (job,) = call("GET", "/engine-rest/job?activityId=dear")[1]
    assert stranger("GET", "/engine-rest/job")[1] == []
    assert stranger("PUT", f"/engine-rest/job/{job['id']}/retries", {"retries": 1})[0] == 404
    assert stranger("GET", f"/engine-rest/job/{job['id']}/stacktrace")[0] == 404


def test_work_of_another_system_is_no_job(call: Any) -> None:
    start(call)
    (work,) = fetched(call)
    call("POST", f"/engine-rest/external-task/{work['id']}/failure", {"workerId": "w", "errorMessage": "x", "retries": 0})
    assert call("GET", "/engine-rest/incident/count")[1] == {"count": 1}
    assert call("GET", "/engine-rest/job/count")[1] == {"count": 0}


# Files


def test_a_file_comes_in_with_the_work_lies_with_the_case_and_is_read_by_the_next_worker(platform: Any, call: Any, address: str, sent: Any) -> None:
    id = start(call)
    (work,) = fetched(call)
    assert call("POST", f"/engine-rest/external-task/{work['id']}/complete", {"workerId": "w", "variables": {"bill": PAPER, "sum": {"value": 7}}})[0] == 204
    (paper,) = [each for each in platform.store.papers.documents(int(id)) if each.kind == "attachment"]
    assert (paper.name, paper.media_type, platform.blobs.get(paper.sha256)) == ("hóa đơn.pdf", "application/pdf", PDF)
    told = sent(pycamunda.processinst.VariablesGet(address, process_instance_id=id, var_name="bill"))
    assert (told.type_, told.value, told.value_info) == ("File", None, {"filename": "hóa đơn.pdf", "mimeType": "application/pdf"})
    assert sent(pycamunda.processinst.VariablesGet(address, process_instance_id=id, var_name="bill", binary=True)) == PDF
    assert list(Inspector(platform).faults(platform.store.inspection)) == []


def test_a_file_opens_a_case_and_goes_out_with_its_work(platform: Any, call: Any, worker: Any) -> None:
    id = call("POST", START, {"variables": {"plan": PAPER}})[1]["id"]
    (work,) = fetched(worker)
    assert work["variables"]["plan"]["type"] == "File"
    execution = f"/engine-rest/execution/{work['executionId']}/localVariables/plan/data"
    assert worker("GET", execution)[0] == worker("GET", f"/engine-rest/process-instance/{id}/variables/plan/data")[0] == 200
    assert len(platform.store.papers.documents(int(id))) == 1


def test_a_file_comes_with_a_message_that_is_heard(platform: Any, call: Any) -> None:
    id = start(call, "B-1")
    (work,) = fetched(call)
    call("POST", f"/engine-rest/external-task/{work['id']}/complete", {"workerId": "w"})
    assert call("POST", "/engine-rest/message", {"messageName": "paid", "businessKey": "B-1", "processVariables": {"receipt": PAPER}})[0] == 204
    (paper,) = platform.store.papers.documents(int(id))
    assert (paper.name, paper.node) == ("hóa đơn.pdf", "wait")


def test_what_is_no_paper_is_refused_and_nothing_is_done(platform: Any, call: Any) -> None:
    id = start(call)
    (work,) = fetched(call)
    path = f"/engine-rest/external-task/{work['id']}/complete"
    page = {"value": base64.b64encode(b"<html><script>x</script>").decode(), "type": "File", "valueInfo": {"filename": "a.pdf"}}
    for wrong in (page, {"value": "not base64!", "type": "File"}, {"value": "QUJD", "type": "Bytes"}):
        assert call("POST", path, {"workerId": "w", "variables": {"bill": wrong}})[0] == 400
    assert call("POST", path, {"workerId": "another", "variables": {"bill": PAPER}})[0] == 400
    assert platform.store.papers.documents(int(id)) == ()
    assert call("POST", "/engine-rest/signal", {"name": "x", "variables": {"bill": PAPER}})[0] == 400


def test_a_reference_that_a_caller_makes_up_opens_no_paper_of_another_case(call: Any) -> None:
    call("POST", START, {"variables": {"plan": PAPER}})
    digest = hashlib.sha256(PDF).hexdigest()
    forged = {"value": {"attachment": digest, "sha256": digest, "name": "x", "type": "application/pdf"}, "type": "Json"}
    id = call("POST", START, {"variables": {"mine": forged}})[1]["id"]
    assert call("GET", f"/engine-rest/process-instance/{id}/variables/mine/data")[0] == 400


# Work


def test_one_piece_of_work_is_locked_by_its_id_and_by_nobody_else_meanwhile(call: Any) -> None:
    start(call)
    (work,) = call("GET", "/engine-rest/external-task")[1]
    path = f"/engine-rest/external-task/{work['id']}"
    assert call("POST", f"{path}/lock", {"workerId": "w1", "lockDuration": 60000})[0] == 204
    assert call("POST", f"{path}/lock", {"workerId": "w2", "lockDuration": 60000})[0] == 400
    assert call("POST", f"{path}/lock", {"workerId": "w1"})[0] == 400
    assert fetched(call) == []
    assert call("POST", f"{path}/complete", {"workerId": "w1"})[0] == 204
    assert call("POST", f"{path}/lock", {"workerId": "w1", "lockDuration": 60000})[0] == 404


def test_work_is_made_urgent_and_tries_are_given_to_many_at_once(call: Any) -> None:
    for number in range(3):
        start(call, amount=number)
    ids = [work["id"] for work in call("GET", "/engine-rest/external-task")[1]]
    assert call("PUT", f"/engine-rest/external-task/{ids[2]}/priority", {"priority": 50})[0] == 204
    assert call("PUT", f"/engine-rest/external-task/{ids[2]}/priority", {"priority": "high"})[0] == 400
    assert call("PUT", "/engine-rest/external-task/retries", {"externalTaskIds": ids, "retries": 4})[0] == 204
    found = fetched(call, usePriority=True)
    assert [(work["id"], work["priority"], work["retries"]) for work in found] == [(ids[2], 50, 4), (ids[0], 0, 4), (ids[1], 0, 4)]
    assert fetched(call, sorting=[{"sortBy": "name"}])["type"] == "InvalidRequestException"


def test_the_newest_work_first_when_a_worker_asks_so(call: Any) -> None:
    for number in range(3):
        start(call, amount=number)
    found = fetched(call, sorting=[{"sortBy": "createTime", "sortOrder": "desc"}])
    assert [work["variables"]["amount"]["value"] for work in found] == [2, 1, 0]


def test_the_library_sends_a_signal_to_all_or_to_one(call: Any, address: str, sent: Any) -> None:
    sent(pycamunda.signal.EventAll(address, name="closed"))
    id = start(call)
    with pytest.raises(pycamunda.BadRequest):
        sent(pycamunda.signal.EventSingle(address, name="closed", execution_id=id))    # it does not listen
    assert call("POST", "/engine-rest/signal", {"name": "closed", "executionId": "999999"})[0] == 404
