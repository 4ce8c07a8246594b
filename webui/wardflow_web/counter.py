"""The counter: procedure, applicant, form, papers and first check on one page, kept on the server while it is typed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.back_entry import Real
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.reads import Lookup
from wardflow.cases.save_draft import save_draft
from wardflow.counter_errors import BackEntryRefused
from wardflow.domain.names import folded
from wardflow.domain.reasons import Objection
from wardflow.errors import CaseUnknown, FormRefused, WardflowError
from werkzeug.wrappers import Response

from wardflow_web.afterwards import real_time
from wardflow_web.cases import next_task
from wardflow_web.counter_draft import Draft, chosen, keep, load, looked_up, settled
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.intake import CAME_TO_COUNTER, Sheet, receiving_unit, sheet
from wardflow_web.language import own, phrase, wording
from wardflow_web.lists import choices
from wardflow_web.path import walked
from wardflow_web.reception import keeps_reception
from wardflow_web.uploads import only_held, taken_in, uploads_of
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
        offer for offer in reads.offers(platform()) if wanted in folded(f"{offer.code} {own(offer.name)} {own(offer.field)}")
    ]
    unit, reception = platform().register().unit(_counter()), keeps_reception(someone())
    return render_template("counter_start.html", offers=offers, text=text, unit=unit, reception=reception)


@pages.post("/counter")
@required
def begin() -> Response:
    """Begins a sheet for the chosen procedure."""
    intake = secrets.token_urlsafe(9)
    keep(intake, Draft(request.form.get("procedure", ""), {"way": dict(CAME_TO_COUNTER)}))
    return redirect(url_for("counter.fill", intake=intake))


@pages.get("/counter/<intake>")
@required
def fill(intake: str) -> Page:
    """The sheet with everything typed so far."""
    draft = load(intake)
    if draft is None:
        return _opened_before(intake)
    made = sheet(platform(), draft.procedure, draft.value, _counter())
    return _page(intake, made, draft, _begun(made, draft.value))


@pages.post("/counter/<intake>")
@required
def act(intake: str) -> Page:
    """Keeps what was typed; then draws the sheet again, looks a person up, or receives the case."""
    draft = load(intake)
    if draft is None:
        return _opened_before(intake)
    before = sheet(platform(), draft.procedure, draft.value, _counter())
    pairs, held, refused = taken_in(posted(), draft.files)
    filling = filled(before.schema, before.schemas, pairs, draft.value)
    draft, found = _found(replace(draft, value=only_held(filling.value, held), files=held))
    made = sheet(platform(), draft.procedure, draft.value, _counter())
    draft = settled(draft, made)
    keep(intake, draft)
    objections = (*made.objections(), *refused)
    kept = Filling(made.schema, made.schemas, draft.value, filling.choices, objections, choices(), said=made.view.said, inside="/form")
    if _wants("receive") and not list_button(pairs) and not refused:
        return _receive(intake, made, draft, kept)
    return _page(intake, made, draft, kept, found)


def _found(draft: Draft) -> tuple[Draft, Lookup]:
    """The draft with the applicant who was looked up or picked, or those who may be meant."""
    name, found = "", Lookup()
    if _wants("find"):
        draft, found, name = looked_up(draft, request.form.get("_find", ""))
        if not name and not found.people:
            flash(_nobody(found), "warn")
    elif request.form.get("_choose"):
        draft, name = chosen(draft)
    if name:
        flash(phrase("Đã tìm thấy {name}.", name=name), "good")
    if name and draft.earlier:
        flash(phrase("Đã điền sẵn {n} mục ông/bà đã khai ở hồ sơ trước; hỏi lại rồi sửa nếu đã thay đổi.", n=len(draft.earlier)), "good")
    return draft, found


def _nobody(found: Lookup) -> str:
    if found.too_short:
        return phrase("Cần cả số định danh, cả số điện thoại, hoặc họ và tên đầy đủ.")
    if found.too_many:
        return phrase("Nhiều người trùng tên. Hãy tìm bằng số định danh hoặc số điện thoại.")
    return phrase("Chưa có người nộp nào như vậy; điền thông tin ở mục 1.")


def _receive(intake: str, made: Sheet, draft: Draft, kept: Filling) -> Page:
    """The case, or the sheet with every objection and nothing saved but the draft."""
    later = draft.unpaid(made)
    value = {name: part for name, part in draft.value.items() if name != "next" or not later}
    found = (*forms.check(made.schema, value, schemas=made.schemas), *made.objections())
    if any(objection.blocks for objection in found):
        return _page(intake, made, draft, replace(kept, objections=found)), 422
    answer = value.get("first") if made.view.first_schema else None
    real = real_time(value.get("way") or {})
    try:
        opened = open_case(
            platform(), someone(), made.opening, answer=answer, key=intake, real=real, uploads=uploads_of(draft.value, draft.files)
        )
    except FormRefused as refused:
        return _page(intake, made, draft, replace(kept, objections=refused.objections)), 422
    except BackEntryRefused as refused:
        return _page(intake, made, draft, replace(kept, objections=(Objection("/way/received_on", refused.why),))), 422
    if not later:
        _go_on(opened, made, value["next"], real)
    platform().store.intakes.drop(intake)
    walked("receive")
    if not _shown(opened.code):
        flash(phrase("Đã nhận và giữ kín. Từ đây chỉ người xử lý mở được hồ sơ này."), "good")
        return redirect(url_for("desk.show"))
    flash(phrase("Đã nhận hồ sơ."), "good")
    return redirect(url_for("counter.received", code=opened.code))


def _go_on(opened: Opened, made: Sheet, answer: Mapping[str, Any], real: Real | None) -> None:
    """Does the step after the first one too; where that cannot be, it waits with what was typed."""
    assert made.after is not None    # only then was there anything to type
    tasks = reads.open_tasks(platform(), opened.case_id)
    task = next((each for each in tasks if made.after.node == reads.step_of(platform(), each)), None)
    if task is None:
        return
    try:
        complete_task(platform(), someone(), opened.case_id, task.task, answer, real=real)
    except WardflowError:
        save_draft(platform(), someone(), opened.case_id, task.task, answer)
        flash(phrase("Bước “{title}” chưa xong; những gì đã nhập vẫn còn ở đó.", title=own(made.after.title)), "warn")


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


def _page(intake: str, made: Sheet, draft: Draft, filling: Filling, found: Lookup | None = None) -> str:
    drawn = filling.fields()
    return render_template(
        "counter.html",
        intake=intake,
        view=made.view,
        fields=drawn,
        unplaced=filling.unplaced(drawn),
        explained=made.explained,
        earlier=draft.marks(),
        words=wording(),
        unit=platform().register().unit(_counter()),
        total=sum(fee.amount or 0 for fee in made.view.fees),
        found=found,
        asked=request.form.get("_find", ""),
    )


def _begun(made: Sheet, value: Mapping[str, Any]) -> Filling:
    """A sheet nobody has typed on yet holds its schema's defaults."""
    typed = set(value) - {"way"}
    begun = value if typed else {**(forms.defaults(made.schema, schemas=made.schemas) or {}), **value, "returning": made.opening.returning}
    objections = made.objections() if typed else ()
    return Filling(made.schema, made.schemas, begun, objections=objections, lists=choices(), said=made.view.said, inside="/form")


def _wants(act_name: str) -> bool:
    return request.form.get("act") == act_name


def _counter() -> str:
    unit = receiving_unit(platform(), someone())
    if unit is None:
        abort(403)
    return unit


def _opened_before(intake: str) -> Response:
    """The case this sheet became, for somebody who pressed twice or went back."""
    case = platform().store.cases.opened_with(intake)
    if case is None:
        abort(404)
    return redirect(url_for("counter.received", code=case.code))
