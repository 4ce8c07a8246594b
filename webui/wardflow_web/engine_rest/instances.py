"""Running cases, what they know and where they are, and what stopped in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.exchange import Running
from wardflow.cases.reads import instances as reads
from wardflow.cases.records import Incident
from wardflow.errors import CaseUnknown
from wardflow.exchange_errors import RequestUnreadable, VariableUnknown

from wardflow_web.callers import account, number
from wardflow_web.engine_rest.processes import number_of, shown
from wardflow_web.engine_rest.variables import moment, typed, typed_value
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
    calls.get("/incident", endpoint="instances_incidents")(_incidents)
    calls.get("/incident/count", endpoint="instances_incident_count")(_incident_count)


def _list() -> Response:
    asked = request.args
    first, most = number(asked, "firstResult", 0, 10**6), number(asked, "maxResults", MOST, MOST)
    return jsonify([shown(each) for each in islice(_found(), first, first + most)])


def _count() -> Response:
    return jsonify(count=sum(1 for _ in _found()))


def _found() -> Any:
    asked = request.args
    keys = {*_words("processDefinitionKey"), *_words("processDefinitionKeyIn")}
    id = asked.get("processDefinitionId", "").split(":")
    packs = {version.digest for version in platform().store.packs.versions() if version.digest[:12] == id[-1]} if id[-1] else set()
    if asked.get("suspended") == "true" or (id[-1] and not packs):
        return iter(())
    wanted = Running(
        processes=frozenset(keys | ({id[0]} if id[-1] else set())), packs=frozenset(packs), reference=asked.get("businessKey", ""),
        ids=frozenset(map(number_of, _words("processInstanceIds"))),
    )
    tests = [_test(each) for each in _words("variables")]
    return reads.instances(platform(), account().actor, wanted, (lambda data: all(test(data) for test in tests)) if tests else None)


def _words(name: str) -> list[str]:
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
    return jsonify(shown(reads.instance(platform(), account().actor, _case(id))))


def _delete(id: str) -> tuple[str, int]:
    """Calling a case off belongs to its head: what the act says is what the caller hears."""
    cancel_case(platform(), account().actor, _case(id), "engine-rest")
    return "", 204


def _activities(id: str) -> Response:
    found = reads.instance(platform(), account().actor, _case(id))

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
    return jsonify(typed(reads.variables(platform(), account().actor, _case(id))))


def _variable(id: str, name: str) -> Response:
    known = reads.variables(platform(), account().actor, _case(id))
    if name not in known:
        raise VariableUnknown(case=id, name=name)
    return jsonify(typed_value(known[name]))


def _data(id: str, name: str) -> Response:
    """The bytes of a file; an execution is a case, or work of one."""
    paper, content = reads.file(platform(), account().actor, _case(id.partition("-")[0]), name)
    return send_file(io.BytesIO(content), paper.media_type, as_attachment=True, download_name=paper.name, max_age=0)


def _variable_instances() -> Response:
    ids, names = _words("processInstanceIdIn") or _words("executionIdIn"), request.args.get("variableName", "")
    if not ids:
        raise RequestUnreadable(why="processInstanceIdIn is missing")
    found = []
    for id in ids[:MOST]:
        for name, value in reads.variables(platform(), account().actor, _case(id.partition("-")[0])).items():
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


def _incidents() -> Response:
    return jsonify(_stopped())


def _incident_count() -> Response:
    return jsonify(count=len(_stopped()))


def _stopped() -> list[dict[str, Any]]:
    """What stopped in one case, or in all running ones that the account may open."""
    asked, actor = request.args, account().actor
    one = asked.get("processInstanceId") or asked.get("executionId")
    cases = [reads.instance(platform(), actor, _case(one.partition("-")[0]))] if one else list(islice(_found(), MOST))
    rows = [_incident(each, *stopped) for each in cases for stopped in reads.stopped(platform(), actor, each.id)]
    return [row for row in rows if asked.get("incidentType", row["incidentType"]) == row["incidentType"]]


def _incident(case: reads.Instance, stopped: Incident, outside: bool) -> dict[str, Any]:
    """Its cause is a code; what an error said may quote what a person typed."""
    kind = "failedExternalTask" if outside else "failedJob"
    id = f"{stopped.seq}-{stopped.place}"
    none = dict.fromkeys(("configuration", "tenantId", "jobDefinitionId", "annotation", "historyConfiguration"))
    return {
        "id": f"{case.id}-{id}", "processDefinitionId": case.definition, "processInstanceId": str(case.id), "executionId": str(case.id),
        "incidentType": kind, "activityId": stopped.node, "failedActivityId": stopped.node, "causeIncidentId": f"{case.id}-{id}",
        "rootCauseIncidentId": f"{case.id}-{id}", "incidentMessage": str(stopped.facts.get("error") or stopped.code), "incidentTimestamp": moment(stopped.at), **none,
    }


def _case(id: str) -> int:
    found = number_of(id)
    if not found:
        raise CaseUnknown(case=id)
    return found
