"""Opens a case because a message came for which a process waits to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wardflow.cases.attach_document import Upload
from wardflow.cases.exchange import Message
from wardflow.cases.library import Matter
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.start_process import opening_of
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.exchange_errors import MessageAmbiguous


def begun_by(platform: Platform, message: Message) -> Matter | None:
    """What a message begins; a value `procedure` chooses where several procedures begin by it, else MessageAmbiguous."""
    if message.kind != "message" or message.target is not None:
        return None
    today = platform.snapshot().calendar.local(platform.now()).date()
    found = [matter for matter in platform.library.procedures(today).values() if matter.begins_by("message", message.name)]
    if (chosen := message.value.get("procedure")) is not None:
        found = [matter for matter in found if matter.procedure.code == chosen]
    if len(found) > 1:
        raise MessageAmbiguous(count=len(found), message=message.name)
    return found[0] if found else None


def begun_by_signal(platform: Platform, signal: str) -> tuple[str, ...]:
    """The procedures of which a signal begins a case today."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    return tuple(code for code, matter in platform.library.procedures(today).items() if matter.begins_by("signal", signal))


def start_by_message(
    platform: Platform, actor: Actor, message: Message, matter: Matter, *, unit: str = "", reference: str = "",
    uploads: Sequence[Upload] = (),
) -> Opened:
    """The new case; a case that threw the message hands on its applicant, and the place where it was received."""
    values = {name: value for name, value in message.value.items() if name != "procedure"}
    given, place = _handed_on(platform, message)
    opening = opening_of(matter, {**given, **values}, reference, unit or place)
    return open_case(platform, actor, opening, by=message, uploads=uploads)


def _handed_on(platform: Platform, message: Message) -> tuple[Mapping[str, Any], str]:
    if message.source is None:
        return {}, ""
    case = platform.store.cases.load(message.source).case
    return {"applicant": peek(case.state).data.get("applicant", {})}, case.places.receiving
