"""The four-axis briefing: its agenda from the tables, conclusions that become assignments, and the rating of a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases.open_case import open_case
from wardflow.cases.reads.shared import unit_words
from wardflow.cases.reads.views import Words
from wardflow.domain.people import Actor
from wardflow.errors import FormRefused
from wardflow.families.assignment import areas, briefing, scoring
from wardflow.families.assignment.matters import FAMILY, procedures
from wardflow.families.assignment.rating_sheet import named, rating_sheet
from wardflow.families.assignment.scoring import Rating
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import current_matters, platform, required, someone

pages = Blueprint("briefing", __name__)
GROUPS = {
    "overdue": _("Quá hạn"), "due_soon": _("Sắp đến hạn"), "blocked": _("Đang vướng mắc"),
    "returned_twice": _("Bị trả lại từ hai lần"), "cross_commune": _("Liên quan nhiều xã, phường"), "new_key": _("Việc trọng tâm mới"),
}
BANDS = {
    "excellent": (_("Xuất sắc"), "good"), "good": (_("Tốt"), "good"), "completed": (_("Hoàn thành"), "today"),
    "not_completed": (_("Không hoàn thành"), "late"),
}
LEVELS = {"red": (_("Đỏ"), "late"), "amber": (_("Vàng"), "today"), "green": (_("Xanh"), "good")}
ASKED = ("notice", "matter", "field", "axis", "priority")
SORTED = ("field", "axis", "priority")
RATINGS_HEAD = (
    _("Người chịu trách nhiệm"), _("Mã hồ sơ"), _("Việc"), _("Mục tiêu OKR"), _("Chất lượng"), _("Hệ số thời gian"), _("Trọng số"),
    _("Điểm nhân trọng số"), _("Điểm tháng"), _("Xếp loại"),
)  # fmt: skip
Refused = tuple[str, int]


@pages.get("/briefing")
@required
def show() -> str:
    """The agenda, and the form for a conclusion."""
    return _page()


@pages.post("/briefing/conclusions")
@required
def conclude() -> Response | Refused:
    """Opens an assignment from a conclusion; one sent twice opens one."""
    actor = steering()
    typed = {name: request.form.get(name, "").strip() for name in ASKED}
    if missing := [name for name in ASKED if not typed[name]]:
        return _page(typed=typed, missing=missing), 422
    concluded = briefing.Conclusion(**typed)
    key = f"briefing {actor.person} {request.form.get('key', '')}"
    try:
        opened = open_case(platform(), actor, briefing.opening(platform(), actor, concluded), key=key)
    except FormRefused as refused:
        return _page(typed=typed, missing=[each.pointer.strip("/") for each in refused.objections]), 422
    flash(phrase("Đã mở nhiệm vụ {code} từ kết luận.", code=opened.code), "good")
    return redirect(url_for("briefing.show"))


@pages.get("/briefing/ratings")
@required
def ratings() -> str:
    """The rating of a month, by person, and the shares of the bands."""
    first, found = _rated()
    asked = request.args.get("month", "")
    return render_template(
        "briefing_ratings.html", ratings=found, shares=scoring.shares(found), bands=BANDS, month=f"{first:%m/%Y}",
        shown=f"{first:%m/%Y}", typed=asked, wrong=bool(asked) and month_named(asked) is None,
    )  # fmt: skip


@pages.get("/briefing/ratings.csv")
@required
def ratings_file() -> Response:
    """The same, a line for each assignment that was scored."""
    first, found = _rated()
    lines = (
        (
            rating.person, task.assignment.case.code, named(task), task.assignment.said("register", "objective") or "", task.quality, task.factor,
            task.weight, task.points, round(rating.score, 2), phrase(BANDS[rating.band][0]) if rating.band in BANDS else rating.band,
        )
        for rating in found for task in rating.tasks
    )  # fmt: skip
    return as_file(f"xep-loai-{first:%Y%m}.csv", [phrase(each) for each in RATINGS_HEAD], lines)


@pages.get("/briefing/ratings.pdf")
@required
def ratings_paper() -> Response:
    """The same as the sheet that is signed and kept."""
    first, found = _rated()
    made = rating_sheet(platform(), someone(), first, found, {band: words for band, (words, _mark) in BANDS.items()})
    headers = {"Content-Disposition": f'inline; filename="xep-loai-{first:%Y%m}.pdf"', "Cache-Control": "no-store"}
    return Response(made, mimetype="application/pdf", headers=headers)


@pages.get("/areas")
@required
def area_ledger() -> str:
    """What each commune was given, how it stands, and what leaders noted about it."""
    actor = steering()
    sectors = {value: Words(vi, en) for value, vi, en in choices()["field"]}
    return render_template("areas.html", ledger=areas.ledger(platform(), actor), sectors=sectors, marks=LEVELS)


def steers(actor: Actor) -> bool:
    """Whether they may read the agenda and enter assignments of their units."""
    here = any(plugin.name == FAMILY for plugin in platform().plugins.installed)
    return here and any(matter.pack.family == FAMILY and actor.roles & matter.pack.openers for matter in current_matters())


def _page(typed: Mapping[str, str] | None = None, missing: list[str] | None = None) -> str:
    actor = steering()
    items = briefing.agenda(platform(), actor)
    snapshot = platform().snapshot()
    return render_template(
        "briefing.html",
        groups=[(_name, [each for each in items if each.group == group]) for group, _name in GROUPS.items()],
        units={each.assignment.lead_unit: unit_words(snapshot, each.assignment.lead_unit) for each in items if each.assignment.lead_unit},
        choices=choices(), typed=typed or {}, missing=missing or [], key=f"{platform().now():%Y%m%d%H%M%S%f}",
    )  # fmt: skip


def choices() -> dict[str, list[tuple[str, str, str]]]:
    """What a new assignment is sorted by, as its opening form offers it: value, Vietnamese, English."""
    code = next(iter(procedures(platform())), None)
    matter = next((each for each in current_matters() if each.procedure.code == code), None)
    schema: Mapping[str, Any] = (matter.opening_schema if matter else None) or {"properties": {}}
    found = {}
    for name in SORTED:
        part = schema["properties"].get(name, {})
        english = part.get("x-i18n", {}).get("en", {}).get("enum", {})
        found[name] = [(value, words, english.get(value, words)) for value, words in part.get("x-enum", {}).items()]
    return found


def steering() -> Actor:
    """Who asks, refused where they may not read the agenda."""
    actor = someone()
    if not steers(actor):
        abort(403)
    return actor


def _rated() -> tuple[date, tuple[Rating, ...]]:
    """The first day of the month that was asked for, of this month where none can be read, and its ratings."""
    actor = steering()
    first = month_named(request.args.get("month", "")) or today().replace(day=1)
    return first, scoring.month(platform(), actor, first)


def today() -> date:
    """The day it is where the city is."""
    return platform().snapshot().calendar.local(platform().now()).date()


def month_named(text: str) -> date | None:
    """The first day of a month written as 03/2026; None where it is none."""
    try:
        month, _, year = text.strip().partition("/")
        return date(int(year), int(month), 1) if len(year) == len("2026") else None
    except ValueError:
        return None
