"""Whatever else in a state names elements: joins, finished work that can be undone, conditions, answers."""

from __future__ import annotations

from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.engine.definition import Node
from wardflow.engine.passage import PEOPLE, Passage
from wardflow.engine.stepper.gateways import FIRED, REPORTED
from wardflow.engine.stepper.run import Run

TOKENS = "#"
"""Counts what came to an activity that needs several tokens; it has no flows of its own."""


class Blocked(Exception):
    """Something the case is at is not the same in the new version."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.reason = Reason(f"migration.{code}", facts)


def there(passage: Passage, id: str) -> Node:
    """The element in the target; Blocked where it was removed."""
    node = passage.node(id)
    if node is None:
        raise Blocked("step-removed", step=passage.name(id))
    return node


def moved_joins(run: Run, passage: Passage, key: str) -> None:
    """Tokens that wait at a join wait there over the same flows; a join with other flows is another join."""
    scope, _, id = key.partition("|")
    old, new, counts = passage.source.nodes[id], there(passage, id), run.state.joins.pop(key)
    flows = {flow: passage.flow(old, flow) for flow in old.ins}
    same = set(flows.values()) == set(new.ins) and len(flows) == len(new.ins)
    if old.kind != new.kind or not same or old.start_quantity != new.start_quantity:
        raise Blocked("join-changed", step=new.id)
    marks = {FIRED: FIRED, REPORTED: REPORTED, TOKENS: TOKENS}
    run.state.joins[f"{scope}|{new.id}"] = {str({**flows, **marks}[flow]): count for flow, count in counts.items()}


def undone(passage: Passage, entry: list[Any]) -> list[Any]:
    """A finished activity that can be undone, with those inside it."""
    activity, inner = entry
    old, new = passage.source.nodes[activity], there(passage, activity)
    if new.compensated_by != (passage.name(old.compensated_by) if old.compensated_by else None):
        raise Blocked("compensation-changed", step=new.id)
    return [new.id, [undone(passage, each) for each in inner] if inner else inner]


def moved_compensations(run: Run, passage: Passage) -> None:
    """Finished work that can be undone is undone by the same handlers."""
    kept = run.state.compensations
    run.state.compensations = {scope: [undone(passage, each) for each in todo] for scope, todo in kept.items()}


def moved_marks(run: Run, passage: Passage) -> None:
    """Conditions that hold and triggers that were heard, as far as their events are still the same."""
    state = run.state

    def key(text: str) -> str | None:
        owner, _, event = text.partition("|")
        old, new = passage.source.nodes.get(event), passage.node(event)
        return f"{owner}|{new.id}" if old and new and passage.same_event(old, new) else None

    state.conditions = [mark for text in state.conditions if (mark := key(text)) is not None]
    state.heard = {mark: numbers for text, numbers in state.heard.items() if (mark := key(text)) is not None}


def rename_answers(run: Run, passage: Passage) -> None:
    """What was answered at a renamed step is known under its new name; where the old name stands for another step now,
    it is known under both."""
    people = {node.element for node in passage.source.nodes.values() if node.kind in PEOPLE}
    renamed = {old: new for old, new in passage.steps.items() if old in people and old != new}
    still = {node.element for node in passage.target.nodes.values()}
    state = run.state
    for level in (state.data, *(scope.vars for scope in state.scopes.values() if scope.vars is not None)):
        answers = {new: level[old] for old, new in renamed.items() if old in level}
        for old in renamed.keys() - still:
            level.pop(old, None)
        level.update(answers)
