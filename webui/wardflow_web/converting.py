"""The pages on which a case becomes another matter, or is merged into an open one about the same thing."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.convert_case import convert_case
from wardflow.cases.merge_case import merge_case
from wardflow.cases.reads.converting import ConvertView, converting
from wardflow.errors import CaseUnknown, FormRefused, MergeRefused, ReasonMissing
from werkzeug.wrappers import Response

from wardflow_web.cases import page as case_page
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import phrase, wording
from wardflow_web.lists import choices
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("converting", __name__)

Page = str | Response | tuple[str, int]


@pages.get("/cases/<code>/convert/<to>")
@required
def show(code: str, to: str) -> Page:
    """The form of the new matter, with everything that was typed in the old one."""
    view = converting(platform(), someone(), code, to)
    return _page(view, Filling(view.schema, view.schemas, view.value, lists=choices()))


@pages.post("/cases/<code>/convert/<to>")
@required
def convert(code: str, to: str) -> Page:
    """Opens the new matter, or only draws its form again; sent twice it opens one."""
    view, pairs = converting(platform(), someone(), code, to), posted()
    filling = filled(view.schema, view.schemas, pairs, view.value, choices())
    if request.form.get("act", "redraw") != "send" or list_button(pairs):
        return _page(view, filling)
    try:
        opened = convert_case(platform(), someone(), view.case_id, to, filling.value, _typed("reason"), key=_typed("key"))
    except ReasonMissing:
        return _page(view, filling, unexplained=True), 422
    except FormRefused as refused:
        return _page(view, replace(filling, objections=refused.objections)), 422
    try:
        reads.case(platform(), someone(), opened.code)
    except CaseUnknown:    # a confidential one is known only to those who work on it
        flash(phrase("Đã lập vụ việc và giữ kín. Từ đây chỉ người xử lý mở được hồ sơ."), "good")
        return redirect(url_for("desk.show"))
    flash(phrase("Đã lập hồ sơ {code}, gắn với hồ sơ {old}.", code=opened.code, old=code), "good")
    return redirect(url_for("cases.show", code=opened.code))


@pages.post("/cases/<code>/merge")
@required
def merge(code: str) -> Page:
    """Merges a report into the one named; without a reason, or into one that cannot carry it, nothing happens."""
    case = reads.case(platform(), someone(), code)
    try:
        merge_case(platform(), someone(), case.id, _typed("main"), _typed("reason"))
    except (ReasonMissing, MergeRefused) as refused:
        return case_page(case, merge_refused=refused), 422
    flash(phrase("Đã gộp vào phản ánh {code}; có kết quả, người gửi sẽ được báo.", code=_typed("main")), "good")
    return redirect(url_for("cases.show", code=code))


def _page(view: ConvertView, filling: Filling, *, unexplained: bool = False) -> str:
    drawn = filling.fields()
    return render_template(
        "convert.html", view=view, fields=drawn, unplaced=filling.unplaced(drawn), words=wording(), reason=_typed("reason"),
        unexplained=unexplained, key=_typed("key") or f"{platform().now():%Y%m%d%H%M%S%f}",
    )  # fmt: skip


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()
