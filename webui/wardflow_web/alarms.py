"""The next alarms of a case: designers and operators see them, heads let one fire or move it, with a reason."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.fire_alarm import fire_alarm
from wardflow.cases.move_alarm import move_alarm
from wardflow.cases.reads.alarms import AlarmsView
from wardflow.errors import AlarmPast, CaseUnknown, ReasonMissing
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("alarms", __name__)
Refused = tuple[str, int]

WRITTEN = "%d/%m/%Y %H:%M"
NO_REASON = _("Cần ghi lý do để lưu vào hồ sơ.")
NO_MOMENT = _("Viết như 02/09/2026 08:30.")
PAST = _("Lúc này đã qua. Muốn đến hạn ngay, hãy dùng nút Cho đến hạn ngay.")
UNKNOWN = _("Không có hồ sơ nào mang mã này.")


@pages.get("/alarms")
@required
def ask() -> str | Response | Refused:
    """Asks for the code of a case."""
    code = request.args.get("code", "").strip()
    if not code:
        return render_template("alarms_ask.html", code="", said="")
    try:
        reads.alarms(platform(), someone(), code)
    except CaseUnknown:
        return render_template("alarms_ask.html", code=code, said=UNKNOWN), 404
    return redirect(url_for("alarms.show", code=code))


@pages.get("/cases/<code>/alarms")
@required
def show(code: str) -> str:
    """The alarms of a case."""
    return _page(reads.alarms(platform(), someone(), code))


@pages.post("/cases/<code>/alarms/<alarm>/fire")
@required
def fire(code: str, alarm: str) -> Response | Refused:
    """Lets an alarm fire at once."""
    view = reads.alarms(platform(), someone(), code)
    try:
        fire_alarm(platform(), someone(), view.case_id, alarm, request.form.get("reason", ""))
    except ReasonMissing:
        return _page(view, alarm, "reason", NO_REASON), 422
    flash(phrase("Mốc hẹn đã đến hạn."), "good")
    return redirect(url_for("alarms.show", code=code))


@pages.post("/cases/<code>/alarms/<alarm>/move")
@required
def move(code: str, alarm: str) -> Response | Refused:
    """Moves an alarm to another moment."""
    view = reads.alarms(platform(), someone(), code)
    try:
        to = datetime.strptime(request.form.get("to", "").strip(), WRITTEN).replace(tzinfo=platform().settings.zone)
    except ValueError:
        return _page(view, alarm, "to", NO_MOMENT), 422
    try:
        move_alarm(platform(), someone(), view.case_id, alarm, to, request.form.get("reason", ""))
    except ReasonMissing:
        return _page(view, alarm, "reason", NO_REASON), 422
    except AlarmPast:
        return _page(view, alarm, "to", PAST), 422
    flash(phrase("Đã dời mốc hẹn."), "good")
    return redirect(url_for("alarms.show", code=code))


def _page(view: AlarmsView, refused: str = "", field: str = "", said: str = "") -> str:
    return render_template("alarms.html", view=view, refused=refused, field=field, said=said, typed=request.form)
