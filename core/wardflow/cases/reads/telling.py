"""The page on which somebody tells a case something."""

from __future__ import annotations

from wardflow import forms
from wardflow.cases.acting import nearby, take_up
from wardflow.cases.platform import Platform
from wardflow.cases.reads.case import case as case_view
from wardflow.cases.reads.views import TellView, Words
from wardflow.cases.tell_case import teller, wanted
from wardflow.domain.people import Actor
from wardflow.permissions import known_to, require


def telling(platform: Platform, actor: Actor, code: str, message: str) -> TellView:
    """The form of a message; MessageUnwanted when the case does not listen for it, NotAllowed for who may not."""
    held = take_up(platform, platform.store.cases.id_of(code))
    question = nearby(platform, held)
    known_to(actor, question)
    kind = wanted(held, message)
    require(actor, "tell_case", teller(question, kind))
    schema = held.matter.schema(kind.form) or {}
    value = forms.defaults(schema, schemas=held.matter.schemas) or {}
    return TellView(case_view(platform, actor, code), message, Words(kind.vi, kind.en), schema, held.matter.schemas, value)
