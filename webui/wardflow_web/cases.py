"""The page of a case: whose move, due when and why, what happened, its papers and its diagram."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.reads.views import CaseView, Waiting
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.errors import ReasonMissing
from werkzeug.wrappers import Response as Answer

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.path import walked
from wardflow_web.said import told
from wardflow_web.visitor import me, platform, required, someone

pages = Blueprint("cases", __name__)

MOVES = {
    "start": _("Bắt đầu."),
    "pause": _("Dừng."),
    "resume": _("Đếm tiếp."),
    "restart": _("Đếm lại từ đầu."),
    "extend": _("Gia hạn."),
    "stop": _("Kết thúc."),
}


@pages.get("/cases/<code>")
@required
def show(code: str) -> str:
    """The case, for somebody who may see it."""
    case = reads.case(platform(), someone(), code)
    walked("diagram")
    return page(case)


@pages.get("/cases/<code>/diagram.bpmn")
@required
def diagram(code: str) -> Response:
    """The process of the case as its designer drew it."""
    case = reads.case(platform(), someone(), code)
    held = platform().store.cases.load(case.id).case
    drawn = platform().library.matter_of(held).pack.files[case.diagram]
    return Response(drawn, mimetype="application/xml", headers={"Content-Disposition": "inline"})


@pages.post("/cases/<code>/withdraw")
@required
def withdraw(code: str) -> Answer | tuple[str, int]:
    """Stops the case at its applicant's wish."""
    case = reads.case(platform(), someone(), code)
    try:
        withdraw_case(platform(), someone(), case.id, request.form.get("reason", ""))
    except ReasonMissing:
        return page(case, withdraw_refused=True), 422
    flash(phrase("Đã dừng hồ sơ."), "good")
    return redirect(url_for("cases.show", code=code))


def next_task(case: CaseView) -> Waiting | None:
    """The task the reader may do or claim."""
    return next((wait for wait in case.waiting if wait.mine or wait.claimable), None)


def page(case: CaseView, *, withdraw_refused: bool = False, release_refused: bool = False) -> str:
    """The page of a case, with a refused reason said beside the field it is missing in."""
    mine = next_task(case)
    titles = [own(row.title) for row in case.timeline]
    reader = me()
    return render_template(
        "case.html",
        case=case,
        mine=mine,
        moves=MOVES,
        withdraw_refused=withdraw_refused,
        release_refused=release_refused,
        may_release=mine is not None and mine.holder == someone().name,
        timeline=told(case, answers=reader is not None and not reader.citizen),
        passed_titles=list(dict.fromkeys(title for title in titles if title)),
        form_rows=case.form(g.language),
        upload_limit=platform().settings.upload_limit,
    )
