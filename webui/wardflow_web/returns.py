"""The results that wait at the reader's point: found by what the person at the counter says, handed over with a confirmation."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from wardflow.cases import reads

from wardflow_web.intake import receiving_unit
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("returns", __name__)


@pages.get("/returns")
@required
def show() -> str:
    """What waits to be collected or sent, the longest first."""
    unit = receiving_unit(platform(), someone())
    if unit is None:
        abort(403)
    text = request.args.get("q", "").strip()
    rows = reads.returns(platform(), someone(), unit, text)
    return render_template("returns.html", rows=rows, text=text, unit=platform().register().unit(unit))
