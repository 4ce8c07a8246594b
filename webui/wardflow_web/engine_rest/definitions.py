"""Processes and decisions in force, and the version of the platform."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from wardflow.cases.reads.definitions import ProcessDefinition, decided, definition, definitions, version

from wardflow_web.callers import account, body, number
from wardflow_web.engine_rest.variables import plain, typed
from wardflow_web.visitor import platform

MOST = 1000


def add(calls: Blueprint) -> None:
    """Adds the calls about definitions."""
    calls.get("/process-definition", endpoint="definitions_list")(_list)
    calls.get("/process-definition/count", endpoint="definitions_count")(_count)
    calls.get("/process-definition/<id>", endpoint="definitions_one")(_one)
    calls.get("/process-definition/<id>/xml", endpoint="definition_xml")(_xml)
    for way in ("", "/tenant-id/<tenant>"):
        calls.get(f"/process-definition/key/<key>{way}", endpoint=f"definition_by_key{bool(way):d}")(_by_key)
        calls.get(f"/process-definition/key/<key>{way}/xml", endpoint=f"definition_xml_by_key{bool(way):d}")(_xml_by_key)
        calls.post(f"/decision-definition/key/<key>{way}/evaluate", endpoint=f"decide{bool(way):d}")(_decide)
    calls.get("/version")(lambda: jsonify(version=version()))


def _list() -> Response:
    asked = request.args
    first, most = number(asked, "firstResult", 0, 10**6), number(asked, "maxResults", MOST, MOST)
    return jsonify([_row(each) for each in _found()[first : first + most]])


def _count() -> Response:
    return jsonify(count=len(_found()))


def _found() -> list[ProcessDefinition]:
    """New cases run by the newest version of each alone, so `latestVersion` leaves nothing out."""
    asked = request.args
    given = {"id": asked.get("processDefinitionId"), "pack": asked.get("deploymentId"), "name": asked.get("name")}
    found = definitions(platform(), account().actor, asked.get("key", ""))
    return [each for each in found if all(value in (None, getattr(each, name)) for name, value in given.items())]


def _one(id: str) -> Response:
    return jsonify(_row(definition(platform(), account().actor, id)))


def _xml(id: str) -> Response:
    found = definition(platform(), account().actor, id)
    return jsonify(id=found.id, bpmn20Xml=found.xml)


def _by_key(key: str, tenant: str = "") -> Response:
    """Tenants are not known here; whoever names one means the same process."""
    return jsonify(_row(definition(platform(), account().actor, key=key)))


def _xml_by_key(key: str, tenant: str = "") -> Response:
    found = definition(platform(), account().actor, key=key)
    return jsonify(id=found.id, bpmn20Xml=found.xml)


def _decide(key: str, tenant: str = "") -> Response:
    """A rule is an object; a table that gives one value without a name gives it under the name of the decision."""
    found = decided(platform(), account().actor, key, plain(body().get("variables")))
    rules = found if isinstance(found, list) else [] if found is None else [found]
    return jsonify([typed(rule if isinstance(rule, dict) else {key: rule}) for rule in rules])


def _row(found: ProcessDefinition) -> dict[str, Any]:
    none = dict.fromkeys(("category", "description", "diagram", "tenantId", "versionTag", "historyTimeToLive"))
    return {
        "id": found.id, "key": found.key, "name": found.name, "version": found.version, "resource": found.file, "deploymentId": found.pack,
        "suspended": False, "startableInTasklist": True, **none,
    }
