"""Tells a running case something its diagram listens for: damage, an obstacle, a withdrawal of the matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, nearby, running, take_up
from wardflow.cases.answer import judged_form
from wardflow.cases.commit import commit
from wardflow.cases.listening import messages
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import MessageReceived
from wardflow.errors import MessageUnwanted
from wardflow.packs import MessageKind
from wardflow.permissions import Question, known_to, require


@again_when_moved
def tell_case(platform: Platform, actor: Actor, case_id: int, message: str, value: Mapping[str, Any]) -> Case:
    """The case after the message; `message` is a row of [messages] in its pack, `value` what was filled in.

    FormRefused with every objection when a value cannot be so, MessageUnwanted when the case does not listen for it now.
    """
    held = take_up(platform, case_id)
    question = nearby(platform, held)
    known_to(actor, question)
    running(held)
    kind = wanted(held, message)
    require(actor, "tell_case", teller(question, kind))
    answer = judged_form(held.matter, kind.form, value)
    step = step_on(platform, held.matter, held.snapshot, held.case, MessageReceived(message, {message: answer.open}))
    happening = Happening("told", "", {"message": message}, answer.open, None, answer.sealed(message))
    return commit(platform, held.case, step, happening, actor, held.matter, held.snapshot)


def wanted(held: Held, message: str) -> MessageKind:
    """The row of the message; MessageUnwanted when the pack has none or nothing in the case listens for it."""
    kind = held.matter.pack.messages.get(message)
    if kind is None or message not in messages(held.matter.definition, held.case.state):
        raise MessageUnwanted(case=held.case.code, message=message)
    return kind


def teller(question: Question, kind: MessageKind) -> Question:
    """What permissions are asked about a message."""
    return replace(question, tellers=frozenset(kind.by))
