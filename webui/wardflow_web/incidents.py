"""What stands still, for heads and operators: grouped by cause, one by one, and every way to set it going again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.mend_incident import FILED, mend_incident
from wardflow.cases.move_token import move_token
from wardflow.cases.reads.incidents import IncidentView
from wardflow.cases.retry_incident import retry_incident
from wardflow.cases.retry_incidents import retry_incidents
from wardflow.cases.skip_incident import skip_incident
from wardflow.errors import (
    DataRefused,
    FormRefused,
    MoveRefused,
    NothingToRetry,
    ReasonMissing,
    SkipRefused,
    WardflowError,
)
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("incidents", __name__)
Refused = tuple[str, int]

SHOWN = 20
"""Cases of one cause that the list names."""
STATES = {"waiting": _("chờ"), "held": _("đang chạy"), "dead": _("hỏng hẳn"), "done": _("xong")}
DONE = {
    "retry": _("Đã cho chạy lại."), "mend": _("Đã sửa dữ liệu và cho chạy lại."), "skip": _("Đã bỏ qua bước bị dừng."),
    "move": _("Đã chuyển hồ sơ sang bước khác."), "cancel": _("Đã hủy hồ sơ."),
}
OBJECTIONS: Mapping[type[WardflowError], tuple[str, str]] = {
    ReasonMissing: ("reason", _("Cần ghi lý do để lưu vào hồ sơ.")),
    DataRefused: ("data", _("Không sửa được: phần đã nộp và phần dữ liệu kín giữ nguyên, và phải có ít nhất một chỗ thay đổi.")),
    FormRefused: ("data", _("Tờ khai sau khi sửa không còn đúng mẫu. Kiểm tra lại các mục đã sửa.")),
    MoveRefused: ("to", _("Không chuyển được tới bước này. Chọn bước trong danh sách.")),
    SkipRefused: ("reason", _("Không bỏ qua được bước này. Hãy chuyển hồ sơ sang bước khác.")),
    NothingToRetry: ("reason", _("Ở đây không có bước nào đang dừng để chạy lại. Bổ sung người giữ vai trong sổ thẩm quyền.")),
}


class Unreadable(ValueError):
    """What was typed is no JSON object."""


@pages.get("/incidents")
@required
def listed() -> str:
    """Everything that stands still in the reader's units, by cause."""
    return _list()


@pages.post("/incidents/retry")
@required
def retry_all() -> Response | Refused:
    """Tries again all that stopped for one cause."""
    cause = request.form.get("cause", "")
    found = next((each for each in reads.causes(reads.incidents(platform(), someone())) if each.cause == cause), None)
    rows = [(row.case_id, row.incident) for row in found.rows if "retry_incident" in row.can] if found else []
    try:
        done = retry_incidents(platform(), someone(), rows, request.form.get("reason", ""))
    except ReasonMissing:
        return _list(refused=cause), 422
    flash(phrase("Đã cho chạy lại {again}, {left} không còn cần.", again=done.again, left=done.left), "good")
    return redirect(url_for("incidents.listed"))


@pages.get("/incidents/<int:case_id>/<key>")
@required
def show(case_id: int, key: str) -> str:
    """One incident with its cause, its call, what it sees and what can be done."""
    return _page(reads.incident(platform(), someone(), case_id, key))


@pages.post("/incidents/<int:case_id>/<key>/<act>")
@required
def act(case_id: int, key: str, act: str) -> Response | Refused:
    """Ends the standstill in one of the ways; what cannot be is said beside what was typed."""
    if act not in ACTS:
        abort(404)
    try:
        ACTS[act](case_id, key, request.form.get("reason", ""))
    except Unreadable:
        return _refused(case_id, key, act, "data", _("Chưa đọc được: cần một đối tượng JSON."))
    except tuple(OBJECTIONS) as error:
        field, said = next(OBJECTIONS[known] for known in type(error).__mro__ if known in OBJECTIONS)
        return _refused(case_id, key, act, field, said)
    flash(phrase(DONE[act]), "good")
    return redirect(url_for("incidents.listed"))


def _retry(case_id: int, key: str, reason: str) -> None:
    retry_incident(platform(), someone(), case_id, key, reason)


def _mend(case_id: int, key: str, reason: str) -> None:
    mend_incident(platform(), someone(), case_id, key, _typed_object(), reason)


def _skip(case_id: int, key: str, reason: str) -> None:
    skip_incident(platform(), someone(), case_id, key, reason, _typed_object())


def _move(case_id: int, key: str, reason: str) -> None:
    move_token(platform(), someone(), case_id, key, request.form.get("to", ""), reason)


def _cancel(case_id: int, key: str, reason: str) -> None:
    cancel_case(platform(), someone(), case_id, reason)


ACTS: Mapping[str, Callable[[int, str, str], None]] = {
    "retry": _retry, "mend": _mend, "skip": _skip, "move": _move, "cancel": _cancel,
}


def _typed_object() -> Mapping[str, Any]:
    """The JSON object that was typed; empty for an empty field."""
    text = request.form.get("data", "").strip()
    try:
        value = json.loads(text) if text else {}
    except ValueError as unreadable:
        raise Unreadable from unreadable
    if not isinstance(value, dict):
        raise Unreadable
    return value


def _list(refused: str = "") -> str:
    found = reads.causes(reads.incidents(platform(), someone()))
    return render_template(
        "incidents.html", causes=found, jobs=reads.jobs(platform(), someone()), states=STATES, shown=SHOWN, refused=refused
    )


def _refused(case_id: int, key: str, act: str, field: str, said: str) -> Refused:
    return _page(reads.incident(platform(), someone(), case_id, key), act, field, said), 422


def _page(found: IncidentView, refused: str = "", field: str = "", said: str = "") -> str:
    data = {name: value for name, value in (found.variables or {}).items() if name not in FILED}
    return render_template(
        "incident.html", found=found, data=json.dumps(data, ensure_ascii=False, indent=2), refused=refused, field=field,
        said=said, typed=request.form,
    )
