"""Reports of what is wrong out there, which anybody sends without an account: the way in."""

from __future__ import annotations

from flask import Blueprint, render_template
from wardflow.cases import reads

from wardflow_web.visitor import platform

pages = Blueprint("reporting", __name__)


@pages.get("/report")
def show() -> str:
    """What may be reported by anybody, each with the button that begins it."""
    return render_template("report.html", rows=[row for row in reads.catalogue(platform()) if row.open])
