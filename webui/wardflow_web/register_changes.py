"""Changing the register: the fields of a change, what it would move, and doing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from wardflow.cases import readiness, reads
from wardflow.cases.change_register import Preview, change_register, preview
from wardflow.domain.instruments import FORMS
from wardflow.domain.reasons import Reason
from wardflow.domain.register_changes import RUNNING, RegisterChange
from wardflow.errors import (
    ChangeUnusable,
    InstrumentUnknown,
    InstrumentUnusable,
    PersonUnknown,
    RegisterMoved,
    TwoLeads,
    UnitUnknown,
)
from werkzeug.wrappers import Response

from wardflow_web.changes_form import FIELDS, TITLES, Field, Unread, read, typed
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase, say
from wardflow_web.marks import unit_name
from wardflow_web.register_words import worded
from wardflow_web.visitor import current_matters, platform, required, role_words, someone

pages = Blueprint("register_changes", __name__)

INTERESTS = ("works-for", "family", "owns", "advised")
SAID_OF_RUNNING = {"": _("Theo từng thủ tục"), "keep": _("Giữ thẩm quyền cũ đến khi xong"), "follow": _("Đi theo sổ ngay")}
AT_ONCE = ("return", "disprove", "dismiss", "depart")
"""What has nothing to fill in: its page shows what it would move straight away."""
Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields of a change, and what became of it so far."""

    kind: str
    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    preview: Preview | None = None
    sentence: str = ""
    ready: str = ""


@pages.get("/register/changes/<kind>")
@required
def show(kind: str) -> Page:
    """The fields, filled in as far as the address does."""
    _known(kind)
    values = typed(kind, request.args)
    draft = Draft(kind, values)
    return _page(_previewed(draft) if kind in AT_ONCE else draft)


@pages.post("/register/changes/<kind>")
@required
def act(kind: str) -> Page:
    """Shows what the change would move, or makes it; what cannot be is said and everything typed stays."""
    _known(kind)
    draft = Draft(kind, typed(kind, request.form))
    if request.form.get("act") != "do":
        draft = _previewed(draft)
        return _page(draft, 422 if draft.wrong or draft.refused else 200)
    try:
        change = read(kind, draft.values, platform().register())
        entry = change_register(platform(), someone(), change)
    except (Unread, *REFUSALS) as wrong:
        return _page(_refused(draft, wrong), 422)
    flash(say(worded(Reason(f"register.{entry.kind}", entry.facts))), "good")
    told = [Reason("register.moves", {"n": entry.moved})] if entry.moved else []
    told += [Reason("register.moves-to-come")] if not entry.looks else []
    for reason in told:
        flash(say(reason), "good")
    return redirect(_back(draft.values))


REFUSALS = (ChangeUnusable, InstrumentUnusable, InstrumentUnknown, PersonUnknown, RegisterMoved, TwoLeads, UnitUnknown)


def _known(kind: str) -> None:
    if kind not in FIELDS:
        abort(404)


def _previewed(draft: Draft) -> Draft:
    register = platform().register()
    try:
        change = read(draft.kind, draft.values, register)
        found = preview(platform(), someone(), change)
    except (Unread, *REFUSALS) as wrong:
        return _refused(draft, wrong)
    return Draft(draft.kind, draft.values, preview=found, sentence=_sentence(change), ready=_ready(draft.kind))


def _sentence(change: RegisterChange) -> str:
    return say(worded(Reason(f"register.{change.kind}", change.facts(platform().register()))))


def _ready(kind: str) -> str:
    """What the table of readiness says, for a paper that gives power."""
    if kind != "grant":
        return ""
    met = {name: bool(request.form.get(f"ready-{name}")) for name in readiness.conditions(platform())}
    return say(f"register.readiness.{readiness.readiness(platform(), met)}")


def _refused(draft: Draft, wrong: Exception) -> Draft:
    if isinstance(wrong, Unread):
        text = say(wrong.why) if isinstance(wrong.why, Reason) else phrase(wrong.why)
        return Draft(draft.kind, draft.values, {wrong.field: text})
    return Draft(draft.kind, draft.values, refused=_why(wrong))


def _why(wrong: Exception) -> str:
    match wrong:
        case TwoLeads():
            return say(Reason("register.unusable.two-leads", wrong.facts))
        case ChangeUnusable() | InstrumentUnusable():
            return say(Reason(f"register.unusable.{wrong.facts['why']}", wrong.facts))
        case PersonUnknown():
            return say(Reason("register.unusable.person", wrong.facts))
        case UnitUnknown():
            return say(Reason("register.unusable.unit", wrong.facts))
        case RegisterMoved():
            return say("register.revoked-meanwhile")
        case _:
            return say("register.unusable.gone")


def _page(draft: Draft, status: int = 200) -> Page:
    fields = FIELDS[draft.kind]
    page = render_template(
        "register_change.html",
        draft=draft,
        title=TITLES[draft.kind],
        fields=[(each, _options(each, draft.values)) for each in fields],
        asks=draft.kind not in AT_ONCE,
        conditions=_conditions() if draft.kind == "grant" else [],
        moves=_moves(draft.preview),
        back=_back(draft.values),
    )
    return page if status == 200 else (page, status)


def _conditions() -> list[tuple[str, str, bool]]:
    """The sheet of readiness: name, words, ticked."""
    language = 1 if g.language == "en" else 0
    rows = readiness.conditions(platform()).items()
    return [(name, words[language], bool(request.form.get(f"ready-{name}"))) for name, words in rows]


def _moves(found: Preview | None) -> list[tuple[str, str, int]]:
    """From where to where, and how many, the most first."""
    register = platform().register()
    rows = [] if found is None else sorted(found.moves.items(), key=lambda row: (-row[1], row[0]))
    return [(unit_name(register.unit(old)), unit_name(register.unit(new)), count) for (old, new), count in rows]


def _options(each: Field, values: dict[str, str]) -> list[tuple[str, str]]:
    """What a select chooses from, as (value, words)."""
    if each.kind != "select":
        return []
    found = _LISTS[each.of](values)
    return found if each.needed or each.of == "running" else [("", phrase("Không chọn")), *found]


def _colleagues(values: dict[str, str]) -> list[tuple[str, str]]:
    """Everybody who holds a role that the person holds, where they hold it."""
    register = platform().register()
    held = register.holdings_of(values.get("person", ""))
    found = {one.id: one.name for row in held for unit in register.up(row.unit) for one in register.holders(row.role, unit.id)}
    found.pop(values.get("person", ""), None)
    return sorted(found.items(), key=lambda pair: pair[1])


def _units(values: dict[str, str]) -> list[tuple[str, str]]:
    return [(unit.id, unit_name(unit)) for unit in platform().register().units if "." not in unit.id]


def _roles(values: dict[str, str]) -> list[tuple[str, str]]:
    matters = current_matters()
    roles = {role for matter in matters for role in matter.pack.roles} | {row.role for row in platform().register().holdings}
    roles.discard("applicant")
    return sorted(((role, own(role_words(role, matters))) for role in roles), key=lambda pair: pair[1])


_LISTS: dict[str, Any] = {
    "colleague": _colleagues,
    "capability": lambda values: [(kind, own(words)) for kind, words in reads.capabilities(platform(), someone())],
    "role": _roles,
    "unit": _units,
    "interest": lambda values: [(kind, say(f"interest.kind.{kind}")) for kind in INTERESTS],
    "running": lambda values: [(word, phrase(SAID_OF_RUNNING[word])) for word in RUNNING],
    "form": lambda values: [(str(form), f"{form}. {say(f'instrument.form.{form}')}") for form in FORMS],
}


def _back(values: dict[str, str]) -> str:
    """The page the change belongs to."""
    register = platform().register()
    if values.get("unit") and register.knows_unit(values["unit"]):
        return url_for("staff.unit", unit=values["unit"])
    if register.holdings_of(values.get("person", "")):    # who holds nothing has no page
        return url_for("staff.person", person=values["person"])
    if values.get("paper", "").isdecimal():
        return url_for("authority.paper", paper=int(values["paper"]))
    return url_for("staff.capabilities") if values.get("capability") else url_for("authority.show")
