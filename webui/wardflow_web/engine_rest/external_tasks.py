"""External tasks: fetched under a lock, completed, failed, held longer, given back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request
from wardflow.cases.attach_document import take_in
from wardflow.cases.complete_work import complete_work, raise_error
from wardflow.cases.exchange import Fetched, Order, Wanted
from wardflow.cases.fail_work import fail_work, set_retries
from wardflow.cases.fetch_work import fetch_work
from wardflow.cases.held_work import held_by, work_of
from wardflow.cases.hold_work import extend_lock, lock, set_priority, unlock
from wardflow.cases.reads.instances import definition_id, work_listed
from wardflow.exchange_errors import RequestUnreadable, WorkGone

from wardflow_web.callers import account, body, number, text
from wardflow_web.engine_rest.processes import number_of
from wardflow_web.engine_rest.variables import given, moment, typed
from wardflow_web.visitor import platform
from wardflow_web.waiting import awaited

MOST = 1000
DAY = 24 * 3600 * 1000
LONGEST_WAIT = 60_000
SHORT = 5000


def add(calls: Blueprint) -> None:
    """Adds the calls about external tasks."""
    calls.post("/external-task/fetchAndLock")(_fetch)
    calls.get("/external-task")(_list)
    calls.get("/external-task/count")(_count)
    calls.get("/external-task/<id>")(_get)
    calls.get("/external-task/<id>/errorDetails")(_details)
    for name, call in (("complete", _complete), ("failure", _failure), ("bpmnError", _error), ("extendLock", _extend), ("unlock", _unlock), ("lock", _lock)):
        calls.post(f"/external-task/<id>/{name}", endpoint=name)(call)
    calls.put("/external-task/<id>/retries")(_retries)
    calls.put("/external-task/retries")(_retries_of_many)
    calls.put("/external-task/<id>/priority")(_priority)


def _fetch() -> Response:
    sent = body()
    worker, most = text(sent, "workerId", needed=True), number(sent, "maxTasks", 1, MOST)
    topics = sent.get("topics") or []
    if not isinstance(topics, list) or not all(isinstance(topic, Mapping) for topic in topics):
        raise RequestUnreadable(why="topics is not a list of objects")
    order = _order(sent)

    def ask() -> tuple[Fetched, ...]:
        return fetch_work(platform(), account().actor, worker, [_wanted(topic) for topic in topics], most, order)

    found = awaited(ask, number(sent, "asyncResponseTimeout", 0, LONGEST_WAIT) / 1000)
    shown = {text(topic, "topicName"): topic.get("variables") for topic in topics}
    return jsonify([_locked(each, shown.get(each.task.topic)) for each in found])


def _order(sent: Mapping[str, Any]) -> Order:
    """`usePriority`, and `sorting` by `createTime`, the one thing these clients sort by."""
    sorting = sent.get("sorting") or []
    if not isinstance(sorting, list) or not all(isinstance(each, Mapping) and each.get("sortBy") == "createTime" for each in sorting):
        raise RequestUnreadable(why="sorting knows createTime alone")
    return Order(sent.get("usePriority") is True, any(each.get("sortOrder") == "desc" for each in sorting))


def _wanted(topic: Mapping[str, Any]) -> Wanted:
    lock = number(topic, "lockDuration", 0, 30 * DAY)
    if not lock:
        raise RequestUnreadable(why="lockDuration is missing")
    keys = _texts(topic, "processDefinitionKey", "processDefinitionKeyIn")
    ids = [id.split(":") for id in _texts(topic, "processDefinitionId", "processDefinitionIdIn")]
    packs = {version.digest for version in platform().store.packs.versions() for id in ids if id[-1] == version.digest[:12]} if ids else set()
    return Wanted(
        text(topic, "topicName", needed=True), platform().now() + timedelta(milliseconds=lock), text(topic, "businessKey"),
        frozenset(keys) | {id[0] for id in ids}, frozenset(packs or ({""} if ids else ())), topic.get("processVariables") or {},
    )


def _texts(topic: Mapping[str, Any], one: str, many: str) -> list[str]:
    given = topic.get(many) or []
    if not isinstance(given, list):
        raise RequestUnreadable(why=f"{many} is not a list")
    return [str(each) for each in (*given, topic.get(one)) if each]


def _complete(id: str) -> tuple[str, int]:
    sent = body()
    worker = text(sent, "workerId", needed=True)
    held_by(platform(), account().actor, id, worker)    # before any file is taken in
    complete_work(platform(), account().actor, id, worker, *given(sent.get("variables"), partial(take_in, platform())))
    return "", 204


def _failure(id: str) -> tuple[str, int]:
    sent = body()
    fail_work(
        platform(), account().actor, id, text(sent, "workerId", needed=True),
        message=str(sent.get("errorMessage") or "")[:SHORT], details=str(sent.get("errorDetails") or "")[:SHORT],
        retries=number(sent, "retries", 0, MOST), wait=timedelta(milliseconds=number(sent, "retryTimeout", 0, 30 * DAY)),
    )
    return "", 204


def _error(id: str) -> tuple[str, int]:
    sent = body()
    worker, code = text(sent, "workerId", needed=True), text(sent, "errorCode", needed=True)
    held_by(platform(), account().actor, id, worker)    # as above
    raise_error(platform(), account().actor, id, worker, code, *given(sent.get("variables"), partial(take_in, platform())))
    return "", 204


def _extend(id: str) -> tuple[str, int]:
    sent = body()
    duration = number(sent, "newDuration", 0, 30 * DAY)
    if not duration:
        raise RequestUnreadable(why="newDuration is missing")
    extend_lock(platform(), account().actor, id, text(sent, "workerId", needed=True), timedelta(milliseconds=duration))
    return "", 204


def _unlock(id: str) -> tuple[str, int]:
    unlock(platform(), account().actor, id)
    return "", 204


def _retries(id: str) -> tuple[str, int]:
    set_retries(platform(), account().actor, id, number(body(), "retries", 0, MOST))
    return "", 204


def _retries_of_many() -> tuple[str, int]:
    sent = body()
    ids, retries = sent.get("externalTaskIds"), number(sent, "retries", 0, MOST)
    if not isinstance(ids, list) or not ids:
        raise RequestUnreadable(why="externalTaskIds is missing; work is named one by one")
    for id in ids:
        set_retries(platform(), account().actor, str(id), retries)
    return "", 204


def _lock(id: str) -> tuple[str, int]:
    sent = body()
    duration = number(sent, "lockDuration", 0, 30 * DAY)
    if not duration:
        raise RequestUnreadable(why="lockDuration is missing")
    lock(platform(), account().actor, id, text(sent, "workerId", needed=True), timedelta(milliseconds=duration))
    return "", 204


def _priority(id: str) -> tuple[str, int]:
    sent = body().get("priority")
    if not isinstance(sent, int) or isinstance(sent, bool) or abs(sent) >= 2**31:
        raise RequestUnreadable(why="priority is not a whole number")
    set_priority(platform(), account().actor, id, sent)
    return "", 204


def _list() -> Response:
    asked = request.args
    found = work_listed(platform(), account().actor, _filters(), number(asked, "firstResult", 0, 10**6), number(asked, "maxResults", MOST, MOST))
    return jsonify([_row(each) for each in found])


def _count() -> Response:
    return jsonify(count=len(work_listed(platform(), account().actor, _filters(), 0, 10**6)))


def _get(id: str) -> Response:
    return jsonify(_row(_found(id)))


def _details(id: str) -> tuple[str, int]:
    details = _found(id).task.details
    return (details, 200) if details else ("", 204)


def _found(id: str) -> Fetched:
    work = work_of(platform(), account().actor, id)
    for each in work_listed(platform(), account().actor, {"case_id": work.case_id, "task": work.task}):
        return each
    raise WorkGone(id=id)


def _filters() -> dict[str, Any]:
    asked, found = request.args, dict[str, Any]()
    for name, column in (("workerId", "worker"), ("topicName", "topic"), ("activityId", "node")):
        if asked.get(name):
            found[column] = asked[name]
    if asked.get("externalTaskId"):
        case, _, found["task"] = asked["externalTaskId"].partition("-")
        found["case_id"] = number_of(case)
    if asked.get("processInstanceId"):
        found["case_id"] = number_of(asked["processInstanceId"])
    flags = (("locked", "locked"), ("notLocked", "not_locked"), ("withRetriesLeft", "retries_left"), ("noRetriesLeft", "no_retries_left"))
    return found | {column: True for name, column in flags if asked.get(name) == "true"}


def _locked(found: Fetched, names: Any) -> dict[str, Any]:
    """What the worker that locked it is told, its variables among it."""
    inputs = found.task.inputs
    chosen = inputs if names is None else {name: inputs[name] for name in names if name in inputs}
    return {**_row(found), "variables": typed(chosen), "extensionProperties": {}}


def _row(found: Fetched) -> dict[str, Any]:
    work = found.task
    return {
        "id": work.id, "workerId": work.worker, "topicName": work.topic, "activityId": work.node,
        "activityInstanceId": f"{work.node}:{work.id}", "executionId": work.id, "processInstanceId": str(work.case_id),
        "processDefinitionId": definition_id(platform(), found.process, found.pack), "processDefinitionKey": found.process,
        "processDefinitionVersionTag": None, "lockExpirationTime": moment(work.free_at) if work.worker else None,
        "createTime": moment(work.created_at), "retries": work.retries, "errorMessage": work.error, "errorDetails": work.details,
        "suspended": False, "tenantId": None, "priority": work.priority, "businessKey": found.reference or found.code,
    }
