"""The line at the reader's counter, and the screen above it: a number is given, called to a desk, ended."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from wardflow.cases import reads
from wardflow.cases.serve_queue import call_next, end_number, give_number, serving
from werkzeug.wrappers import Response

from wardflow_web.intake import receiving_unit
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("queue", __name__)

PLACE = "queue_place"
"""Where the browser remembers at which desk its clerk sits."""


@pages.get("/queue")
@required
def show() -> str:
    """Who is served where, how many wait, and the buttons to give and to call a number."""
    unit = _unit()
    return render_template("queue.html", line=reads.line(platform(), unit), mine=serving(platform(), someone(), unit), place=session.get(PLACE, ""))


@pages.post("/queue")
@required
def act() -> Response:
    """Gives the next number, calls one to the reader's desk, or ends one."""
    unit, wanted = _unit(), request.form.get("act", "")
    if wanted == "give":
        given = give_number(platform(), someone(), unit)
        flash(phrase("Số {number}.", number=given.number), "good")
        return redirect(url_for("queue.ticket", number=given.number))
    if wanted == "call":
        session[PLACE] = request.form.get("place", "").strip()
        called = call_next(platform(), someone(), unit, session[PLACE])
        flash(phrase("Mời số {number}.", number=called.number) if called else phrase("Không còn ai chờ."), "good" if called else "warn")
    if wanted in ("done", "absent") and request.form.get("number", "").isdigit():
        end_number(platform(), someone(), unit, int(request.form["number"]), absent=wanted == "absent")
    return redirect(url_for("queue.show"))


@pages.get("/queue/ticket/<int:number>")
@required
def ticket(number: int) -> str:
    """The number to print or to write down."""
    line = reads.line(platform(), _unit())
    found = next((each for each in line.waiting if each.number == number), None)
    if found is None:
        abort(404)
    return render_template("queue_ticket.html", line=line, ticket=found, ahead=sum(each.number < number for each in line.waiting))


@pages.get("/queue/<unit>/screen")
def screen(unit: str) -> str:
    """The screen of a counter: numbers and desks, no person, no sign-in."""
    if not platform().register().has(unit):
        abort(404)
    # it hangs above everybody: whoever is signed in on its machine is not named on it
    return render_template("queue_screen.html", me=None, line=reads.line(platform(), unit))


def _unit() -> str:
    unit = receiving_unit(platform(), someone())
    if unit is None:
        abort(403)
    return unit
