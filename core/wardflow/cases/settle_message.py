"""A person sends a message again that found no receiver, or gives it up; both with a reason."""

from __future__ import annotations

from datetime import timedelta

from wardflow.cases.exchange import Message, Settled
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.errors import CaseUnknown, ReasonMissing
from wardflow.exchange_errors import MessageSpent
from wardflow.permissions import Question, require


def resend_message(platform: Platform, actor: Actor, id: str, reason: str) -> None:
    """The worker looks for its receiver anew, as long as for a new one; MessageSpent once it was delivered, discarded or forgotten."""
    settled = _settled(platform, actor, "resend_message", id, reason)
    if not platform.store.unheard.send_again(settled, platform.now() + timedelta(days=platform.settings.message_days)):
        raise MessageSpent(id=id)


def discard_message(platform: Platform, actor: Actor, id: str, reason: str) -> None:
    """It reaches nobody any more, and what it said is forgotten; its sender's key is still remembered. MessageSpent as above."""
    settled = _settled(platform, actor, "discard_message", id, reason)
    if not platform.store.unheard.discard(settled, platform.now() + timedelta(days=platform.settings.message_days)):
        raise MessageSpent(id=id)


def _settled(platform: Platform, actor: Actor, act: str, id: str, reason: str) -> Settled:
    message: Message | None = platform.store.messages.find(id)
    if message is None:
        raise MessageSpent(id=id)
    require(actor, act, question_of(platform, message))
    if not reason.strip():
        raise ReasonMissing()
    return Settled(id, message.name, act, actor.person, platform.now(), reason.strip())


def question_of(platform: Platform, message: Message) -> Question:
    """What permissions are asked about: the case that threw the message, or else the one it is for, as long as it is kept."""
    about = message.source or message.target
    try:
        case = platform.store.cases.load(about).case if about else None
    except CaseUnknown:    # it was archived
        case = None
    if case is None:
        return Question()
    return Question(case, register=platform.register(), heads=platform.library.matter_of(case).heads)
