"""The ways in and out: the switch of persona in a demo, a name and a password everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from wardflow.cases.second_factor import must_have
from wardflow.cases.sign_out_everywhere import sign_out_everywhere
from wardflow.demo.sitting import seats
from werkzeug.wrappers import Response

from wardflow_web import rates, sessions
from wardflow_web.language import phrase
from wardflow_web.security_keys import needs_key
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("sign_in", __name__)


@pages.post("/sit")
def sit() -> Response:
    """Sits the reader down as another persona; a demo only, where no data is anybody's."""
    if not platform().settings.demo:
        abort(404)
    person = request.form.get("persona", "")
    if person not in {persona.person for persona in seats(platform())}:
        abort(404)
    sessions.begin(platform(), person)
    return redirect(inside(request.form.get("next")) or url_for("home.show"))


@pages.get("/sign-in")
def show() -> str:
    """The form."""
    return render_template("sign_in.html", next=request.args.get("next", ""), login="", refused=False)


@pages.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    """Signs a person in; a wrong name and a wrong password look and take the same."""
    login = request.form.get("login", "").strip()
    rates.check("sign-in anywhere")
    rates.check("sign-in", login.casefold())
    person = platform().store.accounts.person_of(login, request.form.get("password", ""))
    back = request.form.get("next", "")
    if person is None:
        return render_template("sign_in.html", next=back, login=login, refused=True), 401
    if needs_key(person):
        sessions.begin_half(platform(), person, inside(back) or "")
        return redirect(url_for("security_keys.ask"))
    sessions.begin(platform(), person)
    return redirect(inside(back) or url_for("desk.show"))


@pages.get("/account")
@required
def account() -> str:
    """Who is signed in, since when and with what, and the way out of every machine."""
    began = datetime.fromtimestamp(session["began"], UTC)
    keys, person = platform().store.security_keys, someone().person
    return render_template(
        "account.html", began=began, settings=platform().settings, keys=keys.of(person), codes=keys.codes_left(person),
        needed=must_have(platform(), person), fresh=sessions.fresh(platform()),
    )


@pages.post("/sign-out/everywhere")
@required
def leave_everywhere() -> Response:
    """Ends every session of the person, this one with them."""
    sign_out_everywhere(platform(), someone())
    session.clear()
    flash(phrase("Đã đăng xuất khỏi mọi máy."), "good")
    return redirect(url_for("sign_in.show"))


@pages.post("/sign-out")
def leave() -> Response:
    """Signs the person out."""
    session.clear()
    return redirect(url_for("home.show"))


def inside(address: str | None) -> str | None:
    """The address if it is a page of ours, so that a link cannot send somebody who signs in elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or urlsplit(address).netloc:
        return None
    return address
