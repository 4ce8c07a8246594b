"""The calls of other systems: exact answers and failures, a token for each, nothing that a browser could be made to send."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases.exchange import ServiceAccount
from wardflow_web import create_app
from wardflow_web.engine_rest.variables import plain, typed
from wardflow_web.rates import LIMITS

START = "/engine-rest/process-definition/key/order/start"
FETCH = "/engine-rest/external-task/fetchAndLock"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000")


def ask(**topic: Any) -> dict[str, Any]:
    """What a worker library sends, nulls and keys nobody knows included."""
    return {
        "workerId": "w1", "maxTasks": 3, "usePriority": False, "asyncResponseTimeout": 0, "sorting": None, "unheard": 1,
        "topics": [{"topicName": "invoice", "lockDuration": 60000, "variables": None, "processVariables": None, "tenantIdIn": None, **topic}],
    }


def test_a_started_process_is_answered_as_an_instance(call: Any) -> None:
    sent = {"variables": {"amount": {"value": 7, "type": None}}, "businessKey": "B-1", "startInstructions": [], "withVariablesInReturn": True}
    status, answer = call("POST", START, sent)
    assert status == 200
    assert {name: answer[name] for name in ("businessKey", "ended", "suspended", "tenantId", "caseInstanceId")} == {
        "businessKey": "B-1", "ended": False, "suspended": False, "tenantId": None, "caseInstanceId": None,
    }
    assert answer["links"][0]["rel"] == "self" and answer["variables"]["amount"] == {"value": 7, "type": "Integer", "valueInfo": {}}
    assert call("GET", f"/engine-rest/process-instance/{answer['id']}")[1]["definitionId"] == answer["definitionId"]
    assert call("POST", f"/engine-rest/process-definition/{answer['definitionId']}/start", {})[0] == 200
    assert call("POST", "/engine-rest/process-definition/order:9:000000000000/start", {})[0] == 404
    assert call("POST", "/engine-rest/process-definition/key/order/tenant-id/hanoi/start", {})[1]["tenantId"] == "hanoi"


def test_the_same_idempotency_key_opens_one_case(call: Any) -> None:
    one = call("POST", START, {}, Idempotency_Key="k1")[1]["id"]
    assert call("POST", START, {}, Idempotency_Key="k1")[1]["id"] == one
    assert call("POST", START, {}, Idempotency_Key="k2")[1]["id"] != one


def test_fetched_work_has_every_field_that_clients_read(call: Any) -> None:
    case = call("POST", START, {"variables": {"amount": {"value": 7}}, "businessKey": "B-1"})[1]
    status, (work,) = call("POST", FETCH, ask())
    assert status == 200
    assert STAMP.fullmatch(work["lockExpirationTime"])
    assert {name: work[name] for name in ("workerId", "topicName", "activityId", "processInstanceId", "processDefinitionKey", "businessKey")} == {
        "workerId": "w1", "topicName": "invoice", "activityId": "invoice", "processInstanceId": case["id"],
        "processDefinitionKey": "order", "businessKey": "B-1",
    }
    for name in ("activityInstanceId", "executionId", "processDefinitionId", "processDefinitionVersionTag", "retries", "errorMessage",
                 "errorDetails", "suspended", "tenantId", "priority", "extensionProperties", "id"):
        assert name in work
    assert work["variables"]["amount"] == {"value": 7, "type": "Integer", "valueInfo": {}}
    assert call("POST", FETCH, ask()) == (200, [])


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ({"variables": ["amount"]}, {"amount"}), ({"variables": []}, set()), ({"businessKey": "B-1", "variables": []}, set()),
        ({"businessKey": "B-2"}, None), ({"processDefinitionKey": "claim"}, None), ({"processDefinitionKeyIn": ["order"], "variables": []}, set()),
        ({"processVariables": {"amount": 7}, "variables": []}, set()), ({"processVariables": {"amount": 8}}, None),
        ({"processDefinitionId": "order:1:000000000000"}, None),
    ],
)
def test_a_worker_says_what_it_wants(call: Any, topic: dict[str, Any], found: set[str] | None) -> None:
    call("POST", START, {"variables": {"amount": {"value": 7}}, "businessKey": "B-1"})
    status, works = call("POST", FETCH, ask(**topic))
    assert (status, [set(work["variables"]) for work in works]) == (200, [] if found is None else [found])


def test_a_worker_finds_its_definition_again(call: Any) -> None:
    case = call("POST", START, {})[1]
    assert len(call("POST", FETCH, ask(processDefinitionId=case["definitionId"]))[1]) == 1


def test_answers_without_a_body_are_204_and_failures_have_a_type_and_a_message(call: Any) -> None:
    call("POST", START, {})
    work = call("POST", FETCH, ask())[1][0]["id"]
    at = f"/engine-rest/external-task/{work}"
    refused = [
        (("POST", f"{at}/complete", {"workerId": "w2"}), 400), (("POST", f"{at}/complete", {}), 400), (("POST", f"{at}/complete", ["w1"]), 400),
        (("POST", f"{at}/complete", {"workerId": "w1", "variables": {"a": 1}}), 400),
        (("POST", f"{at}/complete", {"workerId": "w1", "variables": {"a": {"value": "{", "type": "Json"}}}), 400),
        (("POST", f"{at}/complete", {"workerId": "w1", "variables": {"form": {"value": 1}}}), 400),
        (("POST", f"{at}/bpmnError", {"workerId": "w1"}), 400), (("POST", f"{at}/extendLock", {"workerId": "w1"}), 400),
        (("POST", "/engine-rest/external-task/9-t9/complete", {"workerId": "w1"}), 404),
        (("POST", "/engine-rest/external-task/none/complete", {"workerId": "w1"}), 404),
        (("POST", FETCH, {"workerId": "w1", "topics": [{"topicName": "invoice"}]}), 400), (("POST", FETCH, {"topics": []}), 400),
        (("POST", FETCH, ask(topicName="secret")), 403), (("GET", "/engine-rest/process-instance/99", None), 404),
        (("POST", "/engine-rest/process-definition/key/none/start", {}), 404), (("GET", "/engine-rest/nothing", None), 404),
    ]
    for request, status in refused:
        found = call(*request)
        assert found[0] == status, request
        if request[1] != "/engine-rest/nothing":
            assert set(found[1]) == {"type", "message"} and found[1]["message"], request
    for name, sent in (("extendLock", {"workerId": "w1", "newDuration": 9000}), ("unlock", None)):
        assert call("POST", f"{at}/{name}", sent) == (204, None)
    assert call("PUT", f"{at}/retries", {"retries": 2}) == (204, None)
    assert call("POST", FETCH, ask())[1][0]["retries"] == 2
    failure = {"workerId": "w1", "errorMessage": "mất mạng", "errorDetails": "dòng 3", "retries": 1, "retryTimeout": 0}
    assert call("POST", f"{at}/failure", failure) == (204, None)
    assert call("GET", at)[1]["errorMessage"] == "mất mạng"
    call("POST", FETCH, ask())
    assert call("POST", f"{at}/complete", {"workerId": "w1", "variables": None, "localVariables": None}) == (204, None)
    assert call("POST", f"{at}/complete", {"workerId": "w1"})[0] == 404


def test_work_is_listed_and_counted_for_who_may_do_it(call: Any, caller: Callable[[str], Any], platform: Any) -> None:
    case = call("POST", START, {})[1]["id"]
    call("POST", START, {})
    call("POST", FETCH, {**ask(), "maxTasks": 1})
    listed = "/engine-rest/external-task"
    for query, count in (("", 2), ("?workerId=w1", 1), ("?locked=true", 1), ("?notLocked=true", 1), (f"?processInstanceId={case}", 1),
                         ("?topicName=invoice&withRetriesLeft=true", 2), ("?topicName=archive", 0), ("?noRetriesLeft=true", 0)):
        assert (len(call("GET", listed + query)[1]), call("GET", f"{listed}/count{query}")[1]) == (count, {"count": count}), query
    assert len(call("GET", f"{listed}?firstResult=1&maxResults=5")[1]) == 1
    platform.store.service_accounts.add(ServiceAccount("other", "", frozenset({"topic:archive"}), platform.now()), "wf_other")
    assert caller("wf_other")("GET", listed)[1] == []


def test_a_call_needs_a_token_that_is_known_not_revoked_and_not_over(call: Any, caller: Callable[[str], Any], platform: Any) -> None:
    for token in ("", "wf_wrong"):
        status, answer = caller(token)("POST", FETCH, ask())
        assert (status, answer["type"]) == (401, "AuthenticationException")
    over = ServiceAccount("over", "", frozenset({"topic:*"}), platform.now(), platform.now() - timedelta(days=1))
    platform.store.service_accounts.add(over, "wf_over")
    assert caller("wf_over")("POST", FETCH, ask())[0] == 401
    platform.store.service_accounts.remove("shop")
    assert call("POST", FETCH, ask())[0] == 401
    with platform.store.database.reading() as cursor:
        assert "wf_over" not in str(cursor.rows("SELECT * FROM service_account"))


def test_a_person_who_is_signed_in_gets_nothing_here_and_no_page_takes_a_token_instead_of_its_own(platform: Any) -> None:
    client = create_app(platform).test_client()
    with client.session_transaction() as session:
        session["person"] = "an"
    assert client.post(FETCH, json=ask()).status_code == 401
    assert client.post("/api/messages", json={"name": "paid"}).status_code == 401
    assert client.post("/sign-in", headers={"Authorization": "Bearer wf_a-token-for-tests"}, data={"login": "x"}).status_code == 400


def test_calls_and_wrong_tokens_are_limited(platform: Any, caller: Callable[[str], Any]) -> None:
    wrong = caller("wf_wrong")
    answers = [wrong("GET", "/engine-rest/external-task")[0] for _ in range(LIMITS["token refused"][0] + 1)]
    assert set(answers[:-1]) == {401} and answers[-1] == 429


def test_variables_keep_their_types_both_ways() -> None:
    values = {"a": 7, "b": 2**40, "c": 0.5, "d": True, "e": None, "f": "Bút", "g": {"x": [1]}, "h": [1, "hai"]}
    sent = typed(values)
    assert [sent[name]["type"] for name in values] == ["Integer", "Long", "Double", "Boolean", "Null", "String", "Json", "Json"]
    assert plain(sent) == values
    assert plain({"o": {"type": "Object", "value": '{"x": 1}', "valueInfo": {"serializationDataFormat": "application/json"}}}) == {"o": {"x": 1}}
    assert plain({"i": {"type": "Long", "value": "5"}, "b": {"type": "Boolean", "value": "true"}, "u": {"value": {"x": 1}}}) == {"i": 5, "b": True, "u": {"x": 1}}


# Our own entry for messages


def test_a_message_is_delivered_or_waits_and_its_key_has_one_effect(call: Any, work: Callable[[], int]) -> None:
    waiting = call("POST", "/api/messages", {"name": "paid", "value": {"receipt": "BL-1"}}, Idempotency_Key="k1")
    assert (waiting[0], waiting[1]["state"], waiting[1]["case"]) == (202, "waiting", None)
    assert call("POST", "/api/messages", {"name": "paid", "value": {"receipt": "BL-1"}}, Idempotency_Key="k1") == waiting

    case = call("POST", START, {})[1]
    found = call("POST", FETCH, ask())[1][0]["id"]
    call("POST", f"/engine-rest/external-task/{found}/complete", {"workerId": "w1"})
    assert work() == 1
    assert call("GET", f"/engine-rest/process-instance/{case['id']}")[1]["ended"] is True
    assert call("POST", "/api/messages", {"name": "paid", "value": {"receipt": "BL-1"}}, Idempotency_Key="k1") == waiting
    assert call("POST", "/api/messages", {"name": "other"}, Idempotency_Key="k1")[0] == 422


def test_a_message_begins_a_case_and_says_which(call: Any) -> None:
    status, told = call("POST", "/api/messages", {"name": "claimed", "value": {"what": "Máy in"}}, Idempotency_Key="k1")
    assert (status, told["state"]) == (200, "delivered") and told["case"].startswith("T.")
    assert call("POST", "/api/messages", {"name": "claimed", "value": {"what": "Máy in"}}, Idempotency_Key="k1") == (status, told)


def test_what_cannot_be_a_message_is_refused_and_says_why(call: Any) -> None:
    for sent, status in (({}, 400), ({"name": "paid", "keys": []}, 400), ({"name": "paid", "value": {"form": 1}}, 400),
                         ({"name": "paid", "case": "T.none"}, 404), ({"name": "x" * 200}, 400)):
        found = call("POST", "/api/messages", sent)
        assert (found[0], set(found[1])) == (status, {"type", "message"}), sent
    assert call("POST", "/api/signals", {"name": "closed"})[0] == 200
