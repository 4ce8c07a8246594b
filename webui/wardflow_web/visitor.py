"""Who reads the page: the person signed in, what they hold, and the places they may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, make_response, redirect, request, url_for
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import unit_words
from wardflow.cases.reads.views import Words
from wardflow.domain.people import ASSISTANT, Actor
from wardflow.domain.reasons import Reason
from wardflow.permissions import DESIGNER, KEEPER, OPERATOR, REGISTRAR
from wardflow.plugins import LeftOut
from werkzeug.wrappers import Response

from wardflow_web import sessions
from wardflow_web.errors import session_over
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """One of the few places in the bar at the top."""

    endpoint: str
    label: str
    also: tuple[str, ...] = ()

    @property
    def blueprints(self) -> tuple[str, ...]:
        """The parts of the pages that belong to it, to mark where the reader is."""
        return self.endpoint.partition(".")[0], *self.also


CITIZEN = Words("Công dân", "Citizen")
DUTIES = {
    ASSISTANT: Words("Người hướng dẫn, nộp giúp", "Filing assistant"),
    DESIGNER: Words("Người thiết kế quy trình", "Process designer"),
    REGISTRAR: Words("Người giữ sổ thẩm quyền và lịch", "Registrar"),
    OPERATOR: Words("Người vận hành hệ thống", "Operator"),
    KEEPER: Words("Người giữ gói lĩnh vực", "Keeper of field packages"),
}
PROCEDURES = Place("procedures.listed", _("Thủ tục"))
DESK, COUNTER, TRACK = (
    Place("desk.show", _("Bàn làm việc")),
    Place("counter.show", _("Tiếp nhận")),
    Place("tracking.ask", _("Tra cứu")),
)
REGISTER = Place("authority.show", _("Sổ thẩm quyền"), ("staff", "register_changes", "register", "calendar_layers"))
BRIEFED = "assignment"
"""The family whose matters a briefing is about."""
BRIEFING = Place("briefing.show", _("Giao ban"), ("standing",))
ASSETS = "asset"
"""The family whose premises are kept in a register."""
PREMISES = Place("premises.listed", _("Nhà, đất"), ("commune_offices",))
HEARD = "voice"
"""The family whose matters have hot spots and a register of long cases."""
HOT = Place("voice.hot_spots", _("Điểm nóng"), ("reception",))
INCIDENTS = Place("incidents.listed", _("Sự cố"))
OF_DUTY = {
    ASSISTANT: PROCEDURES,
    DESIGNER: Place("packs.listed", _("Quy trình")),
    REGISTRAR: REGISTER,
    OPERATOR: INCIDENTS,
    KEEPER: Place("plugins.listed", _("Gói lĩnh vực")),
}


def lasting() -> str | None:
    """The person whose session still lasts; a session that is over is remembered for the page that says so."""
    person, over = sessions.person(platform())
    if over:
        g.over = True
    return person


def platform() -> Platform:
    """The platform this application was made for."""
    return cast(Platform, current_app.extensions["wardflow"])


def actor() -> Actor | None:
    """The person signed in, with what they hold at this moment; None for a stranger."""
    if "actor" not in g:
        person = lasting()
        g.actor = platform().actor(person) if person else None
    return cast("Actor | None", g.actor)


def required(page: Callable[Asked, Answer]) -> Callable[Asked, Answer | Response]:
    """Only for people signed in; anybody else is shown the way in and comes back here afterwards."""

    @wraps(page)
    def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer | Response:
        if actor() is None:
            if "over" in g and request.method == "POST":    # what was typed is given back with the page that says so
                return make_response(*session_over())
            back = request.full_path if request.method == "GET" else None
            return redirect(url_for("home.show") if platform().settings.demo else url_for("sign_in.show", next=back))
        return page(*args, **kwargs)

    return guarded


def someone() -> Actor:
    """The person signed in, on a page that requires one."""
    known = actor()
    assert known is not None
    return known


def left_out() -> list[LeftOut]:
    """The plugins that are installed and could not be used, and the records of others that could not be read.

    One that was switched off is no trouble.
    """
    plugins = [plugin for plugin in platform().plugins.left_out if plugin.error != "disabled"]
    return plugins + [LeftOut(name, "", why, Reason("plugins.out.record")) for name, why in platform().library.left_out.items()]


@dataclass(frozen=True, slots=True)
class Me:
    """The reader as the bar at the top shows them."""

    person: str
    name: str
    role: Words
    unit: Words
    places: tuple[Place, ...]
    citizen: bool = False


def me() -> Me | None:
    """The reader, None for a stranger."""
    who = actor()
    if who is None:
        return None
    matters = current_matters()
    receives = any(who.roles & matter.pack.openers for matter in matters)
    usual = (DESK, COUNTER, TRACK) if receives else (DESK, TRACK)
    duties = [place for duty, place in OF_DUTY.items() if duty in who.roles]
    if any(who.roles & matter.heads for matter in matters):
        duties += [place for place in (REGISTER, INCIDENTS) if place not in duties]
    if any(matter.pack.family == BRIEFED and who.roles & matter.heads for matter in matters):
        duties.append(BRIEFING)
    if any(_keeps_premises(who, matter) for matter in matters):
        duties.append(PREMISES)
    if any(matter.pack.family == HEARD and who.roles & matter.heads for matter in matters):
        duties.append(HOT)
    places = (*usual, *duties)
    first = next(iter(who.holdings), None)
    if first is None:
        return Me(who.person, name_of(who.person), CITIZEN, Words("", ""), (*places, PROCEDURES), citizen=True)
    return Me(who.person, who.name, _roles(who, matters), unit_words(platform().snapshot(), first.unit), places)


def _keeps_premises(who: Actor, matter: Matter) -> bool:
    """Whoever holds premises, answers for them, or works on them in one of the units its record names."""
    if matter.pack.family != ASSETS:
        return False
    units, register = set(map(str, matter.options.values())), platform().register()
    concerned = (held for held in who.holdings if held.role in matter.pack.roles)
    return any(
        held.role in matter.pack.openers | matter.heads or held.unit in units or register.unit(held.unit).kind == matter.procedure.office
        for held in concerned
    )


def _roles(who: Actor, matters: tuple[Matter, ...]) -> Words:
    """The duties of a person in one line, each said once."""
    held = [role_words(role, matters) for role in dict.fromkeys(holding.role for holding in who.holdings)]
    return Words(", ".join(words.vi for words in held), ", ".join(words.en for words in held))


def current_matters() -> tuple[Matter, ...]:
    """Everything that can be filed today."""
    today = platform().snapshot().calendar.local(platform().now()).date()
    return tuple(platform().library.procedures(today).values())


def role_words(role: str, matters: tuple[Matter, ...]) -> Words:
    """A role as the packs in use call it; the platform's own duties are named here."""
    named = next((matter.pack.roles[role] for matter in matters if role in matter.pack.roles), None)
    return Words(named.vi, named.en) if named else DUTIES.get(role, Words(role, role))


def name_of(person: str | None) -> str:
    """How a person is called; empty for somebody the register does not know."""
    return platform().snapshot().name_of(person) if person else ""


def colleagues() -> list[tuple[str, str]]:
    """Everybody in the reader's units and those above, as (id, name and role), for fields that name a person."""
    register, matters = platform().register(), current_matters()
    near = {unit.id for held in someone().holdings for unit in register.up(held.unit)}
    found = {held.person: held.role for unit in sorted(near) for held in register.held_in(unit)}
    named = [(id, f"{register.person(id).name}, {own(role_words(role, matters))}") for id, role in found.items()]
    return sorted(named, key=lambda pair: pair[1])


def install(app: Flask) -> None:
    """Every template knows the reader and whether this is a demo; a page that only shows asks once which register holds."""

    @app.before_request
    def look() -> None:
        if request.method in ("GET", "HEAD"):
            platform().snapshots.look()

    @app.teardown_request
    def look_away(_error: BaseException | None) -> None:
        platform().snapshots.look_away()

    @app.context_processor
    def known() -> dict[str, object]:
        return {"me": None if "broken" in g else me(), "demo": platform().settings.demo}
