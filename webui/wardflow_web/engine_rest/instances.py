"""Running cases, what they know and where they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.exchange import Running
from wardflow.cases.reads import instances as reads
from wardflow.errors import CaseUnknown
from wardflow.exchange_errors import RequestUnreadable, VariableUnknown

from wardflow_web.callers import account, number
from wardflow_web.engine_rest.processes import number_of, shown
from wardflow_web.engine_rest.variables import typed, typed_value
from wardflow_web.visitor import platform

MOST = 1000
COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda one, other: one == other, "neq": lambda one, other: one != other, "gt": lambda one, other: one > other,
    "gteq": lambda one, other: one >= other, "lt": lambda one, other: one < other, "lteq": lambda one, other: one <= other,
    "like": lambda one, other: str(other).strip("%").casefold() in str(one).casefold(),
}


def add(calls: Blueprint) -> None:
    """Adds the calls about running cases."""
    calls.get("/process-instance", endpoint="instances_list")(_list)
    calls.get("/process-instance/count", endpoint="instances_count")(_count)
    calls.get("/process-instance/<id>", endpoint="instances_one")(_one)
    calls.delete("/process-instance/<id>", endpoint="instances_delete")(_delete)
    calls.get("/process-instance/<id>/activity-instances", endpoint="instances_activities")(_activities)
    calls.get("/process-instance/<id>/variables", endpoint="instances_variables")(_variables)
    calls.get("/process-instance/<id>/variables/<name>", endpoint="instances_variable")(_variable)
    calls.get("/process-instance/<id>/variables/<name>/data", endpoint="instances_data")(_data)
    calls.get("/execution/<id>/localVariables/<name>/data", endpoint="data_of_execution")(_data)
    calls.get("/variable-instance", endpoint="instances_variable_instances")(_variable_instances)


def _list() -> Response:
    asked = request.args
    first, most = number(asked, "firstResult", 0, 10**6), number(asked, "maxResults", MOST, MOST)
    return jsonify([shown(each) for each in islice(wanted_cases(), first, first + most)])


def _count() -> Response:
    return jsonify(count=sum(1 for _ in wanted_cases()))


def wanted_cases() -> Iterator[reads.Instance]:
    """The running cases that a call asks about, of those the account may open."""
    asked = request.args
    keys = {*words("processDefinitionKey"), *words("processDefinitionKeyIn")}
    id = asked.get("processDefinitionId", "").split(":")
    packs = {version.digest for version in platform().store.packs.versions() if version.digest[:12] == id[-1]} if id[-1] else set()
    if asked.get("suspended") == "true" or (id[-1] and not packs):
        return iter(())
    wanted = Running(
        processes=frozenset(keys | ({id[0]} if id[-1] else set())), packs=frozenset(packs), reference=asked.get("businessKey", ""),
        ids=frozenset(map(number_of, words("processInstanceIds"))),
    )
    tests = [_test(each) for each in words("variables")]
    return reads.instances(platform(), account().actor, wanted, (lambda data: all(test(data) for test in tests)) if tests else None)


def words(name: str) -> list[str]:
    """The values of a query's list, parted by commas."""
    return [word for word in request.args.get(name, "").split(",") if word]


def _test(written: str) -> Callable[[Mapping[str, Any]], bool]:
    """One of `variables=amount_gt_3,name_eq_x`: numbers are compared as numbers, everything else as text."""
    parts = written.split("_")
    place = next((place for place, part in enumerate(parts[1:-1], 1) if part in COMPARED), 0)    # a name may have the sign in it
    if not place:
        raise RequestUnreadable(why=f"{written} is not NAME_OPERATOR_VALUE")
    name, operator, value = "_".join(parts[:place]), parts[place], "_".join(parts[place + 1 :])
    return lambda data: name in data and _compared(operator, data[name], value)


def _compared(operator: str, one: Any, other: str) -> bool:
    if isinstance(one, bool) or one is None:
        one = {True: "true", False: "false", None: "null"}[one]
    if isinstance(one, int | float):
        try:
            return COMPARED[operator](one, float(other))
        except ValueError:
            return operator == "neq"
    return isinstance(one, str) and COMPARED[operator](one, other)


def _one(id: str) -> Response:
    return jsonify(shown(reads.instance(platform(), account().actor, case_of(id))))


def _delete(id: str) -> tuple[str, int]:
    """Calling a case off belongs to its head: what the act says is what the caller hears."""
    cancel_case(platform(), account().actor, case_of(id), "engine-rest")
    return "", 204


def _activities(id: str) -> Response:
    found = reads.instance(platform(), account().actor, case_of(id))

    def row(element: str, name: str, kind: str, parent: str | None, below: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": f"{element}:{found.id}" if parent else str(found.id), "parentActivityInstanceId": parent, "activityId": element,
            "activityName": name, "name": name, "activityType": kind, "processInstanceId": str(found.id),
            "processDefinitionId": found.definition, "childActivityInstances": below, "childTransitionInstances": [],
            "executionIds": [str(found.id)], "incidentIds": [], "incidents": [],
        }

    below = [row(element, name, kind, str(found.id), []) for element, name, kind in found.at]
    return jsonify(row(found.process, found.process, "processDefinition", None, below))


def _variables(id: str) -> Response:
    return jsonify(typed(reads.variables(platform(), account().actor, case_of(id))))


def _variable(id: str, name: str) -> Response:
    known = reads.variables(platform(), account().actor, case_of(id))
    if name not in known:
        raise VariableUnknown(case=id, name=name)
    return jsonify(typed_value(known[name]))


def _data(id: str, name: str) -> Response:
    """The bytes of a file; an execution is a case, or work of one."""
    paper, content = reads.file(platform(), account().actor, case_of(id.partition("-")[0]), name)
    return send_file(io.BytesIO(content), paper.media_type, as_attachment=True, download_name=paper.name, max_age=0)


def _variable_instances() -> Response:
    ids, names = words("processInstanceIdIn") or words("executionIdIn"), request.args.get("variableName", "")
    if not ids:
        raise RequestUnreadable(why="processInstanceIdIn is missing")
    found = []
    for id in ids[:MOST]:
        for name, value in reads.variables(platform(), account().actor, case_of(id.partition("-")[0])).items():
            if names in ("", name):
                found.append(_instance_of(id, name, value))
    return jsonify(found)


def _instance_of(id: str, name: str, value: Any) -> dict[str, Any]:
    none = dict.fromkeys(("caseInstanceId", "caseExecutionId", "taskId", "batchId", "tenantId", "errorMessage"))
    case = id.partition("-")[0]
    return {
        "id": f"{case}:{name}", "name": name, "processInstanceId": case, "executionId": case, "activityInstanceId": case, **none,
        **typed_value(value),
    }


def case_of(id: str) -> int:
    """The number of a case that a call names."""
    number = number_of(id)
    if not number:
        raise CaseUnknown(case=id)
    return number
