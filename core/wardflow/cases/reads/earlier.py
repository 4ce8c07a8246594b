"""What an applicant declared in earlier cases, offered where a form asks for the same again; sealed and confidential cases offer nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from wardflow import forms
from wardflow.cases.applicant_ports import Applicant
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.applicants import openers
from wardflow.cases.records import Case
from wardflow.domain.names import folded
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.permissions import Question, require

LOOKED_AT = 20
"""How many of the newest cases are read."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One thing declared before: what it was, in which case, and when."""

    value: Any
    code: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of whoever fills in a sheet with an account: who they are, and what they declared before, by place."""

    applicant: Applicant | None = None
    form: Mapping[tuple[str, ...], Earlier] = field(default_factory=dict)


def earlier_data(
    platform: Platform, actor: Actor, matter: Matter, applicant: str, form: Mapping[str, Any]
) -> Mapping[tuple[str, ...], Earlier]:
    """What the form of a procedure may be filled with, by place; a question that has an answer already is left alone.

    `applicant` is who a case calls its applicant; NotAllowed for anybody but those who receive cases.
    """
    require(actor, "find_applicant", Question(openers=openers(platform)))
    return _offered(matter, form, partial(_declared, platform, applicant)) if _open(matter) else {}


def own_data(platform: Platform, actor: Actor, matter: Matter, form: Mapping[str, Any]) -> Own:
    """What a sheet that somebody fills in for themselves may begin with; nothing for a sealed or confidential matter.

    What they filed in another name is that other's: only records and cases called by the account's own name count.
    """
    require(actor, "file_online", Question(own_only=actor.person))
    name = folded(platform.snapshot().name_of(actor.person))
    if not _open(matter) or not name:
        return Own()
    known = (each for each in platform.store.applicants.of_person(actor.person) if folded(each.full_name) == name)
    return Own(next(known, None), _offered(matter, form, partial(_declared, platform, actor.person, name)))


def _open(matter: Matter) -> bool:
    """True where what is filed is kept from nobody who works on it, so that it may be filled in beforehand."""
    return not matter.procedure.sealed_for and not matter.procedure.confidential


def _offered(
    matter: Matter, form: Mapping[str, Any], declared: Callable[[], Mapping[str, Earlier]]
) -> Mapping[tuple[str, ...], Earlier]:
    """What fits into the questions that have no answer yet."""
    if matter.opening_schema is None:
        return {}
    asked = forms.reusable(matter.opening_schema, schemas=matter.schemas)
    known = declared() if asked else {}
    found: dict[tuple[str, ...], Earlier] = {}
    filled: Any = dict(form)
    for name, path in asked.items():
        if name not in known or not _blank(forms.get(filled, path)):
            continue
        tried = forms.put(filled, path, known[name].value)
        if forms.fits(matter.opening_schema, tried, path, schemas=matter.schemas):
            filled, found[tuple(map(str, path))] = tried, known[name]
    return found


def _declared(platform: Platform, applicant: str, called: str = "") -> dict[str, Earlier]:
    """By name, from the newest case that says it; `called` leaves out cases in another name."""
    known: dict[str, Earlier] = {}
    for case, said in _said(platform, applicant):
        if called and folded(case.applicant_label) != called:
            continue
        for name, value in said.items():
            known.setdefault(name, Earlier(value, case.code, case.opened_at))
    return known


def _said(platform: Platform, applicant: str) -> Iterator[tuple[Case, Mapping[str, Any]]]:
    for case in platform.store.worklist.cases_of(applicant)[:LOOKED_AT]:
        matter = platform.library.matter_of(case)
        private = case.places.kept_from or matter.procedure.sealed_for or matter.procedure.confidential
        if matter.opening_schema is not None and not private:
            form = peek(case.state).data.get("form") or {}
            yield case, forms.declared(matter.opening_schema, form, schemas=matter.schemas)


def _blank(value: Any) -> bool:
    return value is forms.ABSENT or value in (None, "", [], {})
