"""Hands a task over to a colleague for a while; its holder gets it back when either of them says so."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_task
from wardflow.cases.commit import record
from wardflow.cases.desk_records import Delegation
from wardflow.cases.handing import require_taker
from wardflow.cases.notes import handed
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.errors import ReasonMissing


@again_when_moved
def delegate_task(platform: Platform, actor: Actor, case_id: int, task: str, to: str, reason: str) -> Case:
    """The case with the task in a colleague's hands, who is told; whoever held it first gets it back."""
    if not reason.strip():
        raise ReasonMissing()
    held, open_task = take_task(platform, actor, "delegate_task", case_id, task)
    require_taker(platform, held, open_task, to)
    if to == actor.person:
        return held.case
    before = platform.store.desk_notes.delegation(case_id, task)
    owner = before.owner if before is not None and before.holder == actor.person else actor.person
    facts = {"task": task, "reason": reason.strip(), "to_person": to, "name": held.snapshot.name_of(to)}
    change = record(held.case, Happening("delegated", open_task.node, facts), platform, actor)
    over = () if owner == to else (Delegation(case_id, task, owner, to),)
    told = handed(change, to, actor, held.case)
    return platform.store.cases.apply(replace(change, tasks_held=((task, to),), given_back=(task,), delegated=over, notices=told))
