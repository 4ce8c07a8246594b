"""Another system hands a message to the one case that waits for it now, or to all of them; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from wardflow.cases.acting import take_up
from wardflow.cases.attach_document import Upload
from wardflow.cases.exchange import Message, ServiceAccount
from wardflow.cases.platform import Platform
from wardflow.cases.receiving import hears, listening, receive
from wardflow.cases.send_message import Sending, message_of
from wardflow.cases.start_by_message import begun_by, start_by_message
from wardflow.exchange_errors import MessageAmbiguous, MessageUnheard
from wardflow.permissions import Question, require


@dataclass(frozen=True, slots=True)
class Correlated:
    """A case that received the message, or was opened by it."""

    case_id: int
    opened: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom a message is for: a case by number or by what it is called, keys, or everybody who waits."""

    case_id: int | None = None
    reference: str = ""
    everyone: bool = False


def correlate_message(
    platform: Platform, account: ServiceAccount, name: str, keys: Mapping[str, Any], value: Mapping[str, Any], sought: Sought,
    uploads: Sequence[Upload] = (),
) -> tuple[Correlated, ...]:
    """Who received it; MessageUnheard when nobody waits for it, MessageAmbiguous when several do and one was meant."""
    require(account.actor, "send_message", Question(message=name))
    message = message_of(platform, account, Sending(name, keys, value))
    found = _waiting(platform, message, sought)
    if len(found) > 1 and not sought.everyone:
        raise MessageAmbiguous(count=len(found), message=name)
    received = tuple(Correlated(case_id, False) for case_id in found if _received(platform, account, message, case_id, uploads))
    if not received and sought.case_id is None and (matter := begun_by(platform, message)) is not None:
        opened = start_by_message(platform, account.actor, message, matter, unit=account.unit, reference=sought.reference, uploads=uploads)
        return (Correlated(opened.case_id, True),)
    if not received and not sought.everyone:
        raise MessageUnheard(message=name)
    return received


def _received(platform: Platform, account: ServiceAccount, message: Message, case_id: int, uploads: Sequence[Upload]) -> bool:
    own = replace(message, id=uuid4().hex)
    return receive(platform, account.actor, own, case_id, by_data=True, uploads=uploads) is not None


def _waiting(platform: Platform, message: Message, sought: Sought) -> list[int]:
    """The cases that wait for the message; where one is meant, no more than it takes to see that there are several."""
    among: list[Message] = [message]
    if sought.case_id is not None:
        among = [replace(message, target=sought.case_id)]
    elif sought.reference:
        among = [replace(message, target=case_id) for case_id in platform.store.messages.case_of(sought.reference)]
    found: list[int] = []
    for each in among:
        for case_id in listening(platform, each):
            if hears(platform, take_up(platform, case_id), each, by_data=True) is not None:
                found.append(case_id)
            if len(found) > 1 and not sought.everyone:
                return found
    return found
