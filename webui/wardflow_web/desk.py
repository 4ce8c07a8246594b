"""The desk: the work of one person, overdue first, and the queues it can be claimed from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.claim_task import claim_task
from wardflow.cases.reads.panels import panels
from wardflow.errors import WardflowError
from werkzeug.wrappers import Response

from wardflow_web.errors import page_for
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import left_out, platform, required, someone

pages = Blueprint("desk", __name__)

VIEWS = {"mine": _("Việc của tôi"), "queue": _("Chờ nhận"), "unit": _("Cả đơn vị"), "done": _("Xong trong tuần")}
GROUPS = {
    "late": _("Quá hạn"),
    "today": _("Đến hạn hôm nay"),
    "ok": _("Trong 5 ngày làm việc tới"),
    "early": _("Còn sớm"),
    "pause": _("Đồng hồ đang dừng"),
    "done": _("Đã xong"),
}
TALLY = (("late", _("quá hạn")), ("today", _("hôm nay")), ("ok", _("sắp tới")), ("early", _("còn sớm")))


@pages.get("/desk")
@required
def show() -> str:
    """The work list in one of its views, narrowed by what was typed into the search field."""
    text = request.args.get("q", "").strip()[:200]
    desk = reads.desk(platform(), someone(), request.args.get("view", "mine"), text)
    groups = [(key, GROUPS[key], rows) for key, rows in desk.groups]
    claimable = any(row.claimable for _, _, rows in groups for row in rows)
    return render_template(
        "desk.html",
        desk=desk,
        groups=groups,
        text=text,
        heading=VIEWS[desk.view],
        tally=TALLY,
        views=VIEWS,
        claimable=claimable,
        now=platform().now(),
        left_out=left_out(),
        panels=panels(platform(), someone()),
    )


@pages.get("/desk/warnings")
@required
def digest() -> str:
    """Everything the reader was warned of on one day; without a day that can be read it is today."""
    try:
        day = datetime.strptime(request.args.get("day", ""), "%d/%m/%Y").date()
    except ValueError:
        day = None
    return render_template("digest.html", digest=reads.digest(platform(), someone(), day))


@pages.post("/desk")
@required
def act() -> Response:
    """Claims one task, or every ticked one; what cannot be claimed is told, the rest is done."""
    claimed = 0
    for case_id, task in _chosen():
        try:
            claim_task(platform(), someone(), case_id, task)
            claimed += 1
        except WardflowError as refused:
            page = page_for(refused)
            holder = phrase("Người đang giữ: {who}.", who=refused.holder) if "holder" in refused.facts else ""
            flash(f"{phrase(page.title)}. {phrase(page.advice)} {holder}", "warn")
    if claimed:
        flash(phrase("Đã nhận {n} việc.", n=claimed), "good")
    return redirect(url_for("desk.show", view="mine" if claimed else request.form.get("view", "mine")))


def _chosen() -> Iterator[tuple[int, str]]:
    """The tasks named by the pressed button, else those ticked; anything unreadable is passed over."""
    named = request.form.getlist("claim") or request.form.getlist("task")
    for text in named[:100]:
        case_id, _slash, task = text.partition("/")
        if case_id.isdigit() and task:
            yield int(case_id), task
