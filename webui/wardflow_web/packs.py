"""The published packs for their designers: what runs, who does what by when, and what the check says."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from wardflow.cases import reads
from wardflow.errors import PackUnknown

from wardflow_web.visitor import platform, required, someone

pages = Blueprint("packs", __name__)

PLACES = ("receiving", "authority", "office", "returning", "applicant", "support")


@pages.get("/packs")
@required
def listed() -> str:
    """Every published pack in its newest version."""
    return render_template("packs.html", packs=reads.published(platform(), someone()))


@pages.get("/packs/<id>")
@required
def show(id: str) -> str:
    """One pack: its diagrams and steps, the procedures it runs, what lint finds, its versions."""
    try:
        pack = reads.published_pack(platform(), someone(), id)
    except PackUnknown:
        abort(404)
    return render_template("pack.html", pack=pack, places=PLACES)


@pages.get("/packs/<id>/diagrams/<path:file>")
@required
def diagram(id: str, file: str) -> Response:
    """A diagram of the pack as its designer drew it."""
    try:
        drawn = reads.published_diagram(platform(), someone(), id, file)
    except PackUnknown:
        abort(404)
    return Response(drawn, mimetype="application/xml", headers={"Content-Disposition": "inline"})
