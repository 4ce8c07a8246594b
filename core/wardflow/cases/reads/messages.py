"""Messages that wait for a receiver or found none: for operators all of them, for heads those from and to their cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.cases.exchange import BEGINS, LINKED, Message, MessageState, Settled
from wardflow.cases.platform import Platform
from wardflow.cases.settle_message import question_of
from wardflow.domain.people import Actor
from wardflow.permissions import Question, may

MOST = 500
SHOWN = 3
"""Signs at the end of a key that are shown: enough to tell two apart, too few to name anybody."""
PLAIN = frozenset({LINKED, BEGINS})
"""Keys of the platform's own, which name no person."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as whoever looks after it sees it: nothing of what it says."""

    id: str
    kind: str
    name: str
    keys: Mapping[str, str]
    sender: str
    """the service account that sent it; empty where a case did"""
    case: str
    """the code of the case that threw it, or that it is for"""
    at: datetime
    until: datetime
    over: bool
    """its time is over; what it says is forgotten at `until`"""
    can: frozenset[str]


def messages(platform: Platform, actor: Actor) -> tuple[MessageRow, ...]:
    """Those the actor may see, the oldest first."""
    rows = (_row(platform, actor, message) for message in platform.store.unheard.listed(MOST))
    return tuple(row for row in rows if row is not None)


def settled_messages(platform: Platform, actor: Actor) -> tuple[tuple[Settled, str], ...]:
    """What was done about messages lately, and by whom; for operators."""
    if not may(actor, "see_messages", Question()):
        return ()
    snapshot = platform.snapshot()
    return tuple((each, snapshot.name_of(each.by)) for each in platform.store.unheard.settled(MOST))


def _row(platform: Platform, actor: Actor, message: Message) -> MessageRow | None:
    question = question_of(platform, message)
    if not may(actor, "see_messages", question):
        return None
    return MessageRow(
        message.id, message.kind, message.name, {name: _masked(name, value) for name, value in message.keys.items()},
        message.sender.removeprefix("service:"), question.case.code if question.case else "", message.at, message.expires_at,
        message.state is MessageState.EXPIRED, frozenset(act for act in ("resend_message", "discard_message") if may(actor, act, question)),
    )


def _masked(name: str, value: Any) -> str:
    """The end of a key that has a digit; a key may be a telephone or an identity number, and a word may be a name."""
    text = str(value)
    if name in PLAIN:
        return text
    return f"…{text[-SHOWN:]}" if len(text) > SHOWN and any(sign.isdigit() for sign in text) else "…"
