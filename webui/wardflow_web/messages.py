"""Messages that nobody has received yet, for operators and heads: sent again or discarded, with a reason."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.settle_message import discard_message, resend_message
from wardflow.errors import ReasonMissing
from wardflow.exchange_errors import MessageSpent
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("messages", __name__)
Refused = tuple[str, int]

ACTS = {"again": resend_message, "discard": discard_message}
DONE = {"again": _("Đã gửi lại. Hệ thống sẽ tìm nơi nhận trong ít phút."), "discard": _("Đã hủy thông điệp.")}
KIN = {
    "parent": _("cho hồ sơ đã mở ra hồ sơ này"), "child": _("cho hồ sơ mà hồ sơ này mở ra"),
    "children": _("cho mọi hồ sơ mà hồ sơ này mở ra"),
}
WAS = {"resend_message": _("gửi lại"), "discard_message": _("hủy")}


@pages.get("/messages")
@required
def listed() -> str:
    """What waits for a receiver, and what found none."""
    return _list()


@pages.post("/messages/<id>/<act>")
@required
def act(id: str, act: str) -> Response | Refused:
    """Sends it again or gives it up; one that was settled meanwhile is told so."""
    if act not in ACTS:
        abort(404)
    try:
        ACTS[act](platform(), someone(), id, request.form.get("reason", ""))
    except ReasonMissing:
        return _list(refused=id), 422
    except MessageSpent:
        flash(phrase(_("Thông điệp này đã có nơi nhận, đã hủy hoặc không còn được lưu.")), "warn")
        return redirect(url_for("messages.listed"))
    flash(phrase(DONE[act]), "good")
    return redirect(url_for("messages.listed"))


def _list(refused: str = "") -> str:
    found = reads.messages(platform(), someone())
    return render_template(
        "messages.html", waiting=[row for row in found if not row.over], over=[row for row in found if row.over],
        settled=reads.settled_messages(platform(), someone()), was=WAS, kin=KIN, refused=refused,
    )
