"""The desk: the work of one person, overdue first, and the queues it can be claimed from."""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.keep_filter import drop_filter, keep_filter
from wardflow.cases.reads.panels import panels
from wardflow.cases.reads.views import Desk
from wardflow.errors import NameMissing
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.visitor import left_out, platform, required, someone
from wardflow_web.voice import warned

pages = Blueprint("desk", __name__)

VIEWS = {
    "mine": _("Việc của tôi"), "queue": _("Chờ nhận"), "unit": _("Cả đơn vị"), "watched": _("Đang theo dõi"), "done": _("Xong trong tuần"),
}  # fmt: skip
GROUPS = {
    "late": _("Quá hạn"),
    "today": _("Đến hạn hôm nay"),
    "ok": _("Trong 5 ngày làm việc tới"),
    "early": _("Còn sớm"),
    "pause": _("Đồng hồ đang dừng"),
    "done": _("Đã xong"),
}
TALLY = (("late", _("quá hạn")), ("today", _("hôm nay")), ("ok", _("sắp tới")), ("early", _("còn sớm")))
STANDINGS = {"late": _("Quá hạn"), "today": _("Hôm nay"), "soon": _("Sắp tới")}
SORTS = {"due": _("Hạn"), "procedure": _("Thủ tục"), "step": _("Bước"), "commune": _("Nơi giải quyết")}
NARROWS = {"procedure": _("Thủ tục"), "step": _("Bước"), "commune": _("Nơi giải quyết")}


@pages.get("/desk")
@required
def show() -> Response:
    """One page of the work list; whoever has it already, and nothing moved, is told so without it being drawn."""
    asked = reads.Asked.of(request.args)
    desk = reads.desk(platform(), someone(), asked)
    mark = _mark(desk)
    answer = make_response("", 304) if request.if_none_match.contains_weak(mark) else make_response(_drawn(desk))
    answer.set_etag(mark, weak=True)    # the same page, packed or not
    return answer


def _drawn(desk: Desk) -> str:
    groups = [(key, phrase(GROUPS[key]) if words is None else own(words), rows) for key, words, rows in desk.groups]
    opened = "panel" in request.args or desk.asked.narrowed
    return render_template(
        "desk.html",
        desk=desk,
        asked=desk.asked,
        groups=groups,
        text=desk.asked.q,
        heading=VIEWS[desk.view],
        tally=TALLY,
        views=VIEWS,
        claimable=any(row.claimable for _, _, rows in desk.groups for row in rows),
        choices=reads.choices(platform(), someone(), desk.view) if opened else {},
        standings=STANDINGS,
        sorts=SORTS,
        narrows=NARROWS,
        ready=any(row.ready for _, _, rows in desk.groups for row in rows),
        joint=any(row.joint for _, _, rows in desk.groups for row in rows),
        receivers=_receivers(desk),
        now=platform().now(),
        left_out=left_out(),
        panels=panels(platform(), someone()),
        hot=warned(someone()),
    )


def _receivers(desk: Desk) -> list[tuple[str, str]]:
    """Who could be given one of the tasks on the page, for a reader who may give them; the act asks about each again."""
    register = platform().register()
    queues = {row.queue for _, _, rows in desk.groups for row in rows if row.givable}
    found = {person.id: person.name for unit, role in queues for person in register.holders(role, unit)}
    return sorted(found.items(), key=lambda pair: pair[1])


def _mark(desk: Desk) -> str:
    """What changes whenever the page would show something else: which tasks stand where, how they stand, and what was told."""
    rows = [(row.case_id, row.task, row.version, row.standing.reason.to_json()) for _, _, rows in desk.groups for row in rows]
    news = [(notice.case_code, notice.at.isoformat()) for notice in desk.notices]
    seen = (desk.tabs, sorted(desk.counts.items()), rows, news, desk.filters, desk.warned, request.query_string, request.cookies.get("lang"))
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


@pages.get("/desk/warnings")
@required
def digest() -> str:
    """Everything the reader was warned of on one day; without a day that can be read it is today."""
    try:
        day = datetime.strptime(request.args.get("day", ""), "%d/%m/%Y").date()
    except ValueError:
        day = None
    return render_template("digest.html", digest=reads.digest(platform(), someone(), day), hot=warned(someone()))


@pages.post("/desk/filters")
@required
def keep() -> Response:
    """Keeps the list that is shown under a name, for the reader or for their unit."""
    asked = reads.Asked.of(request.form)
    shared = min(someone().units) if request.form.get("shared") and someone().units else ""
    try:
        keep_filter(platform(), someone(), request.form.get("name", ""), asked.query(), shared)
        flash(phrase("Đã lưu bộ lọc."), "good")
    except NameMissing:
        flash(phrase("Đặt tên cho bộ lọc rồi lưu lại; các lựa chọn vẫn còn."), "warn")
    return redirect(f"{url_for('desk.show')}?{urlencode(asked.query())}")


@pages.post("/desk/filters/<id>/drop")
@required
def drop(id: str) -> Response:
    """Forgets a filter of the reader's own."""
    drop_filter(platform(), someone(), id)
    flash(phrase("Đã bỏ bộ lọc."), "good")
    return redirect(url_for("desk.show"))
