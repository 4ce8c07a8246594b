"""What a person typed, judged: open values for the case, sealed ones apart, objections when something cannot be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wardflow import forms
from wardflow.cases.fielded import Fielded, at_opening
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.records import SealedValue
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.reasons import Objection
from wardflow.domain.record import record
from wardflow.engine import Node
from wardflow.errors import FormRefused


@record(frozen=True, slots=True)
class Answer:
    """A form's value without what is sealed, and the sealed values by pointer with the role that may open each."""

    open: Mapping[str, Any]
    closed: Mapping[str, tuple[str, Any]]
    warnings: tuple[Objection, ...] = ()

    def sealed(self, variable: str) -> tuple[SealedValue, ...]:
        """The sealed values as rows; a reference is the variable and the pointer inside it."""
        return tuple(SealedValue(variable + pointer, role, value) for pointer, (role, value) in self.closed.items())


def judged(matter: Matter, node: Node, value: Mapping[str, Any], fielded: Fielded | None = None) -> Answer:
    """The answer to a task's form, by its schema and the rules that look at it; a task without a form takes no values."""
    return judged_form(matter, node.attributes.get("form"), value, fielded)


def judged_form(
    matter: Matter, path: str | None, value: Mapping[str, Any], fielded: Fielded | None = None
) -> Answer:
    """The answer to a form of the pack; without a form no values are taken."""
    schema = matter.schema(path)
    if schema is None:
        return Answer({}, {})
    if fielded is None:
        return _judged(matter, schema, value, ())
    return _asked(matter, schema, value, fielded)


def judged_opening(platform: Platform, matter: Matter, opening: Opening, snapshot: Snapshot) -> Answer:
    """The answer to the form with which a case opens, judged by its schema and by the rules of the field."""
    if matter.opening_schema is None:
        return Answer({}, {})
    return _asked(matter, matter.opening_schema, opening.form, at_opening(platform, matter, opening, snapshot))


def _asked(matter: Matter, schema: Mapping[str, Any], value: Mapping[str, Any], fielded: Fielded) -> Answer:
    value = fielded.completed(value)
    found = forms.check(schema, value, schemas=matter.schemas)
    return _judged(matter, schema, value, fielded.objections(value, already=found))


def _judged(matter: Matter, schema: Mapping[str, Any], value: Mapping[str, Any], rules: Sequence[Objection]) -> Answer:
    kept, found = forms.settle(schema, value, schemas=matter.schemas)
    said = (*found, *rules)
    if blocking := [objection for objection in said if objection.blocks]:
        raise FormRefused(count=len(blocking), objections=said, typed=value)
    roles = matter.sealed_roles(schema)
    if not roles:
        return Answer(kept, {}, said)
    opened, closed = forms.split_sealed(schema, kept, schemas=matter.schemas)
    return Answer(opened, {at: (roles[at], value) for at, value in closed.items()}, said)
