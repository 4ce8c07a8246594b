"""What every act on external work begins with: the work, and whether this worker of this account has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.exchange import ExternalTask
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.engine import Node
from wardflow.exchange_errors import NameTaken, WorkGone, WorkHeld
from wardflow.packs.answers import BEGINNING
from wardflow.permissions import Question, require


def work_of(platform: Platform, actor: Actor, id: str) -> ExternalTask:
    """The work that the account may answer; WorkGone once it was completed or is no longer wanted."""
    case, _, task = id.partition("-")
    found = platform.store.external_tasks.find(int(case), task) if case.isascii() and case.isdigit() and len(case) < 10 else None
    if found is None:
        raise WorkGone(id=id)
    require(actor, "answer_work", Question(topic=found.task.topic))
    return found.task


def held_by(platform: Platform, actor: Actor, id: str, worker: str) -> ExternalTask:
    """The same, for the worker that has locked it; WorkHeld for any other. A lock that ran out holds until the next worker comes."""
    work = work_of(platform, actor, id)
    if work.worker != worker or work.account != actor.person:
        raise WorkHeld(id=id, worker=worker)
    return work


def check_names(values: Mapping[str, Any], node: Node | None = None) -> None:
    """NameTaken for a value that would write over what was handed in; what the diagram maps goes where it says."""
    if node is not None and (node.result or node.outputs):
        return
    for name in values:
        if name in BEGINNING:
            raise NameTaken(name=name)
