"""Who reads the page: the person signed in, what they hold, and the places they may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from wardflow.cases import reads
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.plugins import LeftOut
from wardflow_web.language import mark_for_translation as _

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """One of the few places in the bar at the top."""

    endpoint: str
    label: str

    @property
    def blueprint(self) -> str:
        """The part of the pages it belongs to, to mark where the reader is."""
        return self.endpoint.partition(".")[0]


DESK, COUNTER, TRACK = Place("desk.show", _("Bàn làm việc")), Place("counter.show", _("Tiếp nhận")), Place("tracking.ask", _("Tra cứu"))


def platform() -> Platform:
    """The platform this application was made for."""
    return cast(Platform, current_app.extensions["wardflow"])


def actor() -> Actor | None:
    """The person signed in, with what they hold at this moment; None for a stranger."""
    person = session.get("person")
    if "actor" not in g:
        g.actor = platform().actor(person) if isinstance(person, str) else None
    return cast("Actor | None", g.actor)


def required(page: Callable[Asked, Answer]) -> Callable[Asked, Answer | Response]:
    """Only for people signed in; anybody else is shown the way in and comes back here afterwards."""

    @wraps(page)
    def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer | Response:
        if actor() is None:
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
    """The plugins that are installed and could not be used; one that was switched off is no trouble."""
    return [plugin for plugin in platform().plugins.left_out if plugin.error != "disabled"]


@dataclass(frozen=True, slots=True)
class Me:
    """The reader as the bar at the top shows them."""

    person: str
    name: str
    role: str
    role_en: str
    unit: str
    unit_en: str
    places: tuple[Place, ...]


def me() -> Me | None:
    """The reader, None for a stranger."""
    who = actor()
    if who is None:
        return None
    seat = reads.seat(platform(), who)
    places = (DESK, COUNTER, TRACK) if seat.receives else (DESK, TRACK)
    return Me(who.person, seat.name, seat.role, seat.role_en, seat.unit, seat.unit_en, places)


def install(app: Flask) -> None:
    """Every template knows the reader and whether this is a demo."""

    @app.context_processor
    def known() -> dict[str, object]:
        return {"me": me(), "demo": platform().settings.demo}
