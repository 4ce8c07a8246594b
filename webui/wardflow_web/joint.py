"""One decision over several cases: chosen in a table, signed once; then its number and its list."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.complete_jointly import Decided, complete_jointly
from wardflow.cases.reads.joint import JointView
from wardflow.errors import FormRefused, WardflowError
from werkzeug.wrappers import Response as Answer

from wardflow_web.errors import page_for
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import phrase, wording
from wardflow_web.lists import choices
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("joint", __name__)

MOST = 500
SHOWN = 5
OWN = ("_task", "_key", "_shown")
"""Fields of the page itself, beside those of the form."""
Page = str | Answer | tuple[str, int]


@pages.get("/joint")
@required
def show() -> Page:
    """The chosen cases with the form of their step; with `every`, all that wait there."""
    view = _view(request.args.getlist("task"), every=bool(request.args.get("every")))
    if view is None:
        return _nothing()
    return _page(view, Filling(view.schema, view.schemas, view.value, lists=choices()), secrets.token_urlsafe(12))


@pages.post("/joint")
@required
def act() -> Page:
    """Signs for every ticked case, or draws the page again; nothing typed is lost."""
    tasks, key = request.form.getlist("_task"), request.form.get("_key", "")[:40] or secrets.token_urlsafe(12)
    view, pairs = _view(request.form.getlist("_shown") or tasks), [pair for pair in posted() if pair[0] not in OWN]
    if view is None:
        return _nothing()
    filling = filled(view.schema, view.schemas, pairs, view.value, choices())
    if request.form.get("act") != "complete" or list_button(pairs):
        return _page(view, filling, key, tasks)
    decided = complete_jointly(platform(), someone(), key, _chosen(tasks), filling.value)
    if not decided.done:
        return _refused(view, filling, key, tasks, decided)
    for each in decided.unfit[:SHOWN]:
        flash(_why(each.case_id, each.why), "warn")
    if len(decided.unfit) > SHOWN:
        flash(phrase("Còn {n} hồ sơ khác chưa quyết định được; chúng vẫn ở bàn làm việc.", n=len(decided.unfit) - SHOWN), "warn")
    flash(phrase("Đã quyết định {n} hồ sơ.", n=len(decided.done)), "good")
    return redirect(url_for("joint.done", key=key))


@pages.get("/joint/<key>")
@required
def done(key: str) -> str:
    """The number of the decision and its list."""
    return render_template("joint_done.html", decided=reads.joint_done(platform(), someone(), key, g.language), key=key)


@pages.get("/joint/<key>.csv")
@required
def file(key: str) -> Response:
    """The list, for a spreadsheet."""
    decided = reads.joint_done(platform(), someone(), key, g.language)
    head = (phrase("Số thứ tự"), phrase("Mã hồ sơ"), *decided.headings)
    return as_file("danh-muc.csv", head, ((number, row.code, *row.cells) for number, row in enumerate(decided.rows, 1)))


def _view(tasks: Sequence[str], *, every: bool = False) -> JointView | None:
    return reads.joint(platform(), someone(), _chosen(tasks), g.language, every=every)


def _page(view: JointView, filling: Filling, key: str, ticked: Sequence[str] | None = None) -> str:
    drawn = filling.fields()
    return render_template(
        "joint.html", view=view, fields=drawn, unplaced=filling.unplaced(drawn), words=wording(), key=key,
        ticked=set(ticked) if ticked is not None else {f"{row.case_id}/{row.task}" for row in view.rows},
    )  # fmt: skip


def _refused(view: JointView, filling: Filling, key: str, tasks: Sequence[str], decided: Decided) -> Page:
    """The page with what is wrong: in the form, or with each case."""
    if not decided.unfit:
        flash(phrase("Chưa chọn hồ sơ nào."), "warn")
    why = next((each.why for each in decided.unfit if isinstance(each.why, FormRefused)), None)
    if why is not None:
        return _page(view, replace(filling, objections=why.objections), key, tasks), 422
    for each in decided.unfit[:SHOWN]:
        flash(_why(each.case_id, each.why), "warn")
    return _page(view, filling, key, tasks), 422


def _why(case_id: int, why: WardflowError) -> str:
    code = platform().store.cases.load(case_id).case.code
    if isinstance(why, FormRefused):
        said = "; ".join(wording().say(each.reason) for each in why.objections)
        return f"{code}: {said}"
    page = page_for(why)
    return f"{code}: {phrase(page.title)}. {phrase(page.advice)}"


def _nothing() -> Answer:
    flash(phrase("Các việc đã chọn không quyết định chung được. Chọn những việc đang chờ bạn ký ở cùng một bước."), "warn")
    return redirect(url_for("desk.show"))


def _chosen(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Tasks as CASE/TASK; anything unreadable is passed over."""
    pairs = (text.partition("/") for text in texts[:MOST])
    return [(int(case), task) for case, _slash, task in pairs if case.isdecimal() and len(case) < 16 and task]
