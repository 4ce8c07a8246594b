"""The page of a case: whose move, due when and why, what happened, its papers and its diagram."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.extend_clock import extend_clock
from wardflow.cases.reads.converting import may_become
from wardflow.cases.reads.views import CaseView, Waiting
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.errors import ExtensionRefused, ReasonMissing, WardflowError
from wardflow.families.voice.alike import alike
from werkzeug.wrappers import Response as Answer

from wardflow_web.diagrams import drawn
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase, say
from wardflow_web.new_date import Typed
from wardflow_web.path import walked
from wardflow_web.said import named, told
from wardflow_web.submissions import submissions
from wardflow_web.visitor import me, platform, required, someone

pages = Blueprint("cases", __name__)

Refused = tuple[str, WardflowError, Mapping[str, str]]
"""What was refused beside a note or a task: where, why, and everything that was typed."""

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
    """The process of the case as its designer drew it, in the reader's language."""
    case = reads.case(platform(), someone(), code)
    held = platform().store.cases.load(case.id).case
    return drawn(platform().library.matter_of(held).pack.files[case.diagram])


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


@pages.post("/cases/<code>/extend")
@required
def extend(code: str) -> Answer | tuple[str, int]:
    """Gives a new date with an apology; what cannot be so is said at its field, and nothing typed is lost."""
    case = reads.case(platform(), someone(), code)
    typed = Typed.posted(request.form)
    asked, objections = typed.checked()
    if asked is not None:
        try:
            extend_clock(platform(), someone(), case.id, asked)
            flash(phrase("Đã cấp văn bản xin lỗi, hẹn lại ngày {day}.", day=typed.to), "good")
            return redirect(url_for("cases.show", code=code))
        except ExtensionRefused as refused:
            objections = {"to": say(refused.why)}
    return page(case, new_date=typed, new_date_objections=objections), 422


def next_task(case: CaseView) -> Waiting | None:
    """The task the reader may do or claim."""
    return next((wait for wait in case.waiting if wait.mine or wait.claimable), None)


def page(
    case: CaseView,
    *,
    withdraw_refused: bool = False,
    release_refused: bool = False,
    new_date: Typed | None = None,
    new_date_objections: dict[str, str] | None = None,
    together_refused: Refused | None = None,
    merge_refused: WardflowError | None = None,
) -> str:
    """The page of a case, with what was refused said beside the field it is about."""
    mine = next_task(case)
    titles = [own(row.title) for row in case.timeline]
    reader = me()
    return render_template(
        "case.html",
        case=case,
        mine=mine,
        moves=MOVES,
        withdraw_refused=withdraw_refused,
        new_date=new_date or Typed.proposed(case.extension),
        new_date_objections=new_date_objections or {},
        release_refused=release_refused,
        together=reads.together(platform(), someone(), case.id),
        together_refused=together_refused,
        merge_refused=merge_refused,
        alike=alike(platform(), someone(), case.code) if reader is not None and not reader.citizen else (),
        becomes=may_become(platform(), someone(), case.code) if reader is not None and not reader.citizen else (),
        may_release=mine is not None and mine.holder == someone().name,
        timeline=told(case, answers=reader is not None and not reader.citizen),
        submissions=[] if reader is None or reader.citizen else submissions(case),
        passed_titles=list(dict.fromkeys(title for title in titles if title)),
        form_rows=named(case.form(g.language), platform().register()),
        upload_limit=platform().settings.upload_limit,
    )
