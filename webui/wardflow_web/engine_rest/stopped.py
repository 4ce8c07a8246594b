"""What stopped in running cases: incidents, and those among them that can be tried again, which are jobs without tries left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify, request
from wardflow.cases.reads import instances as reads
from wardflow.cases.records import Incident
from wardflow.cases.retry_incident import retry_incident
from wardflow.errors import IncidentGone

from wardflow_web.callers import account, body, number
from wardflow_web.engine_rest.instances import MOST, case_of, wanted_cases, words
from wardflow_web.engine_rest.variables import moment
from wardflow_web.visitor import platform

Stopped = tuple[reads.Instance, Incident, bool]
"""A case, what stopped in it, and whether that is work of another system."""
NEVER = ("withRetriesLeft", "executable", "suspended", "timers")
"""What no job that stopped is."""


def add(calls: Blueprint) -> None:
    """Adds the calls about what stopped."""
    calls.get("/incident", endpoint="stopped_incidents")(_incidents)
    calls.get("/incident/count", endpoint="stopped_incident_count")(_incident_count)
    calls.get("/job", endpoint="stopped_jobs")(_jobs)
    calls.get("/job/count", endpoint="stopped_job_count")(_job_count)
    calls.get("/job/<id>", endpoint="stopped_job")(_job)
    calls.get("/job/<id>/stacktrace", endpoint="stopped_trace")(_trace)
    calls.put("/job/<id>/retries", endpoint="stopped_retries")(_retries)
    calls.post("/job/<id>/execute", endpoint="stopped_execute")(_execute)


def _incidents() -> Response:
    return jsonify(_wanted_incidents())


def _incident_count() -> Response:
    return jsonify(count=len(_wanted_incidents()))


def _wanted_incidents() -> list[dict[str, Any]]:
    rows = [_incident(*each) for each in _stopped()]
    return [row for row in rows if request.args.get("incidentType", row["incidentType"]) == row["incidentType"]]


def _stopped() -> Iterator[Stopped]:
    """What stopped in one case, or in all running ones that the account may open."""
    asked, actor = request.args, account().actor
    one = asked.get("processInstanceId") or asked.get("executionId")
    cases = [reads.instance(platform(), actor, case_of(one.partition("-")[0]))] if one else list(islice(wanted_cases(), MOST))
    return ((case, *each) for case in cases for each in reads.stopped(platform(), actor, case.id))


def _incident(case: reads.Instance, stopped: Incident, outside: bool) -> dict[str, Any]:
    id = _id(case, stopped)
    none = dict.fromkeys(("tenantId", "jobDefinitionId", "annotation", "historyConfiguration"))
    return {
        "id": id, "processDefinitionId": case.definition, "processInstanceId": str(case.id), "executionId": str(case.id),
        "incidentType": "failedExternalTask" if outside else "failedJob", "activityId": stopped.node, "failedActivityId": stopped.node,
        "causeIncidentId": id, "rootCauseIncidentId": id, "configuration": None if outside else id, "incidentMessage": _said(stopped),
        "incidentTimestamp": moment(stopped.at), **none,
    }


def _said(stopped: Incident) -> str:
    """Its cause is a code; what an error said may quote what a person typed."""
    return str(stopped.facts.get("error") or stopped.code)


def _id(case: reads.Instance, stopped: Incident) -> str:
    return f"{case.id}-{stopped.seq}-{stopped.place}"


def _jobs() -> Response:
    asked, found = request.args, _wanted_jobs()
    if asked.get("sortOrder") == "desc":
        found.reverse()
    first = number(asked, "firstResult", 0, 10**6)
    return jsonify(found[first : first + number(asked, "maxResults", MOST, MOST)])


def _job_count() -> Response:
    return jsonify(count=len(_wanted_jobs()))


def _wanted_jobs() -> list[dict[str, Any]]:
    asked = request.args
    if any(asked.get(name) == "true" for name in NEVER):
        return []
    ids, steps = {*words("jobIds"), *words("jobId")}, words("activityId") or words("failedActivityId")
    found = [_shown(*each) for each in _stopped() if _is_job(each)]
    return [job for job in found if job["id"] in (ids or {job["id"]}) and job["failedActivityId"] in (steps or [job["failedActivityId"]])]


def _is_job(stopped: Stopped) -> bool:
    """Whether there is something to try again: work of another system is tried by its own calls, and some things wait for a person."""
    return "incident" in stopped[1].facts and not stopped[2]


def _shown(case: reads.Instance, stopped: Incident, _outside: bool) -> dict[str, Any]:
    none = dict.fromkeys(("jobDefinitionId", "tenantId", "deploymentId", "batchId"))
    return {
        "id": _id(case, stopped), "processInstanceId": str(case.id), "executionId": str(case.id), "processDefinitionId": case.definition,
        "processDefinitionKey": case.process, "failedActivityId": stopped.node, "exceptionMessage": _said(stopped), "retries": 0,
        "dueDate": None, "createTime": moment(stopped.at), "suspended": False, "priority": 0, **none,
    }


def _job(id: str) -> Response:
    return jsonify(_shown(*_one(id)))


def _trace(id: str) -> Response:
    """The code of its cause, since what an error said may quote what a person typed."""
    return Response(_said(_one(id)[1]), mimetype="text/plain")


def _retries(id: str) -> tuple[str, int]:
    """One try or more sets the step going again; none leaves it as it stands."""
    case, stopped, _ = _one(id)
    if number(body(), "retries", 0, 10**6):
        _try(case, stopped)
    return "", 204


def _execute(id: str) -> tuple[str, int]:
    case, stopped, _ = _one(id)
    _try(case, stopped)
    return "", 204


def _try(case: reads.Instance, stopped: Incident) -> None:
    retry_incident(platform(), account().actor, case.id, stopped.key, "engine-rest")


def _one(id: str) -> Stopped:
    actor, number_of_case = account().actor, case_of(id.partition("-")[0])
    case = reads.instance(platform(), actor, number_of_case)
    found = next(((case, *each) for each in reads.stopped(platform(), actor, case.id) if _id(case, each[0]) == id), None)
    if found is None or not _is_job(found):
        raise IncidentGone(incident=id, case=case.code)
    return found
