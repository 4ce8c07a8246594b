"""Where each commune has its offices, on a page and as a file: communes that work in several places, or in none that is known."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from wardflow.families.asset import offices
from wardflow.families.asset.offices import Offices

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import ASSETS, platform, required, someone

pages = Blueprint("commune_offices", __name__)

STANDINGS = {
    offices.SEVERAL: (_("Làm việc nhiều nơi"), "today"), offices.UNKNOWN: (_("Chưa ghi nhận trụ sở"), ""),
    offices.CONCENTRATED: (_("Đã tập trung"), "good"),
}  # fmt: skip
KINDS = {"ward": _("Phường"), "rural": _("Xã")}
HEAD = (_("Xã, phường"), _("Loại đơn vị"), _("Số trụ sở"), _("Tình trạng"))


@pages.get("/premises/offices")
@required
def show() -> str:
    """All communes, or those that stand in one way."""
    found, asked = _found(), request.args.get("standing", "")
    standing = asked if asked in STANDINGS else ""
    shown = [each for each in found.communes if standing in ("", each.standing)]
    return render_template("commune_offices.html", found=found, shown=shown, standing=standing, standings=STANDINGS, kinds=KINDS)


@pages.get("/premises/offices.csv")
@required
def file() -> Response:
    """The same for a spreadsheet, every commune."""
    lines = (
        (each.name, phrase(KINDS[each.kind]), each.places, phrase(STANDINGS[each.standing][0])) for each in _found().communes
    )
    return as_file("tru-so-xa-phuong.csv", [phrase(each) for each in HEAD], lines)


def _found() -> Offices:
    if not any(plugin.name == ASSETS for plugin in platform().plugins.installed) or not someone().units:
        abort(403)
    return offices.offices(platform())
