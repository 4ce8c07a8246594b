"""Keeps what a person has typed so far; a draft belongs to the task and moves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow import forms
from wardflow.cases.acting import Held, take_task
from wardflow.cases.platform import Platform
from wardflow.cases.records import Task
from wardflow.domain.people import Actor


def save_draft(platform: Platform, actor: Actor, case_id: int, task: str, value: Mapping[str, Any]) -> None:
    """Nothing; the draft is there when the form is opened again. Sealed values are not kept in a draft."""
    held, open_task = take_task(platform, actor, "save_draft", case_id, task, value)
    drafted(platform, held, open_task, value)


def drafted(platform: Platform, held: Held, task: Task, value: Mapping[str, Any]) -> None:
    """Nothing; what may be kept of a value is the task's draft now."""
    node = held.matter.definition.node(task.node)
    schema = held.matter.schema(node.attributes.get("form"))
    if schema is not None:
        opened, _ = forms.split_sealed(schema, value, schemas=held.matter.schemas)
        platform.store.papers.save_draft(held.case.id, task.task, opened)
