"""Where a matter stands, for whoever holds its code or scans it, without signing in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from wardflow.cases import reads
from werkzeug.wrappers import Response

from wardflow_web import rates
from wardflow_web.path import walked
from wardflow_web.visitor import platform

pages = Blueprint("tracking", __name__)


@pages.get("/track")
def ask() -> str | Response:
    """The form that asks for the code, or straight on to the matter."""
    code = request.args.get("code", "").strip()
    return (
        redirect(url_for("tracking.show", code=code))
        if code
        else render_template("track_ask.html", code="", missing=False)
    )


@pages.get("/track/<code>")
def show(code: str) -> str | tuple[str, int]:
    """The matter with that code; a code that never was and one that is mistyped get the same answer."""
    rates.check("track")
    case = reads.track(platform(), code)
    if case is None:
        return render_template("track_ask.html", code=code, missing=True), 404
    walked("track")
    return render_template("track.html", case=case)
