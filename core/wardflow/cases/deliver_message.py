"""Delivers a message that was kept: to the case that has listened longest, to a new case, or later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from wardflow.cases.exchange import BEGINS, CHILD, CHILDREN, LINKED, PARENT, Message, MessageState
from wardflow.cases.platform import Platform
from wardflow.cases.receiving import listening, receive
from wardflow.cases.situation import SYSTEM
from wardflow.cases.start_by_message import begun_by, start_by_message
from wardflow.errors import WardflowError
from wardflow.exchange_errors import MessageSpent

BATCH = 100
WAITS = (MessageState.NEW, MessageState.WAITING)


def deliver_message(platform: Platform, id: str) -> bool:
    """True when this call delivered the message; where nobody listens it waits, and a signal is over.

    A case that cannot receive it is passed over for the next one; where there is none, its error is raised.
    """
    message = platform.store.messages.find(id)
    if message is None or message.state not in WAITS or message.expires_at <= platform.now():
        return False
    if message.source is not None and message.keys.get(LINKED) == CHILDREN:
        return _handed_out(platform, message)
    try:
        if message.kind == "signal" and BEGINS in message.keys:
            return _begun(platform, message)
        if _received(platform, message):
            return True
        if message.state is MessageState.NEW and (matter := begun_by(platform, message)) is not None:
            start_by_message(platform, SYSTEM, message, matter)
            return True
    except MessageSpent:    # another worker was first
        return False
    platform.store.messages.waits(id)
    return False


def _begun(platform: Platform, signal: Message) -> bool:
    """True when the signal began its case; a procedure that is no longer offered has none."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    matter = platform.library.procedures(today).get(signal.keys[BEGINS])
    if matter is None or not matter.begins_by("signal", signal.name):
        platform.store.messages.waits(signal.id)
        return False
    start_by_message(platform, SYSTEM, signal, matter)
    return True


def _handed_out(platform: Platform, message: Message) -> bool:
    """True when every linked case got the message as one of its own; begun anew, it is given to nobody twice."""
    for case_id in platform.store.links.kin(message.source or 0)[1]:
        try:
            platform.store.messages.keep(replace(message, id=f"{message.id}:{case_id}", keys={}, target=case_id, state=MessageState.NEW))
        except Exception as error:
            if not platform.store.messages.is_duplicate(error):
                raise
    platform.store.messages.over(message.id)
    return True


def _received(platform: Platform, message: Message) -> bool:
    broken: WardflowError | None = None
    for meant in _meant(platform, message):
        for case_id in listening(platform, meant):
            try:
                if receive(platform, SYSTEM, meant, case_id) is not None:
                    return True
            except MessageSpent:
                raise
            except WardflowError as failed:
                broken = broken or failed
    if broken is not None:
        raise broken
    return False


def _meant(platform: Platform, message: Message) -> tuple[Message, ...]:
    """The message for each case it may reach: a case may speak to the one that opened it, or to those it opened."""
    side = message.keys.get(LINKED)
    if message.source is None or side not in (PARENT, CHILD):
        return (message,)
    parent, children = platform.store.links.kin(message.source)
    kin = children if side == CHILD else () if parent is None else (parent,)
    return tuple(replace(message, target=case_id) for case_id in kin)


def seek_messages(platform: Platform, deliver: Callable[[str], bool]) -> int:
    """How many messages that waited were delivered to cases which have begun to listen meanwhile."""
    listeners = platform.store.messages.newly_listening(BATCH)
    delivered = 0
    for listener in listeners:
        after = ("", "")
        while page := platform.store.messages.waiting_for(listener, after):
            delivered += sum(deliver(id) for _, id in page)
            after = page[-1]
    if listeners:
        platform.store.messages.looked(listeners)
    return delivered


def expire_messages(platform: Platform) -> int:
    """How many messages found no receiver in their time."""
    now = platform.now()
    return platform.store.messages.expire(now, now + timedelta(days=platform.settings.message_days))
