"""The counter: procedure, applicant, form, papers and first check on one page, kept on the server while it is typed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.open_case import open_case
from wardflow.domain.names import folded
from wardflow.errors import CaseUnknown, FormRefused
from werkzeug.wrappers import Response

from wardflow_web.cases import next_task
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.intake import Sheet, receiving_unit, sheet
from wardflow_web.language import own, phrase, wording
from wardflow_web.path import walked
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("counter", __name__)

Page = str | Response | tuple[str, int]


@pages.get("/counter")
@required
def show() -> str:
    """The procedures that can be filed today."""
    text = request.args.get("q", "").strip()
    wanted = folded(text)
    offers = [
        offer for offer in reads.offers(platform()) if wanted in folded(f"{offer.code} {own(offer.name)} {offer.field}")
    ]
    return render_template("counter_start.html", offers=offers, text=text, unit=platform().register().unit(_counter()))


@pages.post("/counter")
@required
def begin() -> Response:
    """Begins a sheet for the chosen procedure."""
    intake = secrets.token_urlsafe(9)
    _keep(intake, {"procedure": request.form.get("procedure", ""), "value": {}})
    return redirect(url_for("counter.fill", intake=intake))


@pages.get("/counter/<intake>")
@required
def fill(intake: str) -> Page:
    """The sheet with everything typed so far."""
    draft = _draft(intake)
    if draft is None:
        return _opened_before(intake)
    made = sheet(platform(), draft["procedure"], draft["value"], _counter())
    return _page(intake, made, _begun(made, draft["value"]))


@pages.post("/counter/<intake>")
@required
def act(intake: str) -> Page:
    """Keeps what was typed; then draws the sheet again, looks a person up, or receives the case."""
    draft = _draft(intake)
    if draft is None:
        return _opened_before(intake)
    procedure, pairs = draft["procedure"], posted()
    before = sheet(platform(), procedure, draft["value"], _counter())
    filling = filled(before.schema, before.schemas, pairs, draft["value"])
    value = _looked_up(filling.value, request.form.get("_find", "")) if _wants("find") else filling.value
    made = sheet(platform(), procedure, value, _counter())
    value = {**value, "form": dict(made.opening.form)} if made.view.schema else value
    _keep(intake, {"procedure": procedure, "value": value})
    kept = Filling(made.schema, made.schemas, value, filling.choices, made.objections(), said=made.view.said, inside="/form")
    return _receive(intake, made, kept) if _wants("receive") and not list_button(pairs) else _page(intake, made, kept)


def _receive(intake: str, made: Sheet, kept: Filling) -> Page:
    """The case, or the sheet with every objection and nothing saved but the draft."""
    found = (*forms.check(made.schema, kept.value, schemas=made.schemas), *made.objections())
    if any(objection.blocks for objection in found):
        return _page(intake, made, replace(kept, objections=found)), 422
    answer = kept.value.get("first") if made.view.first_schema else None
    try:
        opened = open_case(platform(), someone(), made.opening, answer=answer, key=intake)
    except FormRefused as refused:
        return _page(intake, made, replace(kept, objections=refused.objections)), 422
    platform().store.intakes.drop(intake)
    walked("receive")
    if not _shown(opened.code):
        flash(phrase("Đã nhận và giữ kín. Từ đây chỉ người xử lý mở được hồ sơ này."), "good")
        return redirect(url_for("desk.show"))
    flash(phrase("Đã nhận hồ sơ."), "good")
    return redirect(url_for("counter.received", code=opened.code))


def _shown(code: str) -> bool:
    """Whether who took a case in may look at it: a confidential one is known only to those who work on it."""
    try:
        reads.case(platform(), someone(), code)
    except CaseUnknown:
        return False
    return True


@pages.get("/counter/received/<code>")
@required
def received(code: str) -> str:
    """What to hand over: the code, the slip, the date and why it is that date."""
    case = reads.case(platform(), someone(), code)
    return render_template("counter_received.html", case=case, mine=next_task(case))


def _page(intake: str, made: Sheet, filling: Filling) -> str:
    drawn = filling.fields()
    return render_template(
        "counter.html",
        intake=intake,
        view=made.view,
        fields=drawn,
        unplaced=filling.unplaced(drawn),
        explained=made.explained,
        words=wording(),
        unit=platform().register().unit(_counter()),
        total=sum(fee.amount or 0 for fee in made.view.fees),
    )


def _begun(made: Sheet, value: Mapping[str, Any]) -> Filling:
    """A sheet nobody has typed on yet holds its schema's defaults."""
    begun = value or {**(forms.defaults(made.schema, schemas=made.schemas) or {}), "returning": made.opening.returning}
    objections = made.objections() if value else ()
    return Filling(made.schema, made.schemas, begun, objections=objections, said=made.view.said, inside="/form")


def _looked_up(value: Mapping[str, Any], number: str) -> Mapping[str, Any]:
    """The sheet with what is known of the person behind a number; what is unknown is left to be typed."""
    number = "".join(number.split())
    known = platform().store.applicants.find(number)
    if known is None:
        flash(phrase("Chưa có người nộp nào với số này; điền thông tin ở mục 1."), "warn")
        return {**value, "applicant": {**(value.get("applicant") or {}), "id_number": number}}
    flash(phrase("Đã tìm thấy {name}.", name=known.full_name), "good")
    facts = {name: text for name, text in known.facts.items() if name in ("phone", "address") and text}
    return {**value, "applicant": {**facts, "full_name": known.full_name, "id_number": known.id_number}}


def _wants(act_name: str) -> bool:
    return request.form.get("act") == act_name


def _counter() -> str:
    unit = receiving_unit(platform(), someone())
    if unit is None:
        abort(403)
    return unit


def _draft(intake: str) -> Mapping[str, Any] | None:
    return platform().store.intakes.load(intake, someone().person)


def _keep(intake: str, draft: Mapping[str, Any]) -> None:
    platform().store.intakes.save(intake, someone().person, draft, platform().now())


def _opened_before(intake: str) -> Response:
    """The case this sheet became, for somebody who pressed twice or went back."""
    case = platform().store.cases.opened_with(intake)
    if case is None:
        abort(404)
    return redirect(url_for("counter.received", code=case.code))
