"""Another system sends a message or a signal: delivered at once where somebody listens, kept otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from wardflow.cases.exchange import Message, MessageState, ServiceAccount, beginnings
from wardflow.cases.held_work import check_names
from wardflow.cases.platform import Platform
from wardflow.cases.receiving import listening, receive
from wardflow.cases.start_by_message import begun_by, begun_by_signal, start_by_message
from wardflow.errors import CaseUnknown
from wardflow.exchange_errors import KeyReused, MessageAmbiguous, MessageUnheard
from wardflow.permissions import Question, require

DELIVERED, WAITING = str(MessageState.DELIVERED), str(MessageState.WAITING)


@dataclass(frozen=True, slots=True)
class Sending:
    """What another system sends; `case` is a code or a reference, empty for whoever listens; `wait` is how long it is kept."""

    name: str
    keys: Mapping[str, Any] = field(default_factory=dict)
    value: Mapping[str, Any] = field(default_factory=dict)
    case: str = ""
    signal: bool = False
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What its sender is told; a repeated call is told the same, whatever has become of the message."""

    id: str
    state: str
    case: str | None = None


def send_message(platform: Platform, account: ServiceAccount, sending: Sending, key: str = "") -> Sent:
    """What became of the message; the same `key` of the same account again has no second effect and the same answer.

    KeyReused when the key came with another message before, CaseUnknown for a case that is not there, MessageAmbiguous
    for a reference that several cases bear or a message that begins several procedures.
    """
    require(account.actor, "send_message", Question(message=sending.name))
    once = hashlib.sha256(f"{account.name}\n{key}".encode()).hexdigest() if key else None
    if once and (before := _before(platform, once, sending)):
        return before
    message = message_of(platform, account, sending, once)
    try:
        return _spread(platform, account, message) if sending.signal else _handed(platform, account, message)
    except Exception as error:
        if once and platform.store.messages.is_duplicate(error) and (before := _before(platform, once, sending)):
            return before    # the same call came twice at the same moment
        raise


def message_of(platform: Platform, account: ServiceAccount, sending: Sending, once: str | None = None) -> Message:
    """The message as it is when somebody listens for it: delivered with the act that receives it."""
    now, longest = platform.now(), timedelta(days=platform.settings.message_days)
    ends = now + min(sending.wait if sending.wait is not None else longest, longest)
    return Message(
        uuid4().hex, "signal" if sending.signal else "message", sending.name, sending.keys, sending.value, account.actor.person,
        now, ends, state=MessageState.DELIVERED, target=_target(platform, sending.case), sent_once=once, told=DELIVERED,
    )


def _target(platform: Platform, case: str) -> int | None:
    if not case:
        return None
    found = platform.store.messages.case_of(case)
    if not found:
        raise CaseUnknown(case=case)
    if len(found) > 1:
        raise MessageAmbiguous(count=len(found), message=case)
    return found[0]


def _handed(platform: Platform, account: ServiceAccount, message: Message) -> Sent:
    for case_id in listening(platform, message):
        if (case := receive(platform, account.actor, message, case_id)) is not None:
            return Sent(message.id, DELIVERED, case.code)
    if (matter := begun_by(platform, message)) is not None:
        opened = start_by_message(platform, account.actor, message, matter, unit=account.unit)
        return Sent(message.id, DELIVERED, opened.code)
    check_names(message.value)
    platform.store.messages.keep(replace(message, state=MessageState.NEW, told=WAITING))
    return Sent(message.id, WAITING)


def _spread(platform: Platform, account: ServiceAccount, signal: Message) -> Sent:
    """Every case that listens will hear it, or the one it is for does at once; the worker opens what it begins."""
    if signal.target is not None:
        case = receive(platform, account.actor, signal, signal.target)
        if case is None:
            raise MessageUnheard(message=signal.name)
        return Sent(signal.id, DELIVERED, case.code)
    check_names(signal.value)
    begun = begun_by_signal(platform, signal.name)
    platform.store.messages.spread(signal, beginnings(signal, begun, {"receiving": account.unit} if account.unit else {}))
    return Sent(signal.id, DELIVERED)


def _before(platform: Platform, once: str, sending: Sending) -> Sent | None:
    found = platform.store.messages.sent_once(once)
    if found is None:
        return None
    message, code = found
    if (message.name, dict(message.keys), message.kind == "signal") != (sending.name, dict(sending.keys), sending.signal):
        raise KeyReused()
    return Sent(message.id, message.told, code if message.told == DELIVERED else None)
