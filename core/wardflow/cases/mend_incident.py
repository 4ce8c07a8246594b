"""Changes data of a case that stopped a step, and tries the step again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow import forms
from wardflow.cases.acting import again_when_moved
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.standstill import Standstill, set_going, standstill, stepped, stopped_work
from wardflow.domain.people import Actor
from wardflow.engine import IncidentRetried, stopped
from wardflow.errors import DataRefused, FormRefused, IncidentGone

FILED = frozenset(("procedure", "applicant", "places", "options"))
"""What a case was opened with and is decided by; it changes by the steps of the diagram or not at all."""
FORM = "form"


@again_when_moved
def mend_incident(
    platform: Platform, actor: Actor, case_id: int, incident: str, values: Mapping[str, Any], reason: str
) -> Case:
    """The case after the new try with the changed variables; the change stays in the audit chain.

    DataRefused for what was filed, for sealed values and where nothing changes; FormRefused where the form of the case
    would no longer be what its schema asks for.
    """
    at = standstill(platform, actor, "mend_incident", case_id, incident, reason)
    known = stopped(at.held.matter.definition, at.held.case.state, stopped_work(at.incident))
    if known is None:
        raise IncidentGone(incident=incident, case=at.held.case.code)
    changed = {name: value for name, value in values.items() if name not in known.variables or known.variables[name] != value}
    _check(at, known.variables, changed)
    step = stepped(platform, at, IncidentRetried(stopped_work(at.incident), changed))
    facts = {"incident": incident, "reason": reason.strip(), "changed": sorted(changed)}
    return set_going(platform, actor, at, step, Happening("incident_mended", at.incident.node, facts, changed))


def _check(at: Standstill, before: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    if not changed:
        raise DataRefused(name="", why="nothing changes")
    for name, value in changed.items():
        if name in FILED:
            raise DataRefused(name=name, why="it stays as it was filed")
        if list(_sealed(before.get(name))) != list(_sealed(value)):
            raise DataRefused(name=name, why="what is sealed in it stays sealed")
    schema = at.held.matter.opening_schema
    if FORM in changed and schema is not None:
        found = forms.check(schema, changed[FORM], schemas=at.held.matter.schemas)
        if blocking := [objection for objection in found if objection.blocks]:
            raise FormRefused(count=len(blocking), objections=found, typed=changed[FORM])


def _sealed(value: Any, path: str = "") -> Iterator[str]:
    """Where a value has marks of what was sealed."""
    if forms.is_sealed(value):
        yield path
    elif isinstance(value, Mapping):
        for name in sorted(value):
            yield from _sealed(value[name], f"{path}/{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _sealed(part, f"{path}/{number}")
