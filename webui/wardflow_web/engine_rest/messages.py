"""Messages to the one case that waits for them, and signals to all that listen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify
from wardflow.cases.attach_document import take_in
from wardflow.cases.correlate_message import Correlated, Sought, correlate_message
from wardflow.cases.reads.instances import told_of
from wardflow.cases.send_message import Sending, send_message
from wardflow.exchange_errors import RequestUnreadable

from wardflow_web.callers import account, body, text
from wardflow_web.engine_rest.processes import number_of, shown
from wardflow_web.engine_rest.variables import given, plain, typed
from wardflow_web.visitor import platform


def add(calls: Blueprint) -> None:
    """Adds the calls about messages."""
    calls.post("/message")(_message)
    calls.post("/signal")(_signal)


def _message() -> Response | tuple[str, int]:
    sent = body()
    name, reference = text(sent, "messageName", needed=True, longest=120), text(sent, "businessKey")
    keys = {**plain(sent.get("localCorrelationKeys")), **plain(sent.get("correlationKeys"))}
    value, uploads = given({**_table(sent, "processVariablesLocal"), **_table(sent, "processVariables")}, partial(take_in, platform()))
    instance = text(sent, "processInstanceId")
    case_id = number_of(instance) if instance else None
    found = correlate_message(
        platform(), account(), name, keys, value, Sought(case_id, reference, sent.get("all") is True), uploads
    )
    if sent.get("resultEnabled") is not True:
        return "", 204
    return jsonify([_result(each, reference, sent.get("variablesInResultEnabled") is True) for each in found])


def _result(found: Correlated, reference: str, with_variables: bool) -> dict[str, Any]:
    seen = told_of(platform(), account().actor, found.case_id)
    execution = {"id": str(seen.id), "processInstanceId": str(seen.id), "ended": seen.ended, "tenantId": None}
    answer: dict[str, Any] = {
        "resultType": "ProcessDefinition" if found.opened else "Execution",
        "execution": None if found.opened else execution,
        "processInstance": shown(seen, reference) if found.opened else None,
    }
    return answer | ({"variables": typed(seen.data)} if with_variables else {})


def _table(sent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = sent.get(name) or {}
    if not isinstance(found, Mapping):
        raise RequestUnreadable(why=f"{name} is not an object")
    return found


def _signal() -> tuple[str, int]:
    sent = body()
    name = text(sent, "name", needed=True, longest=120)
    one = text(sent, "executionId").partition("-")[0]    # for one case, or, without it, for all and for what begins by it
    case = told_of(platform(), account().actor, number_of(one)).code if one else ""
    send_message(platform(), account(), Sending(name, value=plain(sent.get("variables")), case=case, signal=True))
    return "", 204
