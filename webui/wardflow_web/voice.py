"""The pages about citizens' voice as a whole: hot spots by area and kind, and the register of long cases, also as a file."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, abort, render_template
from wardflow.domain.people import Actor
from wardflow.families.voice import hot, long_cases
from wardflow.families.voice.hot import LETTERS, MEDIA, PERSONS, REPORTS, HotSpots
from wardflow.families.voice.matters import listens

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.marks import unit_name
from wardflow_web.reception import keeps_reception
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("voice", __name__)

WHY = {LETTERS: _("nhiều đơn về một đối tượng"), PERSONS: _("nhiều người về một đối tượng"), REPORTS: _("nhiều phản ánh cùng loại"), MEDIA: _("khiếu nại lần hai, báo chí đã nêu")}
REGISTER_HEAD = (
    _("Mã hồ sơ"), _("Vụ việc"), _("Địa bàn"), _("Lãnh đạo phụ trách"), _("Cơ quan chủ trì"), _("Người chịu trách nhiệm"), _("Quý phải xong"),
    _("Số bước"), _("Tình trạng"),
)  # fmt: skip
OVERLONG_HEAD = (_("Mã hồ sơ"), _("Thủ tục"), _("Cơ quan giải quyết"), _("Ngày nhận"), _("Hạn dài nhất"), _("Số ngày quá"), _("Tình trạng"), _("Trong sổ"))


@pages.get("/hot-spots")
@required
def hot_spots() -> str:
    """What came in of late by area and kind, hot spots first."""
    found = hot.hot_spots(platform(), _listening())
    return render_template("hot_spots.html", found=found, why=WHY, reception=keeps_reception(someone()), names=_names(spot.heat.area for spot in found.spots))


@pages.get("/long-cases")
@required
def long_register() -> str:
    """The register of long cases, and what has been open for longer than the law allows."""
    actor = _listening()
    rows = long_cases.register(platform(), actor)
    return render_template(
        "long_cases.html", open_rows=[row for row in rows if not row.settled], settled=[row for row in rows if row.settled],
        overlong=long_cases.overlong(platform(), actor),
    )


@pages.get("/long-cases.csv")
@required
def register_file() -> Response:
    """The register as a file for a spreadsheet."""
    rows = long_cases.register(platform(), _listening())
    lines = (
        (
            row.case.code, row.subject, own(row.area), row.leader, own(row.lead_agency), row.responsible, row.due_quarter, row.steps,
            own(row.state),
        )
        for row in rows
    )  # fmt: skip
    return as_file("so-vu-viec-keo-dai.csv", [phrase(each) for each in REGISTER_HEAD], lines)


@pages.get("/long-cases/open.csv")
@required
def overlong_file() -> Response:
    """What has been open for too long, as a file."""
    zone = platform().settings.zone
    lines = (
        (
            row.case.code, own(row.procedure), own(row.authority), f"{row.case.opened_at.astimezone(zone):%d/%m/%Y}",
            f"{row.longest.astimezone(zone):%d/%m/%Y}", row.days, own(row.state), phrase("có") if row.registered else phrase("chưa"),
        )
        for row in long_cases.overlong(platform(), _listening())
    )  # fmt: skip
    return as_file("vu-viec-qua-moi-thoi-han.csv", [phrase(each) for each in OVERLONG_HEAD], lines)


def warned(actor: Actor) -> HotSpots | None:
    """The hot spots that who answers for them is warned of on the desk; None where there are none."""
    matters = [matter for matter in platform().library.procedures(platform().snapshot().calendar.day_of(platform().now())).values()]
    if not any("spot" in matter.procedure.record and actor.roles & matter.heads for matter in matters) or not listens(platform(), actor):
        return None
    found = hot.hot_spots(platform(), actor)
    return found if found.hot else None


def _names(areas: Iterable[str]) -> dict[str, str]:
    register = platform().register()
    return {area: unit_name(register.unit(area)) if register.has(area) else area for area in set(areas)}


def _listening() -> Actor:
    actor = someone()
    if not listens(platform(), actor):
        abort(403)
    return actor
