"""How a case receives a message or a signal: exactly once, in the transaction that moves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, take_up
from wardflow.cases.answer import judged_form
from wardflow.cases.attach_document import Upload, papers
from wardflow.cases.commit import changes
from wardflow.cases.exchange import Message, MessageState
from wardflow.cases.held_work import check_names
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Change
from wardflow.cases.situation import Happening
from wardflow.cases.stepping import host, step_on
from wardflow.domain.people import Actor
from wardflow.engine import MessageReceived, Node, SignalReceived, hearer, peek


def event_of(message: Message, values: Mapping[str, Any] | None = None) -> MessageReceived | SignalReceived:
    """The event that a message is for a case."""
    said = message.value if values is None else values
    if message.kind == "signal":
        return SignalReceived(message.name, said)
    return MessageReceived(message.name, said, message.keys)


def listening(platform: Platform, message: Message) -> Iterator[int]:
    """The cases that may listen for a message, those that have listened longest first."""
    after = ("", 0)
    while page := platform.store.messages.receivers(message, after):
        yield from (case_id for _, case_id in page)
        after = page[-1]


def hears(platform: Platform, held: Held, message: Message, *, by_data: bool = False) -> Node | None:
    """The element of the case that waits for the message; with `by_data`, keys an element does not ask for are compared with the data."""
    definition, state, now = held.matter.definition, held.case.state, platform.now()
    node = hearer(definition, state, event_of(message), now, host(platform, held.matter, held.snapshot))
    if node is None or not by_data or any(t.keys for t in node.triggers if t.name == message.name):
        return node
    data = peek(state).data
    return node if all(data.get(name) == value for name, value in message.keys.items()) else None


@again_when_moved
def receive(
    platform: Platform, actor: Actor, message: Message, case_id: int, *, by_data: bool = False, uploads: Sequence[Upload] = ()
) -> Case | None:
    """The case after the message; None when nothing in it waits for exactly this one any more.

    MessageSpent when another case, or another worker, was first: nothing is written then.
    """
    held = take_up(platform, case_id)
    node = hears(platform, held, message, by_data=by_data)
    if node is None:
        return None
    values, happening = _judged(held, message, node)
    step = step_on(platform, held.matter, held.snapshot, held.case, event_of(message, values))
    change = changes(platform, held.case, step, happening, actor, held.matter, held.snapshot)
    change = replace(change, documents=(*change.documents, *papers(platform, actor, change.case, uploads, node.id)))
    return platform.store.cases.apply(with_message(change, message))


def _judged(held: Held, message: Message, node: Node) -> tuple[Mapping[str, Any], Happening]:
    """What the case hears, and what its timeline tells: a message the pack has a form for is judged by it, its sealed values apart."""
    kind, facts = held.matter.pack.messages.get(message.name), {"name": message.name}
    if kind is not None and kind.form and message.kind == "message":
        answer = judged_form(held.matter, kind.form, message.value)
        told = Happening("message_received", node.id, facts, answer.open, None, answer.sealed(message.name))
        return {message.name: answer.open}, told
    if message.sender:
        check_names(message.value, node)
    return message.value, Happening(f"{message.kind}_received", node.id, facts, dict(message.value))


def with_message(change: Change, message: Message) -> Change:
    """The change that also takes the message, or keeps the trace of one that never had to wait."""
    if message.state is MessageState.DELIVERED:
        return replace(change, messages=(*change.messages, message))
    return replace(change, messages_taken=(*change.messages_taken, message.id))
