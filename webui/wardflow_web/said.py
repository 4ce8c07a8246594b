"""What people wrote in the steps of a case, for the officials who go on with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import g
from wardflow import forms
from wardflow.cases.library import Matter
from wardflow.cases.reads.views import CaseView, TimelineRow
from wardflow.cases.records import Entry
from wardflow.domain.register import Register
from wardflow.forms import Row

from wardflow_web.marks import unit_name
from wardflow_web.visitor import platform

Told = tuple[TimelineRow, tuple[Row, ...]]


def told(case: CaseView, *, answers: bool) -> list[Told]:
    """The timeline, newest first, each row with what was written in its step; an applicant is told no inner notes."""
    if not answers:
        return [(row, ()) for row in reversed(case.timeline)]
    matter = platform().library.matter_of(platform().store.cases.load(case.id).case)
    entries = platform().store.papers.entries(case.id)
    written = [_written(entry, matter, platform().register()) for entry in entries]
    return list(reversed(list(zip(case.timeline, written, strict=False))))


def _written(entry: Entry, matter: Matter, register: Register) -> tuple[Row, ...]:
    node = matter.definition.nodes.get(entry.node)
    value = (entry.value or {}).get(entry.node) if entry.kind == "opened" else entry.value
    schema = matter.schema(node.attributes.get("form")) if node else None
    if not value or schema is None:
        return ()
    return named(forms.summary(schema, value, schemas=matter.schemas, language=g.language), register)


def named(rows: Iterable[Row], register: Register) -> tuple[Row, ...]:
    """The rows with people and units by their names."""
    return tuple(replace(row, text=_named(row, register)) for row in rows)


def _named(row: Row, register: Register) -> str:
    """A person or a unit by name: forms keep ids."""
    if not isinstance(row.value, str) or row.text != row.value:
        return row.text
    if register.knows(row.value):
        return register.person(row.value).name
    return next((unit_name(unit) for unit in register.units if unit.id == row.value), row.text)
