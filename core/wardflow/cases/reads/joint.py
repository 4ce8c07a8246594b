"""Decisions over several cases: the cases that wait at the same step, and what one decision did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow import forms
from wardflow.cases.acting import Held, nearby, take_up
from wardflow.cases.joint_list import listed, slip_of
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words, state_words, step_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import TaskStatus
from wardflow.cases.slip_lines import cells, headings
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.errors import DocumentUnknown
from wardflow.packs import Slip
from wardflow.permissions import may

MOST = 500
"""Cases in one decision."""
Chosen = tuple[int, str]


@dataclass(frozen=True, slots=True)
class JointRow:
    """One case of a decision, with what the list says of it."""

    case_id: int
    task: str
    code: str
    cells: tuple[str, ...]
    state: Words


@dataclass(frozen=True, slots=True)
class JointView:
    """The cases that one decision may be made over, and its form."""

    title: Words
    procedure: Words
    slip: Words
    headings: tuple[str, ...]
    rows: tuple[JointRow, ...]
    more: int
    """how many others wait at the same step"""
    schema: Mapping[str, Any]
    schemas: forms.Schemas
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JointDone:
    """A decision that was made: its number, its list, and where its paper is opened."""

    title: Words
    number: str
    at: datetime
    headings: tuple[str, ...]
    rows: tuple[JointRow, ...]
    case: str
    document: str


def joint(platform: Platform, actor: Actor, chosen: Sequence[Chosen], language: str, *, every: bool = False) -> JointView | None:
    """The chosen tasks that are done together with the first of them, and with `every` all that wait there; None where there is none."""
    held = list(_takeable(platform, actor, chosen[:MOST]))
    if not held:
        return None
    first, slip = held[0]
    others = list(_takeable(platform, actor, _waiting(platform, actor, first)))
    together = [each for each, _ in (held + others if every else held) if _alike(each) == _alike(first)]
    unique = {(each.case.id, _task(each)): each for each in together}
    same = {(each.case.id, _task(each)) for each, _ in others if _alike(each) == _alike(first)}
    assert first.task is not None
    node = first.matter.definition.node(first.task.node)
    schema = first.matter.schema(node.attributes.get("form")) or {}
    return JointView(
        title=step_words(first.matter, first.task.node), procedure=procedure_words(first.matter),
        slip=Words(slip.title, slip.title_en), headings=headings(first, slip, language),
        rows=tuple(_row(each, slip, peek(each.case.state).data, language) for each in unique.values()),
        more=len(same - unique.keys()), schema=schema, schemas=first.matter.schemas,
        value=forms.defaults(schema, schemas=first.matter.schemas) or {},
    )


def joint_done(platform: Platform, actor: Actor, key: str, language: str) -> JointDone:
    """A decision by its key, as far as the reader may see its cases; DocumentUnknown where there is none for them."""
    papers = platform.store.papers.joint(key)
    for slip_id in dict.fromkeys(str(paper.facts["slip"]) for paper in papers):
        cases = [(held, paper) for held, paper in listed(platform, key, slip_id) if may(actor, "open_document", nearby(platform, held))]
        if cases:
            held, paper = cases[0]
            slip = held.matter.pack.slips[slip_id]
            rows = tuple(_row(each, slip, found.facts["data"], language) for each, found in cases)
            return JointDone(
                Words(slip.title, slip.title_en), paper.number, paper.at, headings(held, slip, language), rows, held.case.code, paper.document
            )
    raise DocumentUnknown(case=key, document="")


def _takeable(platform: Platform, actor: Actor, chosen: Sequence[Chosen]) -> Iterator[tuple[Held, Slip]]:
    for case_id, task in dict.fromkeys(chosen):
        held = take_up(platform, case_id, task)
        if held.task is None or held.task.status is not TaskStatus.OPEN or not may(actor, "complete_task", held.question()):
            continue
        slip = slip_of(held.matter, held.matter.definition.node(held.task.node))
        if slip is not None:
            yield held, slip


def _waiting(platform: Platform, actor: Actor, first: Held) -> list[Chosen]:
    """The tasks the reader could complete, like the first."""
    assert first.task is not None
    worklist = platform.store.worklist
    pairs = (*worklist.mine(actor.person, MOST), *worklist.queue([(first.task.unit, first.task.role)], MOST))
    return [(task.case_id, task.task) for task, _ in pairs if (task.node, task.unit) == (first.task.node, first.task.unit)]


def _alike(held: Held) -> tuple[str, str, str]:
    assert held.task is not None
    return held.case.process, held.task.node, held.task.unit


def _task(held: Held) -> str:
    return held.task.task if held.task else ""


def _row(held: Held, slip: Slip, data: Mapping[str, Any], language: str) -> JointRow:
    state = state_words(held.matter, held.case.business_state)
    return JointRow(held.case.id, _task(held), held.case.code, cells(held, slip, data, language), state)
