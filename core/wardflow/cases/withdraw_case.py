"""Withdraws a case at its applicant's wish, as long as its diagram still listens for that."""

from __future__ import annotations

from wardflow.cases.acting import again_when_moved, running, take_up
from wardflow.cases.commit import commit
from wardflow.cases.listening import messages
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import MessageReceived
from wardflow.errors import MessageUnwanted, ReasonMissing
from wardflow.permissions import require


@again_when_moved
def withdraw_case(platform: Platform, actor: Actor, case_id: int, reason: str) -> Case:
    """The case after the withdrawal; MessageUnwanted once a decision is being made."""
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    require(actor, "withdraw_case", held.question())
    running(held)
    message = held.matter.pack.withdrawal
    if message not in messages(held.matter.definition, held.case.state):
        raise MessageUnwanted(case=held.case.code, message=message)
    values = {message: {"reason": reason.strip()}}
    step = step_on(platform, held.matter, held.snapshot, held.case, MessageReceived(message, values))
    happening = Happening("withdrawn", "", {"reason": reason.strip()}, values[message])
    return commit(platform, held.case, step, happening, actor, held.matter, held.snapshot)
