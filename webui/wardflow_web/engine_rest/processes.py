"""Start: another system opens a case."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request
from wardflow.cases.attach_document import take_in
from wardflow.cases.reads.instances import Instance, definition_id, instance
from wardflow.cases.start_process import matter_of, start_process
from wardflow.errors import ProcedureUnknown

from wardflow_web.callers import account, body, text
from wardflow_web.engine_rest.variables import given, typed
from wardflow_web.visitor import platform


def add(calls: Blueprint) -> None:
    """Adds the calls about processes and their instances."""
    calls.post("/process-definition/key/<key>/start")(_start)
    calls.post("/process-definition/key/<key>/tenant-id/<tenant>/start", endpoint="start_of_tenant")(_start)
    calls.post("/process-definition/<id>/start")(_start_version)


def _start(key: str, tenant: str = "") -> Response:
    """Tenants are not known here; whoever names one means the same process."""
    sent = body()
    reference = text(sent, "businessKey")
    values, uploads = given(sent.get("variables"), partial(take_in, platform()))
    opened = start_process(
        platform(), account(), key, values, reference=reference, key=request.headers.get("Idempotency-Key", ""), uploads=uploads,
    )
    found = instance(platform(), account().actor, opened.case_id)
    answer = {**shown(found, reference), "tenantId": tenant or None}
    if sent.get("withVariablesInReturn") is True:
        answer["variables"] = typed(found.data)
    return jsonify(answer)


def _start_version(id: str) -> Response:
    """By the id of a definition: new cases run by the newest version alone, so any other one is unknown."""
    process = id.split(":")[0]
    matter = matter_of(platform(), process, platform().snapshot().calendar.local(platform().now()).date())
    if id != definition_id(platform(), matter.procedure.process, matter.pack.digest):
        raise ProcedureUnknown(procedure=id)
    return _start(process)


def number_of(id: str) -> int:
    """The number of a case that an id names; 0, which is no case, for anything else."""
    return int(id) if id.isascii() and id.isdigit() and len(id) < 10 else 0


def shown(found: Instance, reference: str = "") -> dict[str, Any]:
    """A case as an instance of its process."""
    link = {"method": "GET", "href": f"{request.host_url}engine-rest/process-instance/{found.id}", "rel": "self"}
    return {
        "id": str(found.id), "definitionId": found.definition, "definitionKey": found.process, "businessKey": reference or found.reference or found.code,
        "caseInstanceId": None, "ended": found.ended, "suspended": False, "tenantId": None, "links": [link],
    }
