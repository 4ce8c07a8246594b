"""The page on which somebody tells a running case something that its diagram listens for."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.reads.views import TellView
from wardflow.cases.tell_case import tell_case
from wardflow.errors import FormRefused
from werkzeug.wrappers import Response

from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import own, phrase, wording
from wardflow_web.lists import choices
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("telling", __name__)

Page = str | Response | tuple[str, int]


@pages.get("/cases/<code>/tell/<message>")
@required
def show(code: str, message: str) -> Page:
    """The empty form of the message."""
    view = reads.telling(platform(), someone(), code, message)
    return _page(view, Filling(view.schema, view.schemas, view.value, lists=choices()))


@pages.post("/cases/<code>/tell/<message>")
@required
def tell(code: str, message: str) -> Page:
    """Sends the message, or only draws its form again; nothing typed is ever lost."""
    view, pairs = reads.telling(platform(), someone(), code, message), posted()
    filling = filled(view.schema, view.schemas, pairs, view.value, choices())
    if request.form.get("act", "redraw") != "send" or list_button(pairs):
        return _page(view, filling)
    try:
        tell_case(platform(), someone(), view.case.id, message, filling.value)
    except FormRefused as refused:
        return _page(view, replace(filling, objections=refused.objections)), 422
    flash(phrase("Đã gửi “{title}”.", title=own(view.title)), "good")
    return redirect(url_for("cases.show", code=code))


def _page(view: TellView, filling: Filling) -> str:
    drawn = filling.fields()
    return render_template(
        "tell.html", view=view, case=view.case, fields=drawn, unplaced=filling.unplaced(drawn), words=wording()
    )
