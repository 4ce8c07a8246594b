"""Merges a case into an open one about the same thing: it follows that one from now on, and its sender hears the result."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import Held, again_when_moved, nearby, running, take_up
from wardflow.cases.commit import changes
from wardflow.cases.listening import messages
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import MessageReceived
from wardflow.errors import MergeRefused, MessageUnwanted, ReasonMissing
from wardflow.permissions import known_to, require

MERGED = "merged"
"""The message by which a case hears that another one is about the same thing."""


@again_when_moved
def merge_case(platform: Platform, actor: Actor, case_id: int, main_code: str, reason: str) -> Case:
    """The case after it was merged; `main_code` is the case it follows from now on.

    MessageUnwanted when its diagram does not listen for that now, MergeRefused where the other case cannot carry it.
    """
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    question = nearby(platform, held)
    known_to(actor, question)
    running(held)
    require(actor, "merge_case", question)
    if MERGED not in messages(held.matter.definition, held.case.state):
        raise MessageUnwanted(case=held.case.code, message=MERGED)
    main = take_up(platform, platform.store.cases.id_of(main_code))
    known_to(actor, nearby(platform, main))
    _fits(platform, held, main.case)
    said = {"into": main.case.code, "reason": reason.strip()}
    step = step_on(platform, held.matter, held.snapshot, held.case, MessageReceived(MERGED, {MERGED: said}))
    change = changes(platform, held.case, step, Happening(MERGED, "", said, said), actor, held.matter, held.snapshot)
    return platform.store.cases.apply(replace(change, follows=main.case.id))


def _fits(platform: Platform, held: Held, main: Case) -> None:
    """Nothing, or MergeRefused: the other one is open, not itself merged, of the same kind in the same area, and this one has no parent yet."""
    case = held.case
    here, there = platform.store.spots.of(case.id), platform.store.spots.of(main.id)
    why = ""
    if main.id == case.id:
        why = "it is the same case"
    elif main.status is CaseStatus.ENDED or main.stopped_at is not None:
        why = "that case has ended or follows another one"
    elif here is None or there is None or (here.area, here.kind) != (there.area, there.kind):
        why = "they are not of one kind in one area"
    elif platform.store.links.kin(case.id)[0] is not None:
        why = "it was made of another case"
    if why:
        raise MergeRefused(case=case.code, main=main.code, why=why)
