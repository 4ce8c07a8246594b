"""The published packs for their designers: what runs, who does what by when, and what the check says."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.reads.pack_forms import FormView
from wardflow.errors import PackUnknown

from wardflow_web.diagrams import drawn
from wardflow_web.filling import Filling, filled, posted
from wardflow_web.language import wording
from wardflow_web.lists import choices
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
    """A diagram of the pack as its designer drew it, in the reader's language."""
    try:
        found = reads.published_diagram(platform(), someone(), id, file)
    except PackUnknown:
        abort(404)
    return drawn(found)


@pages.route("/packs/<id>/forms/<path:file>", methods=["GET", "POST"])
@required
def form(id: str, file: str) -> str:
    """A form of the pack as people will see it, filled as a scenario fills it, to be tried; nothing of it is kept."""
    try:
        view = reads.published_form(platform(), someone(), id, file)
    except PackUnknown:
        abort(404)
    at = request.args.get("sample", 1, int)
    filling = _tried(view, at)
    fields, checked = filling.fields(), request.form.get("act") == "check"
    return render_template(
        "pack_form.html", view=view, at=at, fields=fields, unplaced=filling.unplaced(fields), words=wording(),
        checked=checked, right=checked and not any(each.blocks for each in filling.objections),
    )  # fmt: skip


def _tried(view: FormView, at: int) -> Filling:
    base = view.samples[at - 1].value if 0 < at <= len(view.samples) else forms.defaults(view.schema, schemas=view.schemas)
    if request.method == "GET":
        return Filling(view.schema, view.schemas, base, lists=choices())
    filling = filled(view.schema, view.schemas, posted(), base, choices())
    if request.form.get("act") != "check":
        return filling
    return replace(filling, objections=forms.check(view.schema, filling.value, schemas=view.schemas))
