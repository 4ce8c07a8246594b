"""What colleagues do together on a case: notes, watching it, and tasks handed from one to another."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from wardflow.cases import reads
from wardflow.cases.delegate_task import delegate_task
from wardflow.cases.note_case import note_case
from wardflow.cases.reassign_task import reassign_task
from wardflow.cases.take_back_task import take_back_task
from wardflow.cases.watch_case import watch_case
from wardflow.errors import ColleagueRefused, ReasonMissing
from werkzeug.wrappers import Response

from wardflow_web.cases import page
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("together", __name__)

Page = Response | tuple[str, int]


@pages.post("/cases/<code>/notes")
@required
def note(code: str) -> Page:
    """Writes a note; whoever is named in it is told."""
    case, text = reads.case(platform(), someone(), code), request.form.get("text", "")
    try:
        note_case(platform(), someone(), case.id, text, request.form.getlist("mention"))
    except (ReasonMissing, ColleagueRefused) as refused:
        return page(case, together_refused=("note", refused, request.form)), 422
    flash(phrase("Đã ghi chú."), "good")
    return redirect(url_for("cases.show", code=code, _anchor="notes"))


@pages.post("/cases/<code>/watch")
@required
def watch(code: str) -> Page:
    """Begins or ends watching the case."""
    case, on = reads.case(platform(), someone(), code), request.form.get("on") == "1"
    watch_case(platform(), someone(), case.id, on=on)
    flash(phrase("Hồ sơ nằm trong mục Đang theo dõi.") if on else phrase("Đã thôi theo dõi hồ sơ."), "good")
    return redirect(url_for("cases.show", code=code))


@pages.post("/cases/<code>/tasks/<task>/hand")
@required
def hand(code: str, task: str) -> Page:
    """Gives a task to a colleague, hands it over for a while, or takes it back."""
    case = reads.case(platform(), someone(), code)
    to, reason = request.form.get("to", ""), request.form.get("reason", "")
    try:
        match request.form.get("act"):
            case "reassign":
                reassign_task(platform(), someone(), case.id, task, to, reason)
            case "delegate":
                delegate_task(platform(), someone(), case.id, task, to, reason)
            case _:
                take_back_task(platform(), someone(), case.id, task)
    except (ReasonMissing, ColleagueRefused) as refused:
        return page(case, together_refused=(task, refused, request.form)), 422
    flash(phrase("Việc đã chuyển tay."), "good")
    return redirect(url_for("cases.show", code=code))
