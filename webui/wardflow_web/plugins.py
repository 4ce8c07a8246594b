"""The packages of the departments: what is on where, thresholds and tables to change, and what each rule did."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from wardflow import forms
from wardflow.cases.adopting import write_tally
from wardflow.cases.library import Matter
from wardflow.cases.reads import plugins as reads
from wardflow.cases.reads.indicators import indicators
from wardflow.cases.reads.rules import RuleRow, case_rules, rule_rows
from wardflow.cases.replace_table import Replacement, replace_table
from wardflow.cases.set_threshold import Threshold, form_of, set_threshold
from wardflow.cases.switch_plugin import switch_plugin
from wardflow.errors import FormRefused, ReasonMissing
from wardflow.permissions import Question, require
from wardflow.plugin_errors import PluginUnknown, TableRefused, TableUnknown
from werkzeug.wrappers import Response

from wardflow_web.calendar_form import Typed
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase, say, wording
from wardflow_web.lists import units
from wardflow_web.plugin_words import called, place_called
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("plugins", __name__)

KINDS = {
    "rule": _("Quy tắc"), "list": _("Giới hạn danh sách"), "hint": _("Gợi ý"), "computed": _("Ô tự tính"),
    "finding": _("Kết luận"), "fee": _("Khoản phải nộp"), "routing": _("Người xử lý"),
}  # fmt: skip
SAID = {
    "allows": (_("đồng ý"), "ok"), "objects": (_("không đồng ý"), "late"), "silent": (_("không có ý kiến"), "pause"),
    "failed": (_("không chạy được"), "today"),
}  # fmt: skip
"""What a rule may say of a field, in words, and the mark it is shown with."""
TALLY_SECONDS = 20.0
"""How long what rules said is only counted in memory, so that a form check writes nothing."""
Page = str | Response | tuple[str, int]


@pages.after_app_request
def write_down(answer: Response) -> Response:
    """Writes down how often rules objected, at most every few seconds, after an answer and never in an act."""
    known = current_app.extensions
    if platform().plugins.tally and time.monotonic() - known.get("wardflow_tally", 0.0) > TALLY_SECONDS:
        known["wardflow_tally"] = time.monotonic()
        write_tally(platform())
    return answer


@pages.get("/plugins")
@required
def listed() -> str:
    """Every package, what was left out and why, and who changed what."""
    return _listed()


@pages.post("/plugins/<name>/switch")
@required
def switch(name: str) -> Page:
    """Switches a package on or off, in the whole city or in one unit."""
    on = request.form.get("on") == "1"
    try:
        switch_plugin(platform(), someone(), name, on, request.form.get("reason", ""), request.form.get("unit", ""))
    except ReasonMissing:
        return _listed(refused=name), 422
    except PluginUnknown:
        abort(404)
    flash(phrase("Đã bật gói {name}.", name=called(name)) if on else phrase("Đã tắt gói {name}.", name=called(name)), "good")
    return redirect(url_for("plugins.listed"))


@pages.get("/plugins/<name>")
@required
def show(name: str) -> str:
    """One package: its thresholds and tables, and the procedures whose rules it brings."""
    return _show(name)


@pages.get("/plugins/<name>/settings/<key>")
@required
def threshold(name: str, key: str) -> str:
    """The form in which a threshold is set."""
    row = _setting(name, key)
    require(someone(), "see_plugins", Question())
    begun = {"value": row.value, "valid_from": _today().isoformat()}
    return _threshold(name, row, Filling(form_of(row.schema), forms.Schemas({}), begun, lists=units()))


@pages.post("/plugins/<name>/settings/<key>")
@required
def set_(name: str, key: str) -> Page:
    """Sets a threshold from its first day on; nothing typed is lost."""
    row = _setting(name, key)
    filling = filled(form_of(row.schema), forms.Schemas({}), posted(), {"value": row.value}, units())
    objections = forms.check(filling.schema, filling.value)
    if list_button(posted()) or request.form.get("act") != "set":
        return _threshold(name, row, filling)
    if not objections:
        asked = Threshold(
            key, filling.value["value"], date.fromisoformat(filling.value["valid_from"]), _day(filling.value.get("valid_to")),
            filling.value["basis"], request.form.get("unit", ""),
        )  # fmt: skip
        try:
            set_threshold(platform(), someone(), asked)
        except FormRefused as refused:
            objections = refused.objections
    if objections:
        return _threshold(name, row, replace(filling, objections=objections)), 422
    flash(phrase("Đã đặt mức mới. Hồ sơ đang giải quyết giữ mức cũ."), "good")
    return redirect(url_for("plugins.show", name=name))


@pages.get("/plugins/tables/<digest>.dmn")
@required
def table(digest: str) -> Response:
    """The file of a decision table."""
    try:
        model = reads.table_file(platform(), someone(), digest)
    except TableUnknown:
        abort(404)
    return Response(model, mimetype="application/xml", headers={"Content-Disposition": f"attachment; filename={digest[:12]}.dmn"})


@pages.post("/plugins/<name>/tables/<id>")
@required
def replace_(name: str, id: str) -> Page:
    """Puts a file in the place of a decision table."""
    since = Typed.read_day(request.form.get("valid_from", ""))
    sent = request.files.get("model")
    basis = request.form.get("basis", "").strip()
    if since is None or sent is None or not sent.filename or len(basis) < 3:
        return _show(name, refused=(id, phrase("Cần chọn tệp DMN, ghi ngày bắt đầu như 02/09/2026 và căn cứ."))), 422
    try:
        replace_table(platform(), someone(), Replacement(id, sent.read(), since, basis=basis, unit=request.form.get("unit", "")))
    except TableRefused as refused:
        return _show(name, refused=(id, phrase("Tệp này không thay được bảng. {why}", why=" ".join(map(say, refused.problems))))), 422
    except TableUnknown:
        abort(404)
    flash(phrase("Đã thay bảng. Hồ sơ đang giải quyết giữ bảng cũ."), "good")
    return redirect(url_for("plugins.show", name=name))


@pages.get("/procedures/<code>/rules")
@required
def rules(code: str) -> str:
    """For every field of a procedure: which package put what on it, since when, on what basis, how often it objected."""
    require(someone(), "see_plugins", Question())
    found = rule_rows(platform().plugins, code, platform().store.adoption.tally())
    if not found:
        abort(404)
    at = [(place, [row for row in found if (row.form, row.pointer) == place]) for place in sorted({(row.form, row.pointer) for row in found})]
    return render_template(
        "rules.html", code=code, name=own(reads.procedure_words(platform(), code)), fields=at, kinds=KINDS, named=partial(place_called, _matter(code)),
    )  # fmt: skip


@pages.get("/cases/<code>/rules")
@required
def of_case(code: str) -> str:
    """Which rules look at a case, and what each says of it."""
    found = case_rules(platform(), someone(), code)
    fields = [(ruling, found.rows[ruling.rule], _of_ruling(found.matter, found.rows[ruling.rule], ruling.pointer)) for ruling in found.rulings]
    return render_template("case_rules.html", code=code, found=found, fields=fields, kinds=KINDS, said=SAID)


def _of_ruling(matter: Matter, row: RuleRow, pointer: str) -> tuple[str, str]:
    """The step and the field a ruling is about; at a later step its pointer begins with that step."""
    return place_called(matter, row.form, "/" + pointer.split("/", 2)[2] if row.form else pointer)


def _matter(code: str) -> Matter | None:
    """What the procedure runs by today; None for one that cannot be filed now."""
    return platform().library.procedures(_today()).get(code)


def _listed(refused: str = "") -> str:
    view = reads.plugins(platform(), someone())
    return render_template("plugins.html", view=view, refused=refused, units=_units(view.units))


def _show(name: str, refused: tuple[str, str] = ("", "")) -> str:
    try:
        view = reads.plugin(platform(), someone(), name)
    except PluginUnknown:
        abort(404)
    figures = indicators(platform(), someone(), name)
    return render_template(
        "plugin.html", view=view, refused=refused, typed=request.form, units=_units(view.units), figures=figures.rows, figures_of=figures.units, words=wording(),
    )  # fmt: skip


def _threshold(name: str, row: reads.SettingRow, filling: Filling) -> str:
    drawn = filling.fields()
    view = reads.plugin(platform(), someone(), name)
    if not view.units:
        abort(403)
    return render_template(
        "threshold.html", name=name, row=row, fields=drawn, unplaced=filling.unplaced(drawn), words=wording(),
        units=_units(view.units),
    )  # fmt: skip


def _setting(name: str, key: str) -> reads.SettingRow:
    try:
        view = reads.plugin(platform(), someone(), name)
    except PluginUnknown:
        abort(404)
    found = next((row for row in view.settings if row.key == key), None)
    return found or abort(404)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()


def _units(ids: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(id, platform().register().unit(id) if id else None) for id in ids]
