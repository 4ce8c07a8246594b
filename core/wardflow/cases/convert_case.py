"""Makes of a case another matter: a linked case of the right procedure, with everything typed already; what becomes secret is hidden at both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardflow import forms
from wardflow.cases.acting import Held, again_when_moved, nearby, take_up
from wardflow.cases.commit import changes, record
from wardflow.cases.conversions import Conversion, conversion_of, sender_of
from wardflow.cases.library import Matter
from wardflow.cases.listening import messages
from wardflow.cases.open_case import Opened, opened
from wardflow.cases.open_sealed import open_sealed
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus, Change
from wardflow.cases.situation import Happening
from wardflow.cases.start_process import matter_of
from wardflow.cases.stepping import step_on
from wardflow.domain.people import Actor
from wardflow.engine import MessageReceived, emptied, peek
from wardflow.errors import ReasonMissing
from wardflow.permissions import known_to, require

CONVERTED = "converted"
"""The message by which a running case hears that another one goes on with its matter."""
UNNUMBERED = "applicant:"
"""How those are called who have no account."""


def convert_case(
    platform: Platform, actor: Actor, case_id: int, to: str, form: Mapping[str, Any], reason: str, *, key: str = ""
) -> Opened:
    """The new case, linked to the one it is made of, which ends where its diagram listens for that.

    The sender goes along; one that is sealed is opened by the actor's role, which stays in the audit. Where the new case
    is confidential, the old one is kept from the same people and says no more who sent it. The same `key` again answers
    with the case it opened before. ConversionUnknown, ReasonMissing, FormRefused with every objection.
    """
    if not reason.strip():
        raise ReasonMissing()
    held = take_up(platform, case_id)
    question = nearby(platform, held)
    known_to(actor, question)
    require(actor, "convert_case", question)
    conversion = conversion_of(held.matter.procedure, to)
    matter = matter_of(platform, to, platform.snapshot().calendar.local(platform.now()).date())
    made = _made(platform, actor, held, conversion, matter, form, reason, f"convert {case_id} {to} {key}")
    _passed_on(platform, actor, case_id, made.case_id, reason.strip(), confidential=matter.procedure.confidential)
    return made


def _made(
    platform: Platform, actor: Actor, held: Held, conversion: Conversion, matter: Matter, form: Mapping[str, Any], reason: str, key: str
) -> Opened:
    if (before := platform.store.cases.opened_with(key)) is not None:
        return Opened(before.id, before.code, before.tracking)
    sender = sender_of(conversion, peek(held.case.state).data)
    if forms.is_sealed(sender):
        sender = open_sealed(platform, actor, held.case.id, conversion.sender.removeprefix("/"), reason)
    person = held.case.applicant_person
    opening = Opening(
        conversion.to, dict(sender), _with_sender(form, matter, sender), {}, held.case.places.receiving,
        applicant_person=None if person.startswith(UNNUMBERED) else person, parent=held.case.id,
    )
    return opened(platform, actor, matter, opening, key=key)


def _with_sender(form: Mapping[str, Any], matter: Matter, sender: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form with its sealed sender, where it asks for one and nobody typed it: who seals it need not show it first."""
    schema = (matter.opening_schema or {}).get("properties", {}).get("sender", {})
    known = {name: value for name, value in sender.items() if name in schema.get("properties", {}) and value}
    return {**form, "sender": known} if known and "x-sealed" in schema and not form.get("sender") else form


@again_when_moved
def _passed_on(platform: Platform, actor: Actor, case_id: int, new_id: int, reason: str, *, confidential: bool) -> Case:
    """The old case after another one went on with its matter."""
    held, new = take_up(platform, case_id), platform.store.cases.load(new_id).case
    facts = {"reason": reason} if confidential else {"reason": reason, "to": new.code}
    change = _change(platform, actor, held, Happening(CONVERTED, "", facts))
    return platform.store.cases.apply(_hidden(change, new) if confidential else change)


def _change(platform: Platform, actor: Actor, held: Held, happening: Happening) -> Change:
    case = held.case
    if case.status is CaseStatus.ENDED or CONVERTED not in messages(held.matter.definition, case.state):
        return record(case, happening, platform, actor)
    event = MessageReceived(CONVERTED, {CONVERTED: {"reason": happening.facts["reason"]}})
    step = step_on(platform, held.matter, held.snapshot, case, event)
    return changes(platform, case, step, happening, actor, held.matter, held.snapshot)


def _hidden(change: Change, new: Case) -> Change:
    """The change after which the old case is as confidential as the new one, and nothing of it says who sent it."""
    places = replace(change.case.places, kept_from=tuple(sorted({*change.case.places.kept_from, *new.places.kept_from})))
    case = replace(change.case, places=places, applicant_label=change.case.code, state=emptied(change.case.state, "applicant"))
    return replace(change, case=case, notices=(), unnamed=True)
